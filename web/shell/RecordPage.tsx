import { makeStyles, tokens } from "@fluentui/react-components";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { toApiError } from "@/api/error";
import type { Table } from "@/api/metadata";
import { type Row, textIn } from "@/api/rows";
import { useGo } from "@/ui/AppLink";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import { type Draft, isRowClosed } from "@/ui/fields/values";
import { RecordForm, shownColumns } from "@/ui/form/RecordForm";
import { useRecordSession } from "@/ui/form/useRecordSession";
import { useStartValues, useStoredDraft } from "@/ui/form/useStoredDraft";
import { useLiveTables } from "@/ui/live";
import { forgetDraft, rememberRecord } from "@/ui/memory";
import { PageHead } from "@/ui/PageHead";
import { listPath } from "@/ui/paths";
import { ProcessBar } from "@/ui/process/ProcessBar";
import { recordQuery, tableQuery } from "@/ui/queries";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import { HeaderFacts } from "./HeaderFacts";
import { LeaveGuard } from "./LeaveGuard";
import { RecordCommands } from "./RecordCommands";

const useStyles = makeStyles({
  body: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXL}`,
  },
});

interface RecordPageProps {
  name: string;
  id: string;
  tab: number;
  onTab: (tab: number) => void;
}

export function RecordPage({ name, id, tab, onTab }: RecordPageProps) {
  const { data: table } = useSuspenseQuery(tableQuery(name));
  const record = useQuery(recordQuery(table, id));
  useLiveTables([name]);
  if (record.error && !record.data) {
    throw toApiError(record.error);
  }
  return record.data ? (
    <OpenRecord
      key={`${name}/${id}`}
      table={table}
      row={record.data}
      isGone={record.error !== null && toApiError(record.error).isMissing}
      tab={tab}
      onTab={onTab}
    />
  ) : (
    <Loading />
  );
}

const DOCUMENTS = ["quote", "salesorder", "invoice"];

/** Documents are saved when somebody says so; everything else field by field. */
const isSavedExplicitly = (table: Table): boolean =>
  table.save === "explicit" || DOCUMENTS.includes(table.logicalName);

interface OpenRecordProps {
  table: Table;
  row: Row;
  isGone: boolean;
  tab: number;
  onTab: (tab: number) => void;
}

function useForm(table: Table) {
  const form = table.forms[0];
  if (!form) {
    throw new Error(`${table.logicalName} has no form`);
  }
  return form;
}

function OpenRecord({ table, row, isGone, tab, onTab }: OpenRecordProps) {
  const styles = useStyles();
  const { userId } = useSession();
  const form = useForm(table);
  const isExplicit = isSavedExplicitly(table);
  const session = useRecordSession({
    table,
    row,
    autosave: !isExplicit,
    shown: shownColumns(form),
  });
  const base = session.state.base ?? row;
  const title = textIn(base, table.primaryName) || table.displayName;
  useEffect(
    () => rememberRecord(userId, { table: table.logicalName, id: row.id, name: title }),
    [userId, table.logicalName, row.id, title],
  );
  const isReadOnly = isGone || table.privileges?.write === false || isRowClosed(table, base);
  return (
    <>
      <PageHead
        title={title}
        crumbs={[{ label: table.pluralName, path: listPath(table.logicalName) }]}
      >
        <HeaderFacts table={table} row={base} names={form.header ?? []} />
      </PageHead>
      <div className={styles.body}>
        <RecordCommands
          session={session}
          row={base}
          isExplicit={isExplicit}
          isReadOnly={isReadOnly}
        />
        {isGone && <ErrorNote error={new Error(t.form.deleted)} />}
        <ProcessBar session={session} recordId={row.id} />
        <RecordForm session={session} form={form} isReadOnly={isReadOnly} tab={tab} onTab={onTab} />
      </div>
      <LeaveGuard isDirty={session.isDirty && isExplicit} />
    </>
  );
}

export function NewRecordPage({ name, presets }: { name: string; presets: Draft }) {
  const { data: table } = useSuspenseQuery(tableQuery(name));
  return <NewRecord key={name} table={table} presets={presets} />;
}

function NewRecord({ table, presets }: { table: Table; presets: Draft }) {
  const styles = useStyles();
  const form = useForm(table);
  const go = useGo();
  const { userId } = useSession();
  const draftKey = `${userId}.${table.logicalName}`;
  const start = useStartValues(draftKey, presets);
  const session = useRecordSession({
    table,
    row: null,
    presets: start,
    autosave: false,
    shown: shownColumns(form),
  });
  useStoredDraft(draftKey, session);
  const title = t.form.newRecord(table.displayName);
  return (
    <>
      <PageHead
        title={title}
        crumbs={[{ label: table.pluralName, path: listPath(table.logicalName) }]}
      />
      <div className={styles.body}>
        <RecordCommands
          session={session}
          row={null}
          isExplicit
          isReadOnly={table.privileges?.create === false}
          onCreated={(row) => go(`/t/${table.logicalName}/${row.id}`, true)}
        />
        <RecordForm
          session={session}
          form={form}
          isReadOnly={table.privileges?.create === false}
          tab={0}
          onTab={() => undefined}
        />
      </div>
      <LeaveGuard
        isDirty={session.isDirty && !session.state.isSaving && session.isNew}
        onLeave={() => forgetDraft(draftKey)}
      />
    </>
  );
}
