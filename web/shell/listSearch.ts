// The state of a list lives in the address, so that it can be shared and survives "back".
import { type ColumnFilter, filtersFrom } from "@/ui/grid/filters";
import type { ListState, Sort } from "@/ui/grid/request";

export interface ListSearch {
  view?: string;
  q?: string;
  /** "name" or "-name". */
  s?: string;
  f?: ColumnFilter[];
}

const text = (given: unknown): string | undefined =>
  typeof given === "string" && given !== ""
    ? given
    : typeof given === "number"
      ? String(given)
      : undefined;

export function listSearchFrom(given: Record<string, unknown>): ListSearch {
  const view = text(given.view);
  const q = text(given.q);
  const s = text(given.s);
  const f = filtersFrom(given.f);
  return { ...(view && { view }), ...(q && { q }), ...(s && { s }), ...(f.length > 0 && { f }) };
}

function sortFrom(s: string | undefined): Sort | null {
  if (!s) {
    return null;
  }
  return s.startsWith("-")
    ? { column: s.slice(1), descending: true }
    : { column: s, descending: false };
}

export const stateFrom = (search: ListSearch): ListState => ({
  words: search.q ?? "",
  sort: sortFrom(search.s),
  filters: search.f ?? [],
});

export function searchFrom(view: string | undefined, state: ListState): ListSearch {
  const { words, sort, filters } = state;
  return {
    ...(view && { view }),
    ...(words && { q: words }),
    ...(sort && { s: sort.descending ? `-${sort.column}` : sort.column }),
    ...(filters && filters.length > 0 && { f: [...filters] }),
  };
}
