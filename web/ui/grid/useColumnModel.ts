// The columns of a grid with their widths, which people change by dragging.
import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  type Header,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import type { Column, Table, ViewColumn } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { SELECT_WIDTH } from "./types";

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });

export type ColumnHeader = Header<typeof features, Row>;

const DEFAULT_WIDTH = 160;
const MIN_WIDTH = 72;
const NO_ROWS: Row[] = [];

interface ColumnModel {
  columns: readonly Column[];
  headers: readonly ColumnHeader[];
  /** For CSS: the selection, then each column at its width or more. */
  template: string;
  minWidth: number;
}

export function useColumnModel(table: Table, shown: readonly ViewColumn[]): ColumnModel {
  const columns = useMemo(
    () =>
      shown
        .map((each) => table.column.get(each.name))
        .filter((column): column is Column => column !== undefined),
    [shown, table],
  );
  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      columns.map((column) => ({
        id: column.name,
        size: shown.find((each) => each.name === column.name)?.width ?? DEFAULT_WIDTH,
        minSize: MIN_WIDTH,
      })),
    [columns, shown],
  );
  const model = useTable({
    features,
    data: NO_ROWS,
    columns: definitions,
    columnResizeMode: "onChange",
  });
  const headers = model.getFlatHeaders();
  const sizes = headers.map((header) => header.getSize());
  const tracks = sizes.map((size) => `minmax(${size}px, ${size}fr)`);
  return {
    columns,
    headers,
    template: [`${SELECT_WIDTH}px`, ...tracks].join(" "),
    minWidth: SELECT_WIDTH + sizes.reduce((sum, size) => sum + size, 0),
  };
}
