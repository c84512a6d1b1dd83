import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveChanges, type LiveEvent, parseChange } from "./events";

class FakeSource {
  static opened: FakeSource[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    FakeSource.opened.push(this);
  }
  addEventListener(): void {}
  close(): void {}
}

let grant: () => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.opened = [];
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("navigator", {
    locks: {
      request: (_: string, holder: () => Promise<void>) => {
        grant = () => void holder();
        return Promise.resolve();
      },
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("connects for tables that were wanted before the tab became the leader", () => {
  const changes = new LiveChanges();
  const heard: LiveEvent[] = [];
  changes.listen((event) => heard.push(event));
  changes.start();
  changes.want(["lead", "cl_notification"]);
  vi.runAllTimers();
  expect(FakeSource.opened).toHaveLength(0);

  grant();
  vi.runAllTimers();
  expect(FakeSource.opened.map((source) => source.url)).toEqual([
    "/api/events?tables=cl_notification%2Clead",
  ]);
  FakeSource.opened[0]?.onopen?.();
  FakeSource.opened[0]?.onmessage?.({ data: '{"table":"lead","id":"1","kind":"create"}' });
  expect(heard).toEqual([{ resync: true }, { change: { table: "lead", id: "1", kind: "create" } }]);
  changes.stop();
});

it("passes over lines it does not understand", () => {
  expect(parseChange("no json")).toBeNull();
  expect(parseChange('{"table":"lead"}')).toBeNull();
});
