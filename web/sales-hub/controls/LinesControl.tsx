// Product lines of a document with its totals. The browser only shows sums; the server makes them.
import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { AddRegular, ArrowClockwiseRegular, DeleteRegular } from "@fluentui/react-icons";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Suspense, useCallback, useState } from "react";
import { deleteRow } from "@/api/client";
import type { View } from "@/api/metadata";
import { type Row, textIn } from "@/api/rows";
import { recalculate } from "@/api/sales";
import { useDialogs } from "@/ui/dialogs/host";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import type { FormControlProps } from "@/ui/form/controls";
import { SectionCard } from "@/ui/form/SectionCard";
import { LiveGrid } from "@/ui/grid/LiveGrid";
import type { ListState } from "@/ui/grid/request";
import { refreshTables, tableQuery } from "@/ui/queries";
import { t } from "@/ui/texts";
import { AddProductDialog } from "../dialogs/AddProductDialog";
import { LINES, TOTALS } from "../lines";

const useStyles = makeStyles({
  actions: { display: "flex", gap: tokens.spacingHorizontalS },
  grid: {
    display: "flex",
    flexDirection: "column",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
  },
  totals: {
    alignSelf: "flex-end",
    display: "grid",
    gridTemplateColumns: "auto auto",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXXL}`,
    margin: 0,
    minWidth: "300px",
  },
  amount: { margin: 0, textAlign: "right", fontVariantNumeric: "tabular-nums" },
  strong: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
});

const VIEW: View = {
  id: "lines",
  name: "Lines",
  columns: [
    { name: "productid", width: 200 },
    { name: "productdescription", width: 170 },
    { name: "quantity", width: 105 },
    { name: "uomid", width: 80 },
    { name: "priceperunit", width: 130 },
    { name: "manualdiscountamount", width: 150 },
    { name: "tax", width: 100 },
    { name: "extendedamount", width: 150 },
  ],
  orderby: "createdon asc",
};

export function LinesControl(props: FormControlProps) {
  return (
    <Suspense fallback={<Loading />}>
      <Lines {...props} />
    </Suspense>
  );
}

const NOTHING: ReadonlySet<string> = new Set();

function Lines({ session, row, title, isReadOnly }: FormControlProps) {
  const styles = useStyles();
  const parent = session.table;
  const lines = LINES[parent.logicalName];
  const { data: table } = useSuspenseQuery(tableQuery(lines?.table ?? "opportunityproduct"));
  const client = useQueryClient();
  const dialogs = useDialogs();
  const [state, setState] = useState<ListState>({});
  const [selection, setSelection] = useState<ReadonlySet<string>>(NOTHING);
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const [isWorking, setWorking] = useState(false);

  const refresh = useCallback(
    () => refreshTables(client, [parent.logicalName, table.logicalName]),
    [client, parent.logicalName, table.logicalName],
  );
  const attempt = async (work: () => Promise<unknown>) => {
    setProblem(null);
    setWorking(true);
    try {
      await work();
    } catch (thrown) {
      setProblem(thrown);
    }
    await refresh();
    setWorking(false);
  };
  const remove = () =>
    attempt(async () => {
      for (const line of rows.filter((each) => selection.has(each.id))) {
        await deleteRow(table, line.id, line.etag);
      }
      setSelection(NOTHING);
    });
  // Lines of a document that is closed are closed with it, whatever their own state.
  // A line is opened nowhere: its name is a cell like the others.
  const lineTable = { ...table, primaryName: "" };
  const shown = isReadOnly
    ? { ...lineTable, privileges: { ...table.privileges, write: false } }
    : lineTable;
  return (
    <SectionCard
      title={title}
      actions={
        !isReadOnly && (
          <div className={styles.actions}>
            {selection.size > 0 && (
              <Button size="small" icon={<DeleteRegular />} disabled={isWorking} onClick={remove}>
                {t.shell.remove}
              </Button>
            )}
            <Button
              size="small"
              appearance="subtle"
              icon={<ArrowClockwiseRegular />}
              disabled={isWorking}
              onClick={() => attempt(() => recalculate(parent.logicalName, row.id))}
            >
              {isWorking ? t.form.lines.working : t.form.lines.recalculate}
            </Button>
            <Button
              size="small"
              appearance="primary"
              icon={<AddRegular />}
              onClick={() =>
                dialogs.open((close) => (
                  <AddProductDialog table={parent} row={row} onClose={close} />
                ))
              }
            >
              {t.form.lines.add}
            </Button>
          </div>
        )
      }
    >
      {problem !== null && <ErrorNote error={problem} />}
      <div className={styles.grid}>
        <LiveGrid
          table={shown}
          view={VIEW}
          label={title}
          state={state}
          onState={setState}
          fixedFilter={`_${lines?.parent}_value eq ${row.id}`}
          selection={selection}
          onSelect={setSelection}
          onRows={setRows}
          onSaved={refresh}
          onOpen={() => undefined}
          empty={<EmptyState title={t.form.lines.none} />}
          isEmbedded
        />
      </div>
      <Totals session={session} row={row} />
    </SectionCard>
  );
}

function Totals({ session, row }: { session: FormControlProps["session"]; row: Row }) {
  const styles = useStyles();
  const totals = TOTALS.flatMap((name) => {
    const column = session.table.column.get(name);
    const text = textIn(row, name);
    return column && text ? [{ name, label: column.label, text }] : [];
  });
  if (totals.length === 0) {
    return null;
  }
  return (
    <dl className={styles.totals} aria-label={t.form.lines.totals}>
      {totals.map((total) => {
        const isLast = total.name === "totalamount";
        return [
          <dt key={`${total.name}-label`}>
            <Text className={mergeClasses(isLast && styles.strong)}>{total.label}</Text>
          </dt>,
          <dd key={total.name} className={mergeClasses(styles.amount, isLast && styles.strong)}>
            {total.text}
          </dd>,
        ];
      })}
    </dl>
  );
}
