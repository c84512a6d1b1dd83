import { Text } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { updateRow } from "@/api/client";
import type { Column } from "@/api/metadata";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import type { RecordDialogProps } from "@/ui/dialogs/host";
import { DialogField } from "@/ui/dialogs/inputs";
import type { FieldValue } from "@/ui/fields/values";
import { refreshTables } from "@/ui/queries";
import { t } from "@/ui/texts";

const DISQUALIFIED = 2;

export function DisqualifyDialog({ table, row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const reasons =
    table.column.get("statuscode")?.options?.filter((option) => option.state === DISQUALIFIED) ??
    [];
  const [reason, setReason] = useState<FieldValue>(reasons[0]?.value ?? null);
  const column: Column = {
    name: "statuscode",
    label: t.sales.disqualify.reason,
    type: "choice",
    required: true,
    options: reasons,
  };
  return (
    <FormDialog
      title={t.sales.disqualify.title}
      submit={t.sales.disqualify.submit}
      onClose={onClose}
      onSubmit={async () => {
        const change = { statecode: DISQUALIFIED, statuscode: reason };
        await updateRow(table, row.id, change, row.etag);
        await refreshTables(client, ["lead"]);
      }}
    >
      <Text>{t.sales.disqualify.text}</Text>
      <DialogField column={column} value={reason} onChange={setReason} />
    </FormDialog>
  );
}
