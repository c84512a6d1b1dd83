import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import {
  ArrowDownRegular,
  ArrowUndoRegular,
  ArrowUpRegular,
  DeleteRegular,
  PersonArrowRightRegular,
  SaveRegular,
} from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { deleteRow } from "@/api/client";
import { type Row, textIn } from "@/api/rows";
import { useGo } from "@/ui/AppLink";
import { CommandBar, type CommandButton } from "@/ui/commands/CommandBar";
import { usePublishCommands } from "@/ui/commands/pageCommands";
import { useRunCommand } from "@/ui/commands/useRunCommand";
import { visibleCommands } from "@/ui/commands/visible";
import { useDialogs } from "@/ui/dialogs/host";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import type { RecordSession } from "@/ui/form/useRecordSession";
import { NamedIcon } from "@/ui/icons";
import { neighboursOf } from "@/ui/memory";
import { listPath, recordPath } from "@/ui/paths";
import { refreshTables } from "@/ui/queries";
import { t } from "@/ui/texts";
import { AssignDialog, ConfirmDialog } from "./later";

const useStyles = makeStyles({
  row: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
    flexWrap: "wrap",
  },
  right: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  status: { color: tokens.colorNeutralForeground3 },
});

interface RecordCommandsProps {
  session: RecordSession;
  row: Row | null;
  isExplicit: boolean;
  isReadOnly: boolean;
  onCreated?: (row: Row) => void;
}

export function RecordCommands(props: RecordCommandsProps) {
  const styles = useStyles();
  const { session, row, isExplicit, isReadOnly, onCreated } = props;
  const [problem, setProblem] = useState<unknown>(null);
  const saving = useSaveCommands({ session, isExplicit, isReadOnly, onCreated });
  const own = useOwnCommands(session, row);
  const commands = useMemo(() => [...saving, ...own], [saving, own]);
  usePublishCommands(commands);
  return (
    <>
      <div className={styles.row}>
        <CommandBar label={session.table.displayName} commands={commands} onError={setProblem} />
        <div className={styles.right}>
          <Text size={200} className={styles.status} role="status">
            {saveStatus(session, isExplicit)}
          </Text>
          {row && <Neighbours table={session.table.logicalName} id={row.id} />}
        </div>
      </div>
      {problem !== null && <ErrorNote error={problem} />}
    </>
  );
}

function saveStatus(session: RecordSession, isExplicit: boolean): string {
  const { state } = session;
  if (state.isSaving) {
    return t.form.saving;
  }
  if (session.isDirty && (isExplicit || Object.keys(state.errors).length > 0)) {
    return t.form.unsaved(Object.keys(state.draft).length);
  }
  return state.savedAt ? t.form.savedAt : "";
}

interface SaveOptions {
  session: RecordSession;
  isExplicit: boolean;
  isReadOnly: boolean;
  onCreated: ((row: Row) => void) | undefined;
}

function useSaveCommands({
  session,
  isExplicit,
  isReadOnly,
  onCreated,
}: SaveOptions): CommandButton[] {
  const { save, discard, isNew, isDirty } = session;
  const { isSaving } = session.state;
  const commands = useMemo<CommandButton[]>(() => {
    if (isReadOnly || !isExplicit) {
      return [];
    }
    const run = async () => {
      const saved = await save();
      if (saved && isNew) {
        onCreated?.(saved);
      }
    };
    return [
      {
        name: "save",
        label: isNew ? t.form.create : t.shell.save,
        icon: <SaveRegular />,
        isPrimary: isNew || isDirty,
        isDisabled: isSaving || (!isNew && !isDirty),
        run,
      },
      ...(isDirty && !isNew
        ? [{ name: "discard", label: t.form.discard, icon: <ArrowUndoRegular />, run: discard }]
        : []),
    ];
  }, [isReadOnly, isExplicit, save, discard, isNew, isDirty, isSaving, onCreated]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        // The field with the focus hands over its value when it is left.
        (document.activeElement as HTMLElement | null)?.blur();
        void commands[0]?.run();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [commands]);
  return commands;
}

const NO_ROW: Row = { id: "", etag: null, cells: {}, expanded: {} };

function useOwnCommands(session: RecordSession, row: Row | null): CommandButton[] {
  const { table } = session;
  const client = useQueryClient();
  const dialogs = useDialogs();
  const go = useGo();
  const run = useRunCommand(table, row ?? NO_ROW);
  return useMemo(() => {
    if (!row) {
      return [];
    }
    const commands: CommandButton[] = visibleCommands(table, row).map((command) => ({
      name: command.name,
      label: command.label,
      icon: <NamedIcon name={command.icon ?? command.name} />,
      ...(command.primary ? { isPrimary: true } : {}),
      run: () => run(command),
    }));
    if (table.column.has("ownerid") && table.privileges?.assign !== false) {
      commands.push({
        name: "assign",
        label: t.form.assign,
        icon: <PersonArrowRightRegular />,
        run: () =>
          dialogs.open((close) => (
            <AssignDialog table={table} rows={[row]} onDone={() => undefined} onClose={close} />
          )),
      });
    }
    if (table.privileges?.delete !== false) {
      commands.push({
        name: "delete",
        label: t.form.delete,
        icon: <DeleteRegular />,
        run: () =>
          dialogs.open((close) => (
            <ConfirmDialog
              title={t.form.deleteTitle(textIn(row, table.primaryName))}
              text={t.form.deleteText}
              confirm={t.form.delete}
              onClose={close}
              onConfirm={async () => {
                await deleteRow(table, row.id, row.etag);
                go(listPath(table.logicalName), true);
                client.removeQueries({ queryKey: ["record", table.logicalName, row.id] });
                void refreshTables(client, [table.logicalName]);
              }}
            />
          )),
      });
    }
    return commands;
  }, [table, row, run, dialogs, client, go]);
}

function Neighbours({ table, id }: { table: string; id: string }) {
  const go = useGo();
  const { previous, next } = useMemo(() => neighboursOf(table, id), [table, id]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = { ArrowUp: previous, ArrowDown: next }[event.key];
      const isInGrid = event.target instanceof Element && event.target.closest('[role="grid"]');
      if (event.altKey && target && !isInGrid) {
        event.preventDefault();
        go(recordPath(table, target));
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [previous, next, go, table]);
  if (!previous && !next) {
    return null;
  }
  return (
    <>
      <Button
        appearance="subtle"
        icon={<ArrowUpRegular />}
        disabled={!previous}
        aria-label={t.form.previous}
        aria-keyshortcuts="Alt+ArrowUp"
        onClick={() => previous && go(recordPath(table, previous))}
      />
      <Button
        appearance="subtle"
        icon={<ArrowDownRegular />}
        disabled={!next}
        aria-label={t.form.next}
        aria-keyshortcuts="Alt+ArrowDown"
        onClick={() => next && go(recordPath(table, next))}
      />
    </>
  );
}
