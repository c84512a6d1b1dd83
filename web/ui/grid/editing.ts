// Which cells can be edited, and where the focus goes afterwards.
import type { Column, Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { isRowClosed } from "@/ui/fields/values";
import type { Position } from "./types";

/** Where the focus goes when a cell has been edited. */
export type LeaveTo = "down" | "next" | "previous" | "stay";

export function isCellEditable(table: Table, row: Row, column: Column): boolean {
  // "All activities" is a list over several tables; each is changed on its own form.
  if (table.logicalName === "activitypointer") {
    return false;
  }
  if (column.readOnly || table.privileges?.write === false || isRowClosed(table, row)) {
    return false;
  }
  if (column.type === "owner") {
    return table.privileges?.assign !== false;
  }
  // States change by messages only, participants on the form.
  return !["id", "party", "state", "status", "choices"].includes(column.type);
}

export function leavePosition(
  from: Position,
  leaveTo: LeaveTo,
  rows: number,
  columns: number,
): Position {
  if (leaveTo === "down") {
    return { ...from, row: Math.min(from.row + 1, rows - 1) };
  }
  if (leaveTo === "next") {
    return { ...from, column: Math.min(from.column + 1, columns) };
  }
  if (leaveTo === "previous") {
    return { ...from, column: Math.max(from.column - 1, 1) };
  }
  return from;
}

interface Toggle {
  index: number;
  anchor: number;
  withShift: boolean;
}

/** The selection after a click on a row; with Shift everything since the last click. */
export function toggledRange(
  rows: readonly Row[],
  selection: ReadonlySet<string>,
  { index, anchor, withShift }: Toggle,
): ReadonlySet<string> {
  const next = new Set(selection);
  const clicked = rows[index];
  if (!clicked) {
    return next;
  }
  const isOn = !selection.has(clicked.id);
  const [from, to] = withShift
    ? [Math.min(index, anchor), Math.max(index, anchor)]
    : [index, index];
  for (const row of rows.slice(from, to + 1)) {
    if (isOn) {
      next.add(row.id);
    } else {
      next.delete(row.id);
    }
  }
  return next;
}
