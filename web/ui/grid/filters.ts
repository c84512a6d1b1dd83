// Conditions of one column, as people choose them, and the OData they stand for.
import { type Column, isLookup, isNumeric } from "@/api/metadata";
import { anyOf, crm, propertyOf, quoted } from "@/api/odata";

export type Operator =
  | "contains"
  | "startswith"
  | "eq"
  | "ne"
  | "in"
  | "gt"
  | "ge"
  | "lt"
  | "le"
  | "on"
  | "after"
  | "before"
  | "today"
  | "thisweek"
  | "thismonth"
  | "lastmonth"
  | "last30"
  | "next30"
  | "empty"
  | "filled"
  | "me";

/** Short names, since filters stand in the address. */
export interface ColumnFilter {
  c: string;
  o: Operator;
  v?: string | number[];
}

const DATE_OPERATORS: Operator[] = [
  "on",
  "after",
  "before",
  "today",
  "thisweek",
  "thismonth",
  "lastmonth",
  "last30",
  "next30",
  "empty",
  "filled",
];

export const needsValue = (operator: Operator): boolean =>
  [
    "contains",
    "startswith",
    "eq",
    "ne",
    "in",
    "gt",
    "ge",
    "lt",
    "le",
    "on",
    "after",
    "before",
  ].includes(operator);

export function operatorsOf(column: Column): Operator[] {
  if (column.type === "date" || column.type === "datetime") {
    return DATE_OPERATORS;
  }
  if (["choice", "state", "status"].includes(column.type)) {
    return ["in", "empty", "filled"];
  }
  if (column.type === "yesno") {
    return ["eq"];
  }
  if (column.type === "owner") {
    return ["me", "eq"];
  }
  if (isLookup(column)) {
    return ["eq", "empty", "filled"];
  }
  if (isNumeric(column)) {
    return ["ge", "le", "eq", "gt", "lt", "empty", "filled"];
  }
  return ["contains", "startswith", "eq", "ne", "empty", "filled"];
}

export const isFilterable = (column: Column): boolean =>
  !["party", "choices", "id"].includes(column.type);

const FUNCTIONS: Partial<Record<Operator, (column: string) => string>> = {
  today: (column) => crm("Today", column),
  thisweek: (column) => crm("ThisWeek", column),
  thismonth: (column) => crm("ThisMonth", column),
  lastmonth: (column) => crm("LastMonth", column),
  last30: (column) => crm("LastXDays", column, 30),
  next30: (column) => crm("NextXDays", column, 30),
  me: (column) => crm("EqualUserId", column),
};

const DATE_FUNCTIONS: Partial<Record<Operator, string>> = {
  on: "On",
  after: "OnOrAfter",
  before: "OnOrBefore",
};

function comparison(column: Column, operator: Operator, value: string): string | null {
  const property = propertyOf(column);
  if (operator === "contains" || operator === "startswith") {
    return `${operator}(${property},${quoted(value)})`;
  }
  const day = DATE_FUNCTIONS[operator];
  if (day) {
    return crm(day, column.name, value);
  }
  if (isNumeric(column)) {
    return /^-?\d+(\.\d+)?$/.test(value) ? `${property} ${operator} ${value}` : null;
  }
  if (column.type === "yesno") {
    return `${property} eq ${value === "1"}`;
  }
  if (isLookup(column)) {
    return /^[0-9a-f-]{36}$/i.test(value) ? `${property} eq ${value}` : null;
  }
  return `${property} ${operator} ${quoted(value)}`;
}

export function filterToOData(column: Column, filter: ColumnFilter): string | null {
  const property = propertyOf(column);
  const special = FUNCTIONS[filter.o];
  if (special) {
    return special(column.name);
  }
  if (filter.o === "empty") {
    return `${property} eq null`;
  }
  if (filter.o === "filled") {
    return `${property} ne null`;
  }
  if (filter.o === "in") {
    const values = Array.isArray(filter.v) ? filter.v : [];
    return anyOf(values.map((value) => `${property} eq ${value}`)) ?? null;
  }
  return typeof filter.v === "string" && filter.v !== ""
    ? comparison(column, filter.o, filter.v)
    : null;
}

/** Addresses are typed and shared by people: whatever is not a filter is dropped. */
export function filtersFrom(given: unknown): ColumnFilter[] {
  if (!Array.isArray(given)) {
    return [];
  }
  return given.filter(
    (each): each is ColumnFilter =>
      typeof each === "object" &&
      each !== null &&
      typeof (each as ColumnFilter).c === "string" &&
      typeof (each as ColumnFilter).o === "string",
  );
}
