// Builds the few OData texts the pages need. Values are quoted here and nowhere else.
import { type Column, isLookup, type Table } from "./metadata";

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The name under which a column is selected and filtered. */
export const propertyOf = (column: Column): string =>
  isLookup(column) ? `_${column.name}_value` : column.name;

const bracketed = (filter: string): string => (/ (and|or) /.test(filter) ? `(${filter})` : filter);

export function allOf(filters: readonly (string | null | undefined | false)[]): string | undefined {
  const given = filters.filter((filter): filter is string => Boolean(filter));
  if (given.length < 2) {
    return given[0];
  }
  return given.map(bracketed).join(" and ");
}

export function anyOf(filters: readonly string[]): string | undefined {
  return filters.length ? filters.map(bracketed).join(" or ") : undefined;
}

export const crm = (name: string, column: string, value?: string | number): string =>
  value === undefined
    ? `Microsoft.Dynamics.CRM.${name}(PropertyName='${column}')`
    : `Microsoft.Dynamics.CRM.${name}(PropertyName='${column}',PropertyValue=${
        typeof value === "number" ? value : quoted(value)
      })`;

/** Rows in which one of the columns contains the words somebody typed. */
export function quickFind(
  table: Table,
  columns: readonly string[],
  words: string,
): string | undefined {
  const text = words.trim();
  if (!text) {
    return undefined;
  }
  const searchable = columns.filter((name) => {
    const type = table.column.get(name)?.type;
    return type === "text" || type === "memo";
  });
  const names = searchable.length ? searchable : [table.primaryName];
  return anyOf(names.map((name) => `contains(${name},${quoted(text)})`));
}

export const quickFindColumns = (table: Table): string[] =>
  table.quickFind?.length ? table.quickFind : [table.primaryName];

export function selectOf(table: Table, names: readonly string[]): string[] {
  const select = new Set<string>([table.primaryId]);
  for (const name of names) {
    const column = table.column.get(name);
    if (column && column.type !== "party") {
      select.add(propertyOf(column));
    }
  }
  return [...select];
}
