// What the server says about tables: docs/contracts/web-workspace.md §4.
import { callFunction } from "./client";

export type ColumnType =
  | "text"
  | "memo"
  | "whole"
  | "big"
  | "decimal"
  | "money"
  | "yesno"
  | "choice"
  | "choices"
  | "state"
  | "status"
  | "date"
  | "datetime"
  | "lookup"
  | "owner"
  | "customer"
  | "party"
  | "id";

export interface Option {
  value: number;
  label: string;
  state?: number;
  color?: string;
  closed?: boolean;
}

export interface Target {
  table: string;
  set: string;
  navigation: string;
  label?: string;
}

export interface Column {
  name: string;
  label: string;
  type: ColumnType;
  required?: boolean;
  readOnly?: boolean;
  description?: string;
  maxLength?: number;
  min?: number;
  max?: number;
  precision?: number;
  format?: string;
  options?: Option[];
  targets?: Target[];
  partyMask?: number;
}

export interface ViewColumn {
  name: string;
  width?: number;
}

export interface View {
  id: string;
  name: string;
  isDefault?: boolean;
  columns: ViewColumn[];
  filter?: string;
  orderby?: string;
}

export interface Subgrid {
  table: string;
  column?: string;
  manyToMany?: string;
  filter?: string;
  columns?: string[];
}

export interface FormSection {
  /** Controls without a label bring their own. */
  label?: string;
  columns?: string[];
  subgrid?: Subgrid;
  control?: string;
}

export interface FormTab {
  label: string;
  sections: FormSection[];
}

export interface Form {
  id: string;
  name: string;
  header?: string[];
  tabs: FormTab[];
}

export interface Command {
  name: string;
  label: string;
  icon?: string;
  primary?: boolean;
  dialog?: string;
  message?: string;
  update?: Record<string, number | string | boolean | null>;
  url?: string;
  page?: string;
  confirm?: string;
  showWhen?: Record<string, (number | string | boolean | null)[]>;
}

export interface TableDefinition {
  logicalName: string;
  entitySetName: string;
  displayName: string;
  pluralName: string;
  objectTypeCode?: number;
  primaryId: string;
  primaryName: string;
  ownership?: string;
  isActivity?: boolean;
  hasNotes?: boolean;
  hasActivities?: boolean;
  icon?: string;
  save?: "auto" | "explicit";
  quickFind?: string[];
  privileges?: Partial<Record<"create" | "write" | "delete" | "assign" | "share", boolean>>;
  etag?: string;
  columns: Column[];
  views?: View[];
  forms?: Form[];
  commands?: Command[];
}

/** A definition with what the pages look up all the time. */
export interface Table extends TableDefinition {
  column: ReadonlyMap<string, Column>;
  views: View[];
  forms: Form[];
}

export interface SiteMapItem {
  id: string;
  label: string;
  icon?: string;
  table?: string;
  view?: string;
  page?: string;
  /** "New lead", where the caller may make one. */
  newLabel?: string;
}

export interface SiteMapGroup {
  label: string;
  items: SiteMapItem[];
}

export interface SiteMapArea {
  id: string;
  label: string;
  groups: SiteMapGroup[];
}

export interface SiteMap {
  areas: SiteMapArea[];
}

const LOOKUP_TYPES: readonly ColumnType[] = ["lookup", "owner", "customer"];

export const isLookup = (column: Column): boolean => LOOKUP_TYPES.includes(column.type);

export const isNumeric = (column: Column): boolean =>
  ["whole", "big", "decimal", "money"].includes(column.type);

export const isChoice = (column: Column): boolean =>
  ["choice", "state", "status", "yesno"].includes(column.type);

const SYSTEM_COLUMNS = new Set([
  "overriddencreatedon",
  "importsequencenumber",
  "timezoneruleversionnumber",
  "utcconversiontimezonecode",
  "versionnumber",
  "traversedpath",
  "processid",
  "stageid",
  "exchangerate",
]);

function defaultView(table: TableDefinition): View {
  const known = new Set(table.columns.map((column) => column.name));
  const columns = [table.primaryName, "statuscode", "ownerid", "createdon", "modifiedon"]
    .filter((name) => known.has(name))
    .map((name, index) => ({ name, width: index === 0 ? 280 : 160 }));
  return {
    id: "all",
    name: `All ${table.pluralName}`,
    isDefault: true,
    columns,
    ...(known.has("createdon") ? { orderby: "createdon desc" } : {}),
  };
}

function defaultForm(table: TableDefinition): Form {
  const columns = table.columns
    .filter(
      (column) => !column.readOnly && column.type !== "id" && !SYSTEM_COLUMNS.has(column.name),
    )
    .filter((column) => !["state", "status"].includes(column.type))
    .map((column) => column.name)
    .sort((a, b) => Number(b === table.primaryName) - Number(a === table.primaryName));
  const sections: FormSection[] = [{ label: table.displayName, columns }];
  if (table.hasActivities || table.hasNotes) {
    sections.push({ label: "Timeline", control: "timeline" });
  }
  return { id: "all", name: table.displayName, tabs: [{ label: "General", sections }] };
}

export function toTable(definition: TableDefinition): Table {
  const column = new Map(definition.columns.map((each) => [each.name, each]));
  const views = definition.views?.length ? definition.views : [defaultView(definition)];
  const forms = definition.forms?.length ? definition.forms : [defaultForm(definition)];
  return { ...definition, column, views, forms };
}

export async function retrieveTable(logicalName: string): Promise<Table> {
  const definition = await callFunction<TableDefinition>("cl_RetrieveTableDefinition", {
    LogicalName: logicalName,
  });
  return toTable(definition);
}

export const retrieveSiteMap = (): Promise<SiteMap> => callFunction<SiteMap>("cl_RetrieveSiteMap");

/** The states in which a row of this table can no longer be changed. */
export function isClosedState(table: TableDefinition, state: unknown): boolean {
  if (typeof state !== "number") {
    return false;
  }
  const options = table.columns.find((column) => column.type === "state")?.options ?? [];
  if (options.some((option) => option.closed !== undefined)) {
    return options.find((option) => option.value === state)?.closed === true;
  }
  return table.isActivity ? state !== 0 && state !== 3 : state !== 0;
}
