// Small things remembered in the browser: where somebody was, and which list a record came from.
function read<T>(storage: () => Storage, key: string, fallback: T): T {
  try {
    const stored = storage().getItem(key);
    return stored ? (JSON.parse(stored) as T) : fallback;
  } catch {
    return fallback;
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage only costs the convenience.
  }
}

const local = () => localStorage;
const session = () => sessionStorage;

export interface Visited {
  table: string;
  id: string;
  name: string;
}

const RECENT = 10;
const NEIGHBOURS = 500;

export const recentRecords = (userId: string): Visited[] =>
  read<Visited[]>(local, `cashline.recent.${userId}`, []);

export function rememberRecord(userId: string, visited: Visited): void {
  const others = recentRecords(userId).filter((each) => each.id !== visited.id);
  write(local, `cashline.recent.${userId}`, [visited, ...others].slice(0, RECENT));
}

/** The ids of the list a person is looking at, for "next" and "previous" on the record. */
export function rememberList(table: string, ids: readonly string[]): void {
  write(session, `cashline.list.${table}`, ids.slice(0, NEIGHBOURS));
}

export function neighboursOf(
  table: string,
  id: string,
): { previous: string | null; next: string | null } {
  const ids = read<string[]>(session, `cashline.list.${table}`, []);
  const index = ids.indexOf(id);
  return index < 0
    ? { previous: null, next: null }
    : { previous: ids[index - 1] ?? null, next: ids[index + 1] ?? null };
}

export const isNavCollapsed = (): boolean => read(local, "cashline.nav", false);

export const rememberNav = (isCollapsed: boolean): void =>
  write(local, "cashline.nav", isCollapsed);

const draftKey = (key: string): string => `cashline.draft.${key}`;

export const storedDraft = <T extends object>(key: string): T =>
  read<T>(local, draftKey(key), {} as T);

export function rememberDraft(key: string, draft: object): void {
  if (Object.keys(draft).length > 0) {
    write(local, draftKey(key), draft);
  } else {
    forgetDraft(key);
  }
}

export function forgetDraft(key: string): void {
  try {
    localStorage.removeItem(draftKey(key));
  } catch {
    // Without storage there is nothing to forget.
  }
}
