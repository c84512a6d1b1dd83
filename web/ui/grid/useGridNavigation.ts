// The keyboard model of an ARIA grid: one cell is in the tab order, arrows move it.
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Position } from "./types";

interface Size {
  rows: number;
  columns: number;
  page: number;
}

/** Where a key leads from a position; null when the key does not move. */
export function moved(
  key: string,
  withControl: boolean,
  from: Position,
  { rows, columns, page }: Size,
): Position | null {
  const row = (next: number) => Math.min(Math.max(next, -1), rows - 1);
  const column = (next: number) => Math.min(Math.max(next, 0), columns - 1);
  switch (key) {
    case "ArrowUp":
      return { ...from, row: row(from.row - 1) };
    case "ArrowDown":
      return { ...from, row: row(from.row + 1) };
    case "ArrowLeft":
      return { ...from, column: column(from.column - 1) };
    case "ArrowRight":
      return { ...from, column: column(from.column + 1) };
    case "PageUp":
      return { ...from, row: Math.max(row(from.row - page), Math.min(0, rows - 1)) };
    case "PageDown":
      return { ...from, row: row(from.row + page) };
    case "Home":
      return { row: withControl ? Math.min(0, rows - 1) : from.row, column: 0 };
    case "End":
      return { row: withControl ? rows - 1 : from.row, column: columns - 1 };
    default:
      return null;
  }
}

interface Navigation {
  active: Position;
  /** Moves the active cell and the focus with it. */
  focus: (position: Position) => void;
  /** Notes which cell was focused by the mouse. */
  note: (position: Position) => void;
  onArrow: (event: KeyboardEvent) => boolean;
}

export function useGridNavigation(
  root: RefObject<HTMLDivElement | null>,
  size: Size,
  reveal: (row: number) => void,
): Navigation {
  const [active, setActive] = useState<Position>({ row: 0, column: 1 });
  const wanted = useRef<Position | null>(null);
  // Rows may have disappeared since.
  const current: Position = {
    row: Math.min(active.row, Math.max(size.rows - 1, -1)),
    column: Math.min(active.column, size.columns - 1),
  };

  useLayoutEffect(() => {
    const position = wanted.current;
    const cell = position
      ? root.current?.querySelector<HTMLElement>(
          `[data-row="${position.row}"][data-column="${position.column}"]`,
        )
      : null;
    // A row far away is drawn only after the scrolling; the next drawing finds it.
    if (cell) {
      wanted.current = null;
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });

  const focus = useCallback(
    (position: Position) => {
      wanted.current = position;
      setActive({ ...position });
      if (position.row >= 0) {
        reveal(position.row);
      }
    },
    [reveal],
  );

  const onArrow = (event: KeyboardEvent): boolean => {
    if (event.altKey || event.metaKey) {
      return false;
    }
    const next = moved(event.key, event.ctrlKey, current, size);
    if (!next) {
      return false;
    }
    event.preventDefault();
    focus(next);
    return true;
  };

  return { active: current, focus, note: setActive, onArrow };
}
