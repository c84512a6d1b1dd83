// Live changes. Browsers allow six connections to a host, so all tabs share one stream: the tab
// that holds the lock reads it and tells the others. When it closes, the lock passes on by itself.
export interface Change {
  table: string;
  id: string;
  etag?: string;
  kind: "create" | "update" | "delete";
}

export type LiveEvent = { change: Change } | { resync: true };

type Listener = (event: LiveEvent) => void;

type Message =
  | { kind: "event"; event: LiveEvent }
  | { kind: "wanted"; tables: string[] }
  | { kind: "whoWants" };

const CHANNEL = "cashline-events";

export class LiveChanges {
  readonly #listeners = new Set<Listener>();
  readonly #ownTables = new Set<string>();
  /** Leader only: what any tab has asked for. It only grows; the next leader starts afresh. */
  readonly #allTables = new Set<string>();
  readonly #channel = new BroadcastChannel(CHANNEL);
  #source: EventSource | null = null;
  #isLeader = false;
  #reconnect: ReturnType<typeof setTimeout> | undefined;
  #release: (() => void) | undefined;

  start(): void {
    this.#channel.onmessage = (message: MessageEvent<Message>) => this.#receive(message.data);
    if (!("locks" in navigator)) {
      this.#lead();
      return;
    }
    // The lock is held until the tab goes away or stop() is called.
    void navigator.locks.request(CHANNEL, () => {
      this.#lead();
      return new Promise<void>((resolve) => {
        this.#release = resolve;
      });
    });
  }

  stop(): void {
    clearTimeout(this.#reconnect);
    this.#source?.close();
    this.#source = null;
    this.#release?.();
    this.#channel.close();
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  want(tables: readonly string[]): void {
    const fresh = tables.filter((table) => !this.#ownTables.has(table));
    if (fresh.length === 0) {
      return;
    }
    for (const table of fresh) {
      this.#ownTables.add(table);
    }
    this.#post({ kind: "wanted", tables: fresh });
    this.#addWanted(fresh);
  }

  #lead(): void {
    this.#isLeader = true;
    // What was wanted while the lock was being asked for has found no leader.
    this.#connectSoon();
    this.#post({ kind: "whoWants" });
  }

  #receive(message: Message): void {
    if (message.kind === "event") {
      this.#tell(message.event);
    } else if (message.kind === "wanted") {
      this.#addWanted(message.tables);
    } else {
      this.#post({ kind: "wanted", tables: [...this.#ownTables] });
    }
  }

  #addWanted(tables: readonly string[]): void {
    const before = this.#allTables.size;
    for (const table of tables) {
      this.#allTables.add(table);
    }
    if (this.#isLeader && this.#allTables.size > before) {
      this.#connectSoon();
    }
  }

  /** Pages ask for their tables one after the other; one new connection serves them together. */
  #connectSoon(): void {
    if (this.#allTables.size > 0) {
      clearTimeout(this.#reconnect);
      this.#reconnect = setTimeout(() => this.#connect(), 150);
    }
  }

  #connect(): void {
    this.#source?.close();
    const tables = [...this.#allTables].sort().join(",");
    const source = new EventSource(`/api/events?tables=${encodeURIComponent(tables)}`);
    this.#source = source;
    // Whatever happened since the page was read, or between two connections, was missed.
    source.onopen = () => this.#publish({ resync: true });
    source.onmessage = (message: MessageEvent<string>) => {
      const change = parseChange(message.data);
      if (change) {
        this.#publish({ change });
      }
    };
    source.addEventListener("resync", () => this.#publish({ resync: true }));
    source.onerror = () => {
      // The browser retries by itself unless the answer was final (signed out, server restarting).
      if (source.readyState === EventSource.CLOSED && this.#source === source) {
        clearTimeout(this.#reconnect);
        this.#reconnect = setTimeout(() => this.#connect(), 5000);
      }
    };
  }

  #publish(event: LiveEvent): void {
    this.#post({ kind: "event", event });
    this.#tell(event);
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#listeners) {
      listener(event);
    }
  }

  #post(message: Message): void {
    this.#channel.postMessage(message);
  }
}

export function parseChange(data: string): Change | null {
  try {
    const parsed = JSON.parse(data) as Partial<Change> | null;
    if (typeof parsed?.table === "string" && typeof parsed.id === "string" && parsed.kind) {
      return parsed as Change;
    }
  } catch {
    // A line we do not understand must not end the stream.
  }
  return null;
}
