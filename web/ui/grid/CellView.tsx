import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { type Column, isClosedState, isLookup, isNumeric, type Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { AppLink } from "@/ui/AppLink";
import { formatDate, formatDateTime } from "@/ui/format";
import { recordPath, rowPath } from "@/ui/paths";
import { Tint } from "@/ui/Tint";

const useStyles = makeStyles({
  text: {
    display: "block",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    minWidth: 0,
  },
  number: { fontVariantNumeric: "tabular-nums" },
  primary: { fontWeight: tokens.fontWeightSemibold },
});

/** Dates come formatted; where a server did not, they still read like dates. */
export function cellText(row: Row, column: Column): string {
  const cell = row.cells[column.name];
  if (!cell || cell.value === null) {
    return "";
  }
  if (typeof cell.value === "string" && cell.text === cell.value) {
    if (column.type === "datetime") {
      return formatDateTime(cell.value);
    }
    if (column.type === "date") {
      return formatDate(cell.value);
    }
  }
  return cell.text;
}

export const isRightAligned = (column: Column): boolean => isNumeric(column);

export function CellView({ table, row, column }: { table: Table; row: Row; column: Column }) {
  const styles = useStyles();
  const text = cellText(row, column);
  if (column.name === table.primaryName) {
    return (
      <AppLink
        className={mergeClasses(styles.text, styles.primary)}
        to={rowPath(table.logicalName, row)}
        tabIndex={-1}
        title={text}
      >
        {text || "–"}
      </AppLink>
    );
  }
  if (!text) {
    return null;
  }
  if (column.type === "state" || column.type === "status") {
    const isClosed = isClosedState(table, row.cells.statecode?.value);
    return <Tint tone={isClosed ? "neutral" : "brand"}>{text}</Tint>;
  }
  const cell = row.cells[column.name];
  if (isLookup(column) && cell?.table && typeof cell.value === "string") {
    return (
      <AppLink
        className={styles.text}
        isSubtle
        to={recordPath(cell.table, cell.value)}
        tabIndex={-1}
        title={text}
      >
        {text}
      </AppLink>
    );
  }
  return (
    <Text className={mergeClasses(styles.text, isNumeric(column) && styles.number)} title={text}>
      {text}
    </Text>
  );
}
