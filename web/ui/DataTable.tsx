// A short table of things that are no rows of the Web API (documents of own functions).
import {
  makeStyles,
  mergeClasses,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  frame: {
    overflowX: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  plain: { border: "none", borderRadius: 0 },
  table: { minWidth: "560px" },
  head: {
    backgroundColor: tokens.colorNeutralBackground2,
    "& *": { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200 },
  },
  end: { textAlign: "right", fontVariantNumeric: "tabular-nums", "& *": { justifyContent: "end" } },
  hidden: {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
  },
  cell: { paddingTop: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalXS },
});

export interface DataColumn<T> {
  key: string;
  label: string;
  /** The column of buttons has a name for screen readers only. */
  isLabelHidden?: boolean;
  isNumber?: boolean;
  width?: string;
  render: (item: T) => ReactNode;
}

interface DataTableProps<T> {
  label: string;
  columns: readonly DataColumn<T>[];
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Without a frame, inside a card. */
  isPlain?: boolean;
}

export function DataTable<T>({ label, columns, items, keyOf, isPlain }: DataTableProps<T>) {
  const styles = useStyles();
  return (
    // A scrolling place must be reachable by keyboard; it is no landmark of its own.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs.
    <div
      role="group"
      className={mergeClasses(styles.frame, isPlain && styles.plain)}
      tabIndex={0}
      aria-label={label}
    >
      <Table className={styles.table} aria-label={label}>
        <TableHeader className={styles.head}>
          <TableRow>
            {columns.map((column) => (
              <TableHeaderCell
                key={column.key}
                className={mergeClasses(column.isNumber && styles.end)}
                style={column.width ? { width: column.width } : undefined}
              >
                {column.isLabelHidden ? (
                  <span className={styles.hidden}>{column.label}</span>
                ) : (
                  column.label
                )}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {items.map((item) => (
            <TableRow key={keyOf(item)}>
              {columns.map((column) => (
                <TableCell
                  key={column.key}
                  className={mergeClasses(styles.cell, column.isNumber && styles.end)}
                >
                  {column.render(item)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
