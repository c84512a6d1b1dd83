// What happens to a record while somebody works on it: the row as the server last told it, the
// draft over it, and what is wrong with either. Pure, so that every case can be tested.
import type { Column, Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { type Draft, type FieldValue, fieldValue, sameFieldValue } from "@/ui/fields/values";

export interface Conflict {
  column: string;
  theirs: FieldValue;
  mine: FieldValue;
}

export interface RecordState {
  /** Null while the record is new. */
  base: Row | null;
  draft: Draft;
  errors: Readonly<Record<string, string>>;
  /** Refusals that belong to no field. */
  message: string | null;
  conflicts: readonly Conflict[];
  isSaving: boolean;
  /** Columns that are on their way to the server, as they were sent. */
  sent: Draft;
  savedAt: number | null;
}

export type RecordEvent =
  | { kind: "edit"; column: string; value: FieldValue }
  | { kind: "loaded"; row: Row }
  | { kind: "sending"; columns: readonly string[] }
  | { kind: "saved"; row: Row; at: number }
  | { kind: "refused"; message: string; target: string | null }
  | { kind: "invalid"; errors: Readonly<Record<string, string>> }
  | { kind: "keepTheirs" }
  | { kind: "keepMine" }
  | { kind: "discard" };

export const newRecord = (presets: Draft): RecordState => ({
  base: null,
  draft: presets,
  errors: {},
  message: null,
  conflicts: [],
  isSaving: false,
  sent: {},
  savedAt: null,
});

export const openRecord = (row: Row): RecordState => ({ ...newRecord({}), base: row });

export function currentValue(state: RecordState, table: Table, column: Column): FieldValue {
  const drafted = state.draft[column.name];
  return drafted === undefined ? fieldValue(state.base, column, table) : drafted;
}

export const isDirty = (state: RecordState): boolean => Object.keys(state.draft).length > 0;

function without<T>(
  record: Readonly<Record<string, T>>,
  names: readonly string[],
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** Draft entries that differ from the row; those that became equal are no changes any more. */
function stillDifferent(draft: Draft, row: Row | null, table: Table): Draft {
  if (!row) {
    return draft;
  }
  return Object.fromEntries(
    Object.entries(draft).filter(([name, value]) => {
      const column = table.column.get(name);
      return column && !sameFieldValue(column, value, fieldValue(row, column, table));
    }),
  );
}

/** A field that somebody else changed while it was being changed here. */
function conflictsWith(state: RecordState, row: Row, table: Table): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const [name, mine] of Object.entries(state.draft)) {
    const column = table.column.get(name);
    if (!column || !state.base) {
      continue;
    }
    const before = fieldValue(state.base, column, table);
    const theirs = fieldValue(row, column, table);
    if (!sameFieldValue(column, before, theirs) && !sameFieldValue(column, theirs, mine)) {
      conflicts.push({ column: name, theirs, mine });
    }
  }
  return conflicts;
}

function loaded(state: RecordState, row: Row, table: Table): RecordState {
  // Participants are rows of their own: an answer changes them and leaves the activity as it was.
  const hasParties = table.columns.some((column) => column.type === "party");
  const isKnown = state.base?.etag === row.etag && row.etag !== null && !hasParties;
  // While a write is under way its answer is newer than anything that was read.
  if (state.isSaving || isKnown) {
    return state;
  }
  return {
    ...state,
    base: row,
    draft: stillDifferent(state.draft, row, table),
    conflicts: conflictsWith(state, row, table),
    message: null,
  };
}

function saved(state: RecordState, row: Row, at: number, table: Table): RecordState {
  // What was typed while the write was under way stays a draft.
  const finished = Object.keys(state.sent).filter((name) => {
    const column = table.column.get(name);
    const now = state.draft[name];
    const sent = state.sent[name];
    return (
      column !== undefined &&
      now !== undefined &&
      sent !== undefined &&
      sameFieldValue(column, now, sent)
    );
  });
  return {
    ...state,
    base: row,
    draft: stillDifferent(without(state.draft, finished), row, table),
    errors: without(state.errors, finished),
    message: null,
    conflicts: [],
    isSaving: false,
    sent: {},
    savedAt: at,
  };
}

export function reduceRecord(table: Table) {
  return (state: RecordState, event: RecordEvent): RecordState => {
    switch (event.kind) {
      case "edit":
        return {
          ...state,
          draft: stillDifferent({ ...state.draft, [event.column]: event.value }, state.base, table),
          errors: without(state.errors, [event.column]),
        };
      case "loaded":
        return loaded(state, event.row, table);
      case "sending":
        return {
          ...state,
          isSaving: true,
          message: null,
          sent: Object.fromEntries(
            Object.entries(state.draft).filter(([name]) => event.columns.includes(name)),
          ),
        };
      case "saved":
        return saved(state, event.row, event.at, table);
      case "refused": {
        const isField = event.target !== null && table.column.has(event.target);
        return {
          ...state,
          isSaving: false,
          sent: {},
          errors:
            isField && event.target
              ? { ...state.errors, [event.target]: event.message }
              : state.errors,
          message: isField ? null : event.message,
        };
      }
      case "invalid":
        return { ...state, errors: { ...state.errors, ...event.errors } };
      case "keepTheirs":
        return {
          ...state,
          draft: without(
            state.draft,
            state.conflicts.map((conflict) => conflict.column),
          ),
          conflicts: [],
        };
      case "keepMine":
        return { ...state, conflicts: [] };
      case "discard":
        return { ...state, draft: {}, errors: {}, message: null, conflicts: [] };
    }
  };
}
