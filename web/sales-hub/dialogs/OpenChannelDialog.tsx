import { Text } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { textIn } from "@/api/rows";
import { openChannel } from "@/api/sales";
import { useGo } from "@/ui/AppLink";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import type { RecordDialogProps } from "@/ui/dialogs/host";
import { DialogField } from "@/ui/dialogs/inputs";
import type { FieldValue } from "@/ui/fields/values";
import { refreshTables } from "@/ui/queries";
import { t } from "@/ui/texts";

export function OpenChannelDialog({ table, row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const go = useGo();
  const [name, setName] = useState<FieldValue>(textIn(row, table.primaryName));
  return (
    <FormDialog
      title={t.sales.channels.open}
      submit={t.sales.channels.open}
      onClose={onClose}
      onSubmit={async () => {
        const { ChannelId } = await openChannel(table.logicalName, row.id, String(name ?? ""));
        await refreshTables(client, ["cl_channel"]);
        go(`/channel/${ChannelId}`);
      }}
    >
      <Text>{t.sales.channels.text}</Text>
      <DialogField
        column={{ name: "name", label: t.sales.channels.name, type: "text", maxLength: 200 }}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}
