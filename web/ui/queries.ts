// The keys and functions of all cached server state. Keys begin with the kind and the table, so
// that a live change can find everything it touches.
import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import {
  type ListRequest,
  type Page,
  type RecordRequest,
  retrievePage,
  retrieveRow,
  retrieveRows,
} from "@/api/client";
import { retrieveSiteMap, retrieveTable, type Table } from "@/api/metadata";
import { retrieveProcess } from "@/api/process";
import { retrieveSession } from "@/api/session";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: retrieveSession,
  staleTime: Number.POSITIVE_INFINITY,
  retry: 1,
});

export const siteMapQuery = queryOptions({
  queryKey: ["siteMap"],
  queryFn: retrieveSiteMap,
  staleTime: Number.POSITIVE_INFINITY,
});

export const tableQuery = (name: string) =>
  queryOptions({
    queryKey: ["table", name],
    queryFn: () => retrieveTable(name),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const listQuery = (table: Table, request: ListRequest) =>
  infiniteQueryOptions({
    queryKey: ["list", table.logicalName, "pages", request],
    queryFn: ({ pageParam, signal }): Promise<Page> =>
      retrievePage(table, request, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page) => page.nextLink,
  });

export const rowsQuery = (table: Table, request: ListRequest) =>
  queryOptions({
    queryKey: ["list", table.logicalName, "rows", request],
    queryFn: () => retrieveRows(table, request),
  });

/** Participants of an activity come with the row; they have no list of their own. */
export const recordRequest = (table: Table): RecordRequest =>
  table.isActivity && table.columns.some((column) => column.type === "party")
    ? { expand: [{ property: `${table.logicalName}_activity_parties` }] }
    : {};

export const recordQuery = (table: Table, id: string) =>
  queryOptions({
    queryKey: ["record", table.logicalName, id],
    queryFn: () => retrieveRow(table, id, recordRequest(table)),
  });

export const processQuery = (table: string, id: string) =>
  queryOptions({
    queryKey: ["process", table, id],
    queryFn: () => retrieveProcess(table, id),
    staleTime: 60_000,
  });

/** Own functions of a page; a live change of one of the tables refreshes them. */
export const pageQuery = <T>(name: string, parts: readonly unknown[], read: () => Promise<T>) =>
  queryOptions({ queryKey: ["page", name, ...parts], queryFn: read });

export const tableOf = (client: QueryClient, name: string): Promise<Table> =>
  client.ensureQueryData(tableQuery(name));

/** After a write of ours: everything that shows rows of these tables is read again. */
export async function refreshTables(client: QueryClient, tables: readonly string[]): Promise<void> {
  await Promise.all(
    tables.flatMap((table) => [
      client.invalidateQueries({ queryKey: ["list", table] }),
      client.invalidateQueries({ queryKey: ["record", table] }),
      client.invalidateQueries({ queryKey: ["process", table] }),
    ]),
  );
  await client.invalidateQueries({ queryKey: ["page"] });
}
