// Connects the event stream with the cache: a change somewhere else refreshes what is on the
// screen.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { LiveChanges, type LiveEvent } from "@/api/events";
import type { Row } from "@/api/rows";

const LIST_PAUSE_MS = 250;

export class LiveCache {
  readonly #client: QueryClient;
  readonly #changes = new LiveChanges();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(client: QueryClient) {
    this.#client = client;
  }

  start(): void {
    this.#changes.listen((event) => this.apply(event));
    this.#changes.start();
  }

  want(tables: readonly string[]): void {
    this.#changes.want(tables);
  }

  apply(event: LiveEvent): void {
    if ("resync" in event) {
      for (const kind of ["list", "record", "process", "page", "card"]) {
        void this.#client.invalidateQueries({ queryKey: [kind] });
      }
      return;
    }
    const { table, id, etag } = event.change;
    const known = this.#client.getQueryData<Row>(["record", table, id]);
    // The echo of our own write carries the etag that the write already returned.
    if (!known || !etag || known.etag !== etag) {
      void this.#client.invalidateQueries({ queryKey: ["record", table, id] });
      void this.#client.invalidateQueries({ queryKey: ["process", table, id] });
    }
    void this.#client.invalidateQueries({ queryKey: ["card", table, id] });
    this.#refreshListsSoon(table);
  }

  /** An import changes thousands of rows: lists follow at most four times a second. */
  #refreshListsSoon(table: string): void {
    if (this.#waiting.has(table)) {
      return;
    }
    const timer = setTimeout(() => {
      this.#waiting.delete(table);
      void this.#client.invalidateQueries({ queryKey: ["list", table] });
      void this.#client.invalidateQueries({ queryKey: ["page"] });
    }, LIST_PAUSE_MS);
    this.#waiting.set(table, timer);
  }
}

let live: LiveCache | null = null;

export function startLive(client: QueryClient): void {
  if (!live && "EventSource" in globalThis && "BroadcastChannel" in globalThis) {
    live = new LiveCache(client);
    live.start();
  }
}

/** Keeps what a page shows of these tables up to date while it is open. */
export function useLiveTables(tables: readonly string[]): void {
  const client = useQueryClient();
  const key = tables.join(",");
  useEffect(() => {
    startLive(client);
    live?.want(key.split(","));
  }, [client, key]);
}
