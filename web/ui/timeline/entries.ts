// What happened to a record, from activities, notes and posts, as one list with the newest first.
import { type Row, textIn, valueIn } from "@/api/rows";

export interface TimelineEntry {
  key: string;
  /** Logical name of the activity, "annotation" or "post". */
  kind: string;
  id: string;
  title: string;
  text: string;
  at: string;
  by: string;
  stateText: string;
  isOpen: boolean;
  due: string | null;
  /** The record it belongs to, where that is not the one on the screen. */
  regarding: { table: string; id: string; name: string } | null;
  fileName: string | null;
  joinUrl: string | null;
  isOwnDone: boolean;
}

/** E-mails are kept as HTML; in the list only their words count. */
export function plainText(text: string): string {
  if (!/<[a-z!/]/i.test(text)) {
    return text;
  }
  const parsed = new DOMParser().parseFromString(text, "text/html");
  for (const element of parsed.querySelectorAll("style,script,title")) {
    element.remove();
  }
  for (const element of parsed.querySelectorAll("br,p,div,li,tr")) {
    element.append("\n");
  }
  return (parsed.body.textContent ?? "")
    .replace(/[ \t]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}

/** "@[systemuser,id,"Name"]" reads as "@Name". */
export const withoutMentions = (text: string): string =>
  text.replace(/@\[[^,\]]+,[^,\]]+,"([^"]*)"\]/g, "@$1");

function regardingOf(row: Row, column: string, ownId: string): TimelineEntry["regarding"] {
  const cell = row.cells[column];
  if (!cell?.table || typeof cell.value !== "string" || cell.value === ownId) {
    return null;
  }
  return { table: cell.table, id: cell.value, name: cell.text };
}

const isoOf = (row: Row, column: string): string | null => {
  const value = valueIn(row, column);
  return typeof value === "string" ? value : null;
};

function activityEntry(
  row: Row,
  ownId: string,
  joinUrls: ReadonlyMap<string, string>,
): TimelineEntry {
  const kind = String(valueIn(row, "activitytypecode") ?? "activity");
  const state = valueIn(row, "statecode");
  const isOpen = state === 0 || state === 3;
  return {
    key: `activity:${row.id}`,
    kind,
    id: row.id,
    title: textIn(row, "subject"),
    text: plainText(textIn(row, "description")),
    at: isoOf(row, "createdon") ?? "",
    by: textIn(row, "ownerid"),
    // Reasons mean something else for each kind of activity; states are the same for all.
    stateText: textIn(row, "statecode"),
    isOpen,
    due: isoOf(row, kind === "appointment" ? "scheduledstart" : "scheduledend"),
    regarding: regardingOf(row, "regardingobjectid", ownId),
    fileName: null,
    joinUrl: joinUrls.get(row.id) ?? null,
    isOwnDone: false,
  };
}

function noteEntry(row: Row, ownId: string): TimelineEntry {
  return {
    key: `note:${row.id}`,
    kind: "annotation",
    id: row.id,
    title: textIn(row, "subject"),
    text: plainText(textIn(row, "notetext")),
    at: isoOf(row, "createdon") ?? "",
    by: textIn(row, "createdby"),
    stateText: "",
    isOpen: false,
    due: null,
    regarding: regardingOf(row, "objectid", ownId),
    fileName: valueIn(row, "isdocument") === true ? textIn(row, "filename") : null,
    joinUrl: null,
    isOwnDone: false,
  };
}

function postEntry(row: Row, ownId: string): TimelineEntry {
  return {
    ...noteEntry(row, ownId),
    key: `post:${row.id}`,
    kind: "post",
    text: withoutMentions(plainText(textIn(row, "text"))),
    regarding: regardingOf(row, "regardingobjectid", ownId),
  };
}

export interface TimelineRows {
  activities: readonly Row[];
  notes: readonly Row[];
  posts: readonly Row[];
  joinUrls: ReadonlyMap<string, string>;
}

export function entriesOf(rows: TimelineRows, ownId: string): TimelineEntry[] {
  const entries = [
    ...rows.activities.map((row) => activityEntry(row, ownId, rows.joinUrls)),
    ...rows.notes.map((row) => noteEntry(row, ownId)),
    ...rows.posts.map((row) => postEntry(row, ownId)),
  ];
  return entries.sort((a, b) => b.at.localeCompare(a.at) || a.key.localeCompare(b.key));
}

export const isOverdue = (entry: TimelineEntry, now: number): boolean =>
  entry.isOpen && entry.due !== null && Date.parse(entry.due) < now;
