import { Button, Field, makeStyles, tokens } from "@fluentui/react-components";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { callAction, createRow } from "@/api/client";
import { toApiError } from "@/api/error";
import type { Column, Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { Busy } from "@/ui/feedback/Busy";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { useNotify } from "@/ui/feedback/notify";
import { FieldInput } from "@/ui/fields/FieldInput";
import { type FieldErrors, validateDraft } from "@/ui/fields/validate";
import { type Draft, type FieldValue, partyPayload, toPayload } from "@/ui/fields/values";
import { refreshTables, tableQuery } from "@/ui/queries";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import { type ActivityKind, activityDraft, COMPOSED } from "./drafts";
import { useRefreshTimeline } from "./useTimeline";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  row: { display: "flex", gap: tokens.spacingHorizontalS },
});

interface ActivityFormProps {
  kind: ActivityKind;
  table: Table;
  row: Row;
  onDone: () => void;
}

export function ActivityForm({ kind, table, row, onDone }: ActivityFormProps) {
  const styles = useStyles();
  const session = useSession();
  const client = useQueryClient();
  const refresh = useRefreshTimeline();
  const notify = useNotify();
  const { data: activity } = useSuspenseQuery(tableQuery(kind));
  const [draft, setDraft] = useState<Draft>(() =>
    activityDraft(kind, { table, row }, session, Date.now()),
  );
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [isWorking, setWorking] = useState(false);

  const columns = COMPOSED[kind]
    .map((name) => activity.column.get(name))
    .filter((column): column is Column => column !== undefined)
    .map((column) => (column.name === "subject" ? { ...column, required: true } : column));

  const set = (column: Column, value: FieldValue) => {
    setDraft((current) => ({ ...current, [column.name]: value }));
    setErrors(({ [column.name]: _, ...rest }) => rest);
  };

  const submit = async (send: boolean) => {
    const wanted = { ...activity, column: new Map(columns.map((each) => [each.name, each])) };
    const found = validateDraft(wanted, COMPOSED[kind], draft);
    setErrors(found);
    if (Object.keys(found).length > 0) {
      return;
    }
    setWorking(true);
    setProblem(null);
    try {
      const parties = partyPayload(activity, draft);
      const created = await createRow(activity, {
        ...toPayload(activity, draft),
        ...(parties.length > 0 ? { [`${kind}_activity_parties`]: parties } : {}),
      });
      if (send) {
        const bound = { entitySetName: activity.entitySetName, id: created.id };
        await callAction("SendEmail", { IssueSend: true }, bound);
        notify(t.form.timeline.sent);
      }
      await Promise.all([refresh(), refreshTables(client, [kind])]);
      onDone();
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.target && COMPOSED[kind].includes(error.target)) {
        setErrors({ [error.target]: error.message });
      } else {
        setProblem(error);
      }
      setWorking(false);
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit(false);
      }}
      noValidate
    >
      {problem !== null && <ErrorNote error={problem} />}
      {columns.map((column) => (
        <Field
          key={column.name}
          label={column.label}
          required={column.required}
          validationState={errors[column.name] ? "error" : "none"}
          validationMessage={errors[column.name]}
        >
          <FieldInput
            column={column}
            value={draft[column.name] ?? null}
            onChange={(value) => set(column, value)}
            onCommit={(value) => set(column, value)}
          />
        </Field>
      ))}
      <div className={styles.row}>
        <Button
          type="submit"
          size="small"
          appearance="primary"
          disabled={isWorking}
          icon={isWorking ? <Busy /> : undefined}
        >
          {kind === "email" ? t.form.timeline.draft : t.form.timeline.add}
        </Button>
        {kind === "email" && (
          <Button size="small" disabled={isWorking} onClick={() => submit(true)}>
            {t.form.timeline.send}
          </Button>
        )}
      </div>
    </form>
  );
}
