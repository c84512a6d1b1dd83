import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { isLookup, type Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { AppLink } from "@/ui/AppLink";
import { cellText } from "@/ui/grid/CellView";
import { recordPath } from "@/ui/paths";

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexWrap: "wrap",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXL}`,
    margin: 0,
  },
  fact: { display: "flex", flexDirection: "column", minWidth: 0 },
  value: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: "tabular-nums" },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** The few values that stand beside the name of a record. */
export function HeaderFacts({
  table,
  row,
  names,
}: {
  table: Table;
  row: Row;
  names: readonly string[];
}) {
  const styles = useStyles();
  const facts = names.flatMap((name) => {
    const column = table.column.get(name);
    return column ? [{ column, text: cellText(row, column), cell: row.cells[name] }] : [];
  });
  if (facts.length === 0) {
    return null;
  }
  return (
    <dl className={styles.list}>
      {facts.map(({ column, text, cell }) => (
        <div key={column.name} className={styles.fact}>
          <dt className={styles.label}>{column.label}</dt>
          <dd className={styles.value}>
            {isLookup(column) && cell?.table && typeof cell.value === "string" ? (
              <AppLink to={recordPath(cell.table, cell.value)}>{text}</AppLink>
            ) : (
              <Text weight="semibold">{text || "–"}</Text>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
