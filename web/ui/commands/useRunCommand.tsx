import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { callAction, updateRow } from "@/api/client";
import type { Command, Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { useGo } from "@/ui/AppLink";
import { findDialog, useDialogs } from "@/ui/dialogs/host";
import { ConfirmDialog } from "@/ui/dialogs/later";
import { useNotify } from "@/ui/feedback/notify";
import { refreshTables } from "@/ui/queries";
import { t } from "@/ui/texts";
import { filled } from "./visible";

/** Runs a command of a record. Rejects with the server's refusal. */
export function useRunCommand(table: Table, row: Row): (command: Command) => Promise<void> {
  const client = useQueryClient();
  const dialogs = useDialogs();
  const go = useGo();
  const notify = useNotify();

  const perform = useCallback(
    async (command: Command) => {
      if (command.message) {
        const bound = { entitySetName: table.entitySetName, id: row.id };
        await callAction(command.message, undefined, bound);
      } else if (command.update) {
        await updateRow(table, row.id, command.update, row.etag);
      }
      await refreshTables(client, [table.logicalName]);
      notify(`${command.label}: ${t.shell.done}`);
    },
    [client, notify, row, table],
  );

  return useCallback(
    async (command: Command) => {
      const Dialog = command.dialog ? findDialog(command.dialog) : undefined;
      if (Dialog) {
        dialogs.open((close) => <Dialog table={table} row={row} onClose={close} />);
      } else if (command.url) {
        window.open(filled(command.url, row), "_blank", "noopener");
      } else if (command.page) {
        go(filled(command.page, row));
      } else if (command.confirm) {
        const text = command.confirm;
        dialogs.open((close) => (
          <ConfirmDialog
            title={command.label}
            text={text}
            confirm={command.label}
            onConfirm={() => perform(command)}
            onClose={close}
          />
        ));
      } else {
        await perform(command);
      }
    },
    [dialogs, go, perform, row, table],
  );
}
