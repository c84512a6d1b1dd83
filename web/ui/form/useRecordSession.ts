// Connects a record's state with the server: one write at a time, each with the etag of the last.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { createRow, replaceCollection, retrieveRow, updateRow } from "@/api/client";
import { toApiError } from "@/api/error";
import type { Column, Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { validateDraft, validateField } from "@/ui/fields/validate";
import {
  type Draft,
  type FieldValue,
  fieldValue,
  partyPayload,
  sameFieldValue,
  toPayload,
} from "@/ui/fields/values";
import { recordQuery, recordRequest } from "@/ui/queries";
import {
  currentValue,
  isDirty,
  newRecord,
  openRecord,
  type RecordEvent,
  type RecordState,
  reduceRecord,
} from "./recordSession";

export interface RecordSession {
  table: Table;
  state: RecordState;
  isNew: boolean;
  isDirty: boolean;
  value: (column: Column) => FieldValue;
  edit: (column: Column, value: FieldValue) => void;
  /** The field is finished; existing records with automatic saving write it now. */
  commit: (column: Column, value: FieldValue) => void;
  /** Writes everything; answers the row, or null when something was refused. */
  save: () => Promise<Row | null>;
  keepTheirs: () => void;
  keepMine: () => void;
  discard: () => void;
}

interface SessionOptions {
  table: Table;
  row: Row | null;
  presets?: Draft;
  autosave: boolean;
  /** What the form shows: only there can somebody fill in what is required. */
  shown: readonly string[];
}

const MAX_ATTEMPTS = 3;

const isParty = (table: Table, name: string): boolean => table.column.get(name)?.type === "party";

/** All participants as they should be: the draft's where it has them, else the row's. */
function allParties(table: Table, state: RecordState): Draft {
  const parties: Record<string, FieldValue> = {};
  for (const column of table.columns.filter((each) => each.type === "party")) {
    parties[column.name] = state.draft[column.name] ?? fieldValue(state.base, column, table);
  }
  return parties;
}

async function write(table: Table, state: RecordState, draft: Draft): Promise<Row> {
  const collection = `${table.logicalName}_activity_parties`;
  const hasParties = Object.keys(draft).some((name) => isParty(table, name));
  const payload = toPayload(table, draft);
  if (!state.base) {
    const parties = hasParties ? { [collection]: partyPayload(table, draft) } : {};
    return createRow(table, { ...payload, ...parties });
  }
  let row = state.base;
  if (Object.keys(payload).length > 0) {
    row = await updateRow(table, row.id, payload, row.etag);
  }
  if (hasParties) {
    await replaceCollection(
      table,
      row.id,
      collection,
      partyPayload(table, allParties(table, state)),
    );
  }
  const needsParties = table.columns.some((column) => column.type === "party");
  return needsParties ? retrieveRow(table, row.id, recordRequest(table)) : row;
}

export function useRecordSession(options: SessionOptions): RecordSession {
  const { table, row, autosave } = options;
  const client = useQueryClient();
  const reducer = useMemo(() => reduceRecord(table), [table]);
  const [state, dispatch] = useReducer(reducer, null, () =>
    row ? openRecord(row) : newRecord(options.presets ?? {}),
  );
  // Writes follow each other and need the newest state, not the one of the last drawing.
  const latest = useRef(state);
  latest.current = state;
  const apply = useCallback(
    (event: RecordEvent) => {
      latest.current = reducer(latest.current, event);
      dispatch(event);
    },
    [reducer],
  );

  useEffect(() => {
    if (row) {
      apply({ kind: "loaded", row });
    }
  }, [row, apply]);

  const send = useCallback(
    async (names: readonly string[]): Promise<Row | null> => {
      const before = latest.current;
      const draft = Object.fromEntries(
        Object.entries(before.draft).filter(([name]) => names.includes(name)),
      );
      if (before.isSaving || (before.base && Object.keys(draft).length === 0)) {
        return before.isSaving ? null : before.base;
      }
      apply({ kind: "sending", columns: names });
      for (let attempt = 1; ; attempt += 1) {
        try {
          const saved = await write(table, latest.current, draft);
          apply({ kind: "saved", row: saved, at: Date.now() });
          client.setQueryData(recordQuery(table, saved.id).queryKey, saved);
          void client.invalidateQueries({ queryKey: ["list", table.logicalName] });
          void client.invalidateQueries({ queryKey: ["process", table.logicalName, saved.id] });
          return saved;
        } catch (thrown) {
          const error = toApiError(thrown);
          apply({ kind: "refused", message: error.message, target: error.target });
          if (!error.isStale || !before.base || attempt === MAX_ATTEMPTS) {
            return null;
          }
          // Somebody was faster. Where both changed the same field the panel asks; else try again.
          const theirs = await client
            .fetchQuery({ ...recordQuery(table, before.base.id), staleTime: 0 })
            .catch(() => null);
          if (!theirs) {
            return null;
          }
          apply({ kind: "loaded", row: theirs });
          if (latest.current.conflicts.length > 0) {
            return null;
          }
          apply({ kind: "sending", columns: names });
        }
      }
    },
    [apply, client, table],
  );

  /** Saves what is valid; repeats for what was typed while it saved. */
  const autosaveNow = useCallback(async () => {
    for (;;) {
      const { draft, errors, conflicts, isSaving, base } = latest.current;
      const ready = Object.keys(draft).filter((name) => !errors[name]);
      if (isSaving || !base || conflicts.length > 0 || ready.length === 0) {
        return;
      }
      if (!(await send(ready))) {
        return;
      }
    }
  }, [send]);

  const commit = useCallback(
    (column: Column, value: FieldValue) => {
      // Just passing through a field is no reason to complain about it: the message would move what
      // somebody is about to click.
      if (sameFieldValue(column, value, currentValue(latest.current, table, column))) {
        if (latest.current.draft[column.name] === undefined) {
          return;
        }
      }
      apply({ kind: "edit", column: column.name, value });
      const error = validateField(column, value);
      if (error) {
        apply({ kind: "invalid", errors: { [column.name]: error } });
      } else if (autosave && latest.current.base) {
        void autosaveNow();
      }
    },
    [apply, autosave, autosaveNow, table],
  );

  const save = useCallback(async () => {
    const { base, draft } = latest.current;
    // The server fills in the owner and the state of a new row.
    const required = table.columns
      .filter((column) => column.required && options.shown.includes(column.name))
      .filter((column) => !["owner", "state", "status"].includes(column.type))
      .map((column) => column.name);
    const names = base ? Object.keys(draft) : new Set([...Object.keys(draft), ...required]);
    const errors = validateDraft(table, names, draft);
    if (Object.keys(errors).length > 0) {
      apply({ kind: "invalid", errors });
      return null;
    }
    return send(Object.keys(draft));
  }, [apply, send, table, options.shown]);

  return {
    table,
    state,
    isNew: state.base === null,
    isDirty: isDirty(state),
    value: (column) => currentValue(state, table, column),
    edit: (column, value) => apply({ kind: "edit", column: column.name, value }),
    commit,
    save,
    keepTheirs: () => apply({ kind: "keepTheirs" }),
    keepMine: () => {
      apply({ kind: "keepMine" });
      void (autosave ? autosaveNow() : send(Object.keys(latest.current.draft)));
    },
    discard: () => apply({ kind: "discard" }),
  };
}
