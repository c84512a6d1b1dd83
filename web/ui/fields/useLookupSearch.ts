import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { retrieveRows } from "@/api/client";
import type { Target } from "@/api/metadata";
import { allOf, quickFind, quickFindColumns, selectOf } from "@/api/odata";
import { textIn } from "@/api/rows";
import { tableOf } from "@/ui/queries";
import type { LookupValue } from "./values";

export interface LookupHit extends LookupValue {
  tableLabel: string;
  /** A second line that tells namesakes apart. */
  detail: string;
}

const HITS = 8;
const NEVER_SHOWN = ["statecode", "statuscode", "ownerid", "createdon", "modifiedon"];

/**
 * Rows of the target tables whose searched columns contain the words; newest first without words.
 */
export function useLookupSearch(
  targets: readonly Target[],
  words: string,
  options: { enabled: boolean; filter?: string; anyState?: boolean },
) {
  const client = useQueryClient();
  const text = useDeferredValue(words.trim());
  return useQuery({
    queryKey: [
      "lookup",
      targets.map((target) => target.table).join(),
      text,
      options.filter ?? "",
      options.anyState ?? false,
    ],
    enabled: options.enabled && targets.length > 0,
    staleTime: 10_000,
    queryFn: async () => {
      const found = await Promise.all(
        targets.map((target) => searchTarget(client, target, text, options)),
      );
      return found.flat();
    },
  });
}

async function searchTarget(
  client: Parameters<typeof tableOf>[0],
  target: Target,
  text: string,
  options: { filter?: string; anyState?: boolean },
): Promise<LookupHit[]> {
  const table = await tableOf(client, target.table);
  const searched = [table.primaryName, ...quickFindColumns(table)];
  const detailColumns = searched.filter(
    (name) => name !== table.primaryName && table.column.has(name) && !NEVER_SHOWN.includes(name),
  );
  const hasState = table.column.has("statecode") && !table.isActivity;
  const openOnly = hasState && !options.anyState ? "statecode eq 0" : null;
  const rows = await retrieveRows(table, {
    select: selectOf(table, [table.primaryName, ...detailColumns.slice(0, 2)]),
    top: HITS,
    ...optional("filter", allOf([options.filter ?? openOnly, quickFind(table, searched, text)])),
    orderBy: [table.primaryName],
  });
  return rows.map((row) => ({
    table: table.logicalName,
    id: row.id,
    name: textIn(row, table.primaryName),
    tableLabel: table.displayName,
    detail: detailColumns
      .slice(0, 2)
      .map((name) => textIn(row, name))
      .filter(Boolean)
      .join(" · "),
  }));
}

const optional = <K extends string>(key: K, value: string | undefined) =>
  (value ? { [key]: value } : {}) as Partial<Record<K, string>>;
