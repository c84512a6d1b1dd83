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
  cell: { paddingTop: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalXS },
});

export interface DataColumn<T> {
  key: string;
  label: string;
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
    <section
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
                {column.label}
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
    </section>
  );
}
