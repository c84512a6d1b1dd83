import { Field, Text } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deleteRow, updateRow } from "@/api/client";
import { ApiError, messageOf } from "@/api/error";
import type { Column, Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { useNotify } from "@/ui/feedback/notify";
import { LookupInput } from "@/ui/fields/LookupInput";
import { isLookupValue, type LookupValue, toPayload } from "@/ui/fields/values";
import { refreshTables } from "@/ui/queries";
import { t } from "@/ui/texts";

interface BulkProps {
  table: Table;
  rows: readonly Row[];
  onDone: () => void;
  onClose: () => void;
}

/** Does the work row by row; what failed is said, what worked stays. */
async function forEachRow(
  rows: readonly Row[],
  work: (row: Row) => Promise<unknown>,
): Promise<void> {
  const results = await Promise.allSettled(rows.map(work));
  const failed = results.filter((result) => result.status === "rejected");
  if (failed[0]) {
    throw new ApiError(t.grid.removeFailed(failed.length, messageOf(failed[0].reason)));
  }
}

export function DeleteRowsDialog({ table, rows, onDone, onClose }: BulkProps) {
  const client = useQueryClient();
  const notify = useNotify();
  return (
    <FormDialog
      title={t.grid.removeTitle(rows.length)}
      submit={t.grid.remove}
      isDanger
      onClose={onClose}
      onSubmit={async () => {
        try {
          await forEachRow(rows, (row) => deleteRow(table, row.id, row.etag));
        } finally {
          await refreshTables(client, [table.logicalName]);
        }
        notify(t.grid.removed(rows.length));
        onDone();
      }}
    >
      <Text>{t.grid.removeText}</Text>
    </FormDialog>
  );
}

const OWNERS: Column = {
  name: "ownerid",
  label: t.grid.assign,
  type: "owner",
  required: true,
  targets: [
    { table: "systemuser", set: "systemusers", navigation: "ownerid" },
    { table: "team", set: "teams", navigation: "ownerid" },
  ],
};

export function AssignDialog({ table, rows, onDone, onClose }: BulkProps) {
  const client = useQueryClient();
  const [owner, setOwner] = useState<LookupValue | null>(null);
  const column = table.column.get("ownerid") ?? OWNERS;
  const targets = column.targets?.length ? column.targets : OWNERS.targets;
  return (
    <FormDialog
      title={t.grid.assign}
      submit={t.grid.assign}
      isSubmitDisabled={!owner}
      onClose={onClose}
      onSubmit={async () => {
        const owning = { ...column, ...(targets ? { targets } : {}) };
        const withOwner = { ...table, column: new Map([["ownerid", owning]]) };
        const payload = toPayload(withOwner, { ownerid: owner });
        try {
          await forEachRow(rows, (row) => updateRow(table, row.id, payload, row.etag));
        } finally {
          await refreshTables(client, [table.logicalName]);
        }
        onDone();
      }}
    >
      <Field label={column.label} required>
        <LookupInput
          column={{ ...column, required: true, ...(targets ? { targets } : {}) }}
          value={owner}
          onChange={(value) => setOwner(isLookupValue(value) ? value : null)}
          onCommit={() => undefined}
        />
      </Field>
    </FormDialog>
  );
}
