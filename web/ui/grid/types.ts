import type { ReactNode } from "react";
import type { Column, Table, ViewColumn } from "@/api/metadata";
import type { Row } from "@/api/rows";
import type { FieldValue } from "@/ui/fields/values";
import type { ColumnFilter } from "./filters";
import type { Sort } from "./request";

export interface RecordGridProps {
  table: Table;
  /** Accessible name of the grid. */
  label: string;
  columns: readonly ViewColumn[];
  rows: readonly Row[];
  total: number | null;
  isLoading: boolean;
  hasMore: boolean;
  onMore: () => void;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  filters: readonly ColumnFilter[];
  onFilter: (filters: ColumnFilter[]) => void;
  selection: ReadonlySet<string>;
  onSelect: (selection: ReadonlySet<string>) => void;
  onOpen: (row: Row) => void;
  /** Rejects with the reason when the value was not saved. */
  onCommit: (row: Row, column: Column, value: FieldValue) => Promise<void>;
  /** Shown instead of rows. */
  empty: ReactNode;
  /** Grows with its rows up to a limit instead of filling its place. */
  isEmbedded?: boolean;
}

/** Row -1 is the head, column 0 the selection. */
export interface Position {
  row: number;
  column: number;
}

export const ROW_HEIGHT = 40;
export const HEAD_HEIGHT = 40;
export const SELECT_WIDTH = 44;
