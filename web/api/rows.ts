// Rows as the pages use them: cells by column name, each with the value and its formatted text.
export type Scalar = string | number | boolean | null;

export interface Cell {
  value: Scalar;
  /** What to show; made by the server in the user's format and language. */
  text: string;
  /** Of a lookup: the table the value points to. */
  table?: string;
}

export interface Row {
  id: string;
  etag: string | null;
  cells: Readonly<Record<string, Cell>>;
  /** Expanded navigation properties as they came. */
  expanded: Readonly<Record<string, unknown>>;
}

export type RawRow = Readonly<Record<string, unknown>>;

const FORMATTED = "@OData.Community.Display.V1.FormattedValue";
const LOOKUP_TABLE = "@Microsoft.Dynamics.CRM.lookuplogicalname";
const LIBRARY_COPY = /_(Formatted|LogicalName|NavigationProperty)$/;
const LOOKUP_KEY = /^_(.+)_value$/;

/** The client library turns date texts into Date objects; we keep texts. */
export function scalarOf(value: unknown): Scalar {
  if (value instanceof Date) {
    return value.toISOString().replace(".000Z", "Z");
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  return null;
}

function textOf(formatted: unknown, value: Scalar): string {
  if (typeof formatted === "string") {
    return formatted;
  }
  return value === null ? "" : String(value);
}

export function toRow(raw: RawRow, primaryId: string): Row {
  const cells: Record<string, Cell> = {};
  const expanded: Record<string, unknown> = {};
  for (const [key, given] of Object.entries(raw)) {
    if (key.includes("@") || LIBRARY_COPY.test(key)) {
      continue;
    }
    const isNested = given !== null && typeof given === "object" && !(given instanceof Date);
    if (isNested) {
      expanded[key] = given;
      continue;
    }
    const value = scalarOf(given);
    const cell: Cell = { value, text: textOf(raw[key + FORMATTED], value) };
    const lookup = LOOKUP_KEY.exec(key);
    const table = raw[key + LOOKUP_TABLE];
    if (lookup && typeof table === "string") {
      cell.table = table;
    }
    cells[lookup?.[1] ?? key] = cell;
  }
  const etag = raw["@odata.etag"];
  return {
    id: String(cells[primaryId]?.value ?? ""),
    etag: typeof etag === "string" ? etag : null,
    cells,
    expanded,
  };
}

export const textIn = (row: Row | null | undefined, column: string): string =>
  row?.cells[column]?.text ?? "";

export const valueIn = (row: Row | null | undefined, column: string): Scalar =>
  row?.cells[column]?.value ?? null;

/** Own functions answer plain documents; only their dates need to become texts again. */
export function plain<T>(document: unknown): T {
  if (document instanceof Date) {
    return scalarOf(document) as T;
  }
  if (Array.isArray(document)) {
    return document.map((item) => plain<unknown>(item)) as T;
  }
  if (document !== null && typeof document === "object") {
    return Object.fromEntries(
      Object.entries(document).map(([key, value]) => [key, plain<unknown>(value)]),
    ) as T;
  }
  return document as T;
}
