// Values while somebody edits them, and their way from a row and back to the server.
import type { Payload } from "@/api/client";
import { type Column, isClosedState, isLookup, isNumeric, type Table } from "@/api/metadata";
import type { RawRow, Row } from "@/api/rows";
import { decimalToWire } from "./decimal";

export interface LookupValue {
  table: string;
  id: string;
  name: string;
}

export interface PartyValue extends LookupValue {
  /** An address without a record behind it. */
  address?: string;
  /** The answer to an invitation, as the server words it. */
  answer?: string;
}

/** Numbers are decimal texts; choices are numbers; choices (several) a list of them. */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | LookupValue
  | readonly PartyValue[]
  | readonly number[];

export type Draft = Readonly<Record<string, FieldValue>>;

export const isLookupValue = (value: FieldValue | undefined): value is LookupValue =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const partiesOf = (value: FieldValue | undefined): readonly PartyValue[] =>
  Array.isArray(value) ? (value as readonly PartyValue[]) : [];

export const choicesOf = (value: FieldValue | undefined): readonly number[] =>
  Array.isArray(value) ? (value as readonly number[]) : [];

const FORMATTED = "@OData.Community.Display.V1.FormattedValue";

function partyValues(row: Row, column: Column, table: Table): PartyValue[] {
  const parties = row.expanded[`${table.logicalName}_activity_parties`];
  if (!Array.isArray(parties)) {
    return [];
  }
  return (parties as RawRow[])
    .filter((party) => party.participationtypemask === column.partyMask)
    .map((party) => {
      const id = party._partyid_value;
      const address = typeof party.addressused === "string" ? party.addressused : undefined;
      const name = party[`_partyid_value${FORMATTED}`];
      const answer = party[`cl_partstat${FORMATTED}`];
      return {
        table: String(party["_partyid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] ?? ""),
        id: typeof id === "string" ? id : "",
        name: typeof name === "string" ? name : (address ?? ""),
        ...(address ? { address } : {}),
        ...(typeof answer === "string" ? { answer } : {}),
      };
    });
}

export function fieldValue(row: Row | null, column: Column, table: Table): FieldValue {
  if (!row) {
    return null;
  }
  if (column.type === "party") {
    return partyValues(row, column, table);
  }
  const cell = row.cells[column.name];
  if (!cell || cell.value === null) {
    return column.type === "choices" ? [] : null;
  }
  if (isLookup(column)) {
    const table = cell.table ?? column.targets?.[0]?.table ?? "";
    return { table, id: String(cell.value), name: cell.text };
  }
  if (column.type === "choices") {
    return String(cell.value).split(",").map(Number);
  }
  if (isNumeric(column)) {
    return String(cell.value);
  }
  return cell.value;
}

export function isEmpty(value: FieldValue | undefined): boolean {
  if (value === undefined || value === null || value === "") {
    return true;
  }
  return Array.isArray(value) && value.length === 0;
}

const canonicalNumber = (value: string): string =>
  value.includes(".") ? value.replace(/\.?0+$/, "") : value;

export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (isEmpty(a) && isEmpty(b)) {
    return true;
  }
  if (isLookupValue(a) && isLookupValue(b)) {
    return a.id === b.id && a.table === b.table;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return JSON.stringify(a) === JSON.stringify(b);
  }
  return a === b;
}

/** "48000" and "48000.00" are the same amount. */
export function sameFieldValue(column: Column, a: FieldValue, b: FieldValue): boolean {
  if (isNumeric(column) && typeof a === "string" && typeof b === "string") {
    return canonicalNumber(a) === canonicalNumber(b);
  }
  return sameValue(a, b);
}

function lookupPayload(column: Column, value: FieldValue): Payload {
  if (isLookupValue(value)) {
    const target = column.targets?.find((each) => each.table === value.table);
    return target ? { [`${target.navigation}@odata.bind`]: `/${target.set}(${value.id})` } : {};
  }
  const first = column.targets?.[0];
  return first ? { [`${first.navigation}@odata.bind`]: null } : {};
}

function scalarPayload(column: Column, value: FieldValue): unknown {
  if (column.type === "choices") {
    return isEmpty(value) ? null : [...choicesOf(value)].sort((a, b) => a - b).join(",");
  }
  if (isEmpty(value)) {
    return null;
  }
  return isNumeric(column) && typeof value === "string" ? decimalToWire(value) : value;
}

/**
 * The participants of an activity are one collection, whatever the form shows as separate fields.
 */
export function partyPayload(table: Table, values: Draft): Payload[] {
  return table.columns
    .filter((column) => column.type === "party")
    .flatMap((column) =>
      partiesOf(values[column.name]).map((party) => {
        const set = column.targets?.find((target) => target.table === party.table)?.set;
        return {
          participationtypemask: column.partyMask,
          ...(party.id && set
            ? { [`partyid_${party.table}@odata.bind`]: `/${set}(${party.id})` }
            : { addressused: party.address ?? party.name }),
        };
      }),
    );
}

export function toPayload(table: Table, draft: Draft): Payload {
  const payload: Payload = {};
  for (const [name, value] of Object.entries(draft)) {
    const column = table.column.get(name);
    if (!column || column.type === "party") {
      continue;
    }
    if (isLookup(column)) {
      Object.assign(payload, lookupPayload(column, value));
    } else {
      payload[name] = scalarPayload(column, value);
    }
  }
  return payload;
}

export const isRowClosed = (table: Table, row: Row | null): boolean =>
  row !== null && isClosedState(table, row.cells.statecode?.value);
