// A grid with its data: reads pages, writes cells optimistically and takes them back when refused.
import { Button } from "@fluentui/react-components";
import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { type Page, updateRow } from "@/api/client";
import { ApiError, messageOf } from "@/api/error";
import type { Column, Table, View } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { useGo } from "@/ui/AppLink";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { describeValue } from "@/ui/fields/describe";
import { type FieldValue, toPayload } from "@/ui/fields/values";
import { useLiveTables } from "@/ui/live";
import { rowPath } from "@/ui/paths";
import { listQuery } from "@/ui/queries";
import { t } from "@/ui/texts";
import { RecordGrid } from "./RecordGrid";
import { columnsOf, type ListState, listRequest, sortOf } from "./request";

interface LiveGridProps {
  table: Table;
  view: View;
  label: string;
  state: ListState;
  onState: (state: ListState) => void;
  fixedFilter?: string | undefined;
  selection?: ReadonlySet<string>;
  onSelect?: (selection: ReadonlySet<string>) => void;
  /**
   * Told whenever the rows change: the page shows the count and knows the neighbours of a record.
   */
  onRows?: (rows: readonly Row[], total: number | null) => void;
  onOpen?: (row: Row) => void;
  /** After a cell was saved, for whoever shows sums over these rows. */
  onSaved?: () => void | Promise<void>;
  empty?: ReactNode;
  isEmbedded?: boolean;
}

type Pages = InfiniteData<Page, string | null>;

function withCell(
  pages: Pages | undefined,
  id: string,
  change: (row: Row) => Row,
): Pages | undefined {
  return (
    pages && {
      ...pages,
      pages: pages.pages.map((page) => ({
        ...page,
        rows: page.rows.map((row) => (row.id === id ? change(row) : row)),
      })),
    }
  );
}

/** How the row will look when the server agrees. */
function optimistic(row: Row, column: Column, value: FieldValue): Row {
  const isEmptied = value === null || value === "";
  const lookup = typeof value === "object" && value !== null && "id" in value ? value : null;
  const cell = {
    value: lookup
      ? lookup.id
      : Array.isArray(value)
        ? null
        : (value as string | number | boolean | null),
    text: isEmptied ? "" : describeValue(column, value),
    ...(lookup ? { table: lookup.table } : {}),
  };
  return { ...row, cells: { ...row.cells, [column.name]: cell } };
}

const NOTHING: ReadonlySet<string> = new Set();

export function LiveGrid(props: LiveGridProps) {
  const { table, view, state, onState, fixedFilter } = props;
  const client = useQueryClient();
  const go = useGo();
  const [problem, setProblem] = useState<unknown>(null);
  useLiveTables([table.logicalName]);

  const request = useMemo(
    () => listRequest(table, view, state, fixedFilter),
    [table, view, state, fixedFilter],
  );
  const query = listQuery(table, request);
  const list = useInfiniteQuery({ ...query, placeholderData: (previous) => previous });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const total = list.data?.pages[0]?.count ?? null;

  const { onRows, onSaved } = props;
  useEffect(() => onRows?.(rows, total), [rows, total, onRows]);

  const commit = useCallback(
    async (row: Row, column: Column, value: FieldValue) => {
      const key = query.queryKey;
      setProblem(null);
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<Pages>(key, (pages) =>
        withCell(pages, row.id, (each) => optimistic(each, column, value)),
      );
      try {
        const saved = await updateRow(
          table,
          row.id,
          toPayload(table, { [column.name]: value }),
          row.etag,
        );
        client.setQueryData<Pages>(key, (pages) =>
          withCell(pages, row.id, (each) => ({
            ...saved,
            cells: { ...each.cells, ...saved.cells },
          })),
        );
        void client.invalidateQueries({ queryKey: ["record", table.logicalName, row.id] });
        void onSaved?.();
      } catch (thrown) {
        client.setQueryData<Pages>(key, (pages) => withCell(pages, row.id, () => row));
        setProblem(new ApiError(t.grid.notSaved(column.label, messageOf(thrown))));
        // Somebody else's version is what should be seen now.
        void client.invalidateQueries({ queryKey: key });
      }
    },
    [client, query.queryKey, table, onSaved],
  );

  const more = useCallback(() => {
    if (!list.isFetchingNextPage && !list.isFetchNextPageError) {
      void list.fetchNextPage();
    }
  }, [list.isFetchingNextPage, list.isFetchNextPageError, list.fetchNextPage]);

  const columns = useMemo(() => columnsOf(table, view), [table, view]);
  const failure = problem ?? list.error;
  return (
    <>
      {failure !== null && (
        <ErrorNote
          error={failure}
          onRetry={() => {
            setProblem(null);
            void list.refetch();
          }}
        />
      )}
      <RecordGrid
        table={table}
        label={props.label}
        columns={columns}
        rows={rows}
        total={total}
        isLoading={list.isPending || list.isFetchingNextPage}
        hasMore={list.hasNextPage}
        onMore={more}
        sort={state.sort ?? sortOf(view)}
        onSort={(sort) => onState({ ...state, sort })}
        filters={state.filters ?? []}
        onFilter={(filters) => onState({ ...state, filters })}
        selection={props.selection ?? NOTHING}
        onSelect={props.onSelect ?? (() => undefined)}
        onOpen={props.onOpen ?? ((row) => go(rowPath(table.logicalName, row)))}
        onCommit={commit}
        isEmbedded={props.isEmbedded ?? false}
        empty={<NoRows {...props} />}
      />
    </>
  );
}

function NoRows({ table, state, onState, empty }: LiveGridProps) {
  const filters = (state.filters?.length ?? 0) + (state.words?.trim() ? 1 : 0);
  if (filters > 0) {
    return (
      <EmptyState title={t.grid.filterHides(filters)}>
        <Button onClick={() => onState({ ...state, filters: [], words: "" })}>
          {t.grid.clearFilters}
        </Button>
      </EmptyState>
    );
  }
  return <>{empty ?? <EmptyState title={t.form.subgrid.none(table.pluralName)} />}</>;
}
