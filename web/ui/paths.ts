// Addresses inside the workspace. They begin with "/" and know nothing of where the app is mounted.
import { type Row, valueIn } from "@/api/rows";

export const APP_BASE = (import.meta.env.BASE_URL ?? "/app/").replace(/\/$/, "");

export const recordPath = (table: string, id: string): string => `/t/${table}/${id}`;

export const listPath = (table: string, view?: string): string =>
  view ? `/t/${table}?view=${encodeURIComponent(view)}` : `/t/${table}`;

/** The page for a new row; presets fill in what is known (the record somebody came from). */
export function newPath(table: string, presets?: Record<string, unknown>): string {
  return presets && Object.keys(presets).length > 0
    ? `/t/${table}/new?presets=${encodeURIComponent(JSON.stringify(presets))}`
    : `/t/${table}/new`;
}

/** A row of "all activities" opens as what it is: a task, an appointment, an e-mail. */
export function rowPath(table: string, row: Row): string {
  const kind = table === "activitypointer" ? valueIn(row, "activitytypecode") : null;
  return recordPath(typeof kind === "string" && kind ? kind : table, row.id);
}

export const hrefOf = (path: string): string => APP_BASE + path;
