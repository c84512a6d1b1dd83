// The query of a list: the view, what somebody searched, filtered and sorted, in one request.
import type { ListRequest } from "@/api/client";
import type { Table, View } from "@/api/metadata";
import { allOf, propertyOf, quickFind, quickFindColumns, selectOf } from "@/api/odata";
import { type ColumnFilter, filterToOData } from "./filters";

export interface Sort {
  column: string;
  descending: boolean;
}

export interface ListState {
  words?: string;
  filters?: readonly ColumnFilter[];
  sort?: Sort | null;
}

export const PAGE_SIZE = 50;

export function viewOf(table: Table, id?: string): View {
  const chosen =
    table.views.find((view) => view.id === id) ??
    table.views.find((view) => view.isDefault) ??
    table.views[0];
  if (!chosen) {
    throw new Error(`${table.logicalName} has no view`);
  }
  return chosen;
}

/** The columns of a view that this caller may see. */
export function columnsOf(table: Table, view: View): View["columns"] {
  const known = view.columns.filter((each) => table.column.has(each.name));
  return known.length > 0 ? known : [{ name: table.primaryName, width: 300 }];
}

/** "estimatedclosedate desc" as the view says it; null when the view leaves it open. */
export function sortOf(view: View): Sort | null {
  const first = view.orderby?.split(",")[0]?.trim();
  if (!first) {
    return null;
  }
  const [property = "", direction] = first.split(/\s+/);
  return {
    column: property.replace(/^_(.+)_value$/, "$1"),
    descending: direction?.toLowerCase() === "desc",
  };
}

export function orderBy(table: Table, view: View, sort: Sort | null | undefined): string[] {
  const column = sort ? table.column.get(sort.column) : undefined;
  if (sort && column) {
    return [`${propertyOf(column)} ${sort.descending ? "desc" : "asc"}`];
  }
  return view.orderby ? view.orderby.split(",").map((part) => part.trim()) : [];
}

export function listRequest(
  table: Table,
  view: View,
  state: ListState,
  fixedFilter?: string,
): ListRequest {
  const columnFilters = (state.filters ?? []).map((filter) => {
    const column = table.column.get(filter.c);
    return column ? filterToOData(column, filter) : null;
  });
  const names = columnsOf(table, view).map((column) => column.name);
  // The state decides what may be edited in the row, the type where an activity opens.
  const always = ["statecode", "transactioncurrencyid", "activitytypecode"].filter((name) =>
    table.column.has(name),
  );
  const filter = allOf([
    fixedFilter,
    view.filter,
    quickFind(table, quickFindColumns(table), state.words ?? ""),
    ...columnFilters,
  ]);
  const order = orderBy(table, view, state.sort);
  return {
    select: selectOf(table, [table.primaryName, ...names, ...always]),
    ...(filter ? { filter } : {}),
    ...(order.length ? { orderBy: order } : {}),
    count: true,
    pageSize: PAGE_SIZE,
  };
}
