// What the composer starts with, and which columns each kind of activity asks for.
import type { Table } from "@/api/metadata";
import { type Row, textIn, valueIn } from "@/api/rows";
import type { Session } from "@/api/session";
import type { Draft, PartyValue } from "@/ui/fields/values";

export type ActivityKind = "task" | "phonecall" | "appointment" | "email";

export const COMPOSED: Record<ActivityKind, readonly string[]> = {
  task: ["subject", "scheduledend", "description"],
  phonecall: ["subject", "phonenumber", "scheduledend", "description"],
  appointment: [
    "subject",
    "requiredattendees",
    "scheduledstart",
    "scheduledend",
    "isonlinemeeting",
    "location",
    "cl_agenda",
    "description",
  ],
  email: ["to", "subject", "description"],
};

const PEOPLE = ["lead", "contact", "account"];

/** Whom a mail or an invitation about this record goes to. */
export function counterpart(table: Table, row: Row): PartyValue | null {
  if (PEOPLE.includes(table.logicalName)) {
    const name = textIn(row, "fullname") || textIn(row, table.primaryName);
    return { table: table.logicalName, id: row.id, name };
  }
  for (const column of ["parentcontactid", "customerid", "parentaccountid"]) {
    const cell = row.cells[column];
    if (cell?.table && typeof cell.value === "string") {
      return { table: cell.table, id: cell.value, name: cell.text };
    }
  }
  return null;
}

const HOUR = 3600000;
const HALF_HOUR = 1800000;

const iso = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");

export function activityDraft(
  kind: ActivityKind,
  about: { table: Table; row: Row },
  session: Session,
  now: number,
): Draft {
  const { table, row } = about;
  const regarding = {
    regardingobjectid: {
      table: table.logicalName,
      id: row.id,
      name: textIn(row, table.primaryName),
    },
  };
  const other = counterpart(table, row);
  const people = other ? [other] : [];
  const nextHour = Math.ceil(now / HOUR) * HOUR;
  if (kind === "appointment") {
    return {
      ...regarding,
      requiredattendees: people,
      scheduledstart: iso(nextHour),
      scheduledend: iso(nextHour + HALF_HOUR),
      isonlinemeeting: true,
    };
  }
  if (kind === "email") {
    const from = { table: "systemuser", id: session.userId, name: session.fullName };
    return { ...regarding, from: [from], to: people };
  }
  if (kind === "phonecall") {
    const phone = textIn(row, "telephone1") || textIn(row, "mobilephone");
    const from = { table: "systemuser", id: session.userId, name: session.fullName };
    return {
      ...regarding,
      from: [from],
      to: people,
      ...(phone && valueIn(row, "donotphone") !== true ? { phonenumber: phone } : {}),
    };
  }
  return regarding;
}
