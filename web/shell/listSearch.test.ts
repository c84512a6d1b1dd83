import { describe, expect, it } from "vitest";
import { listSearchFrom, searchFrom, stateFrom } from "./listSearch";

describe("the state of a list in its address", () => {
  it("comes back as it was", () => {
    const state = {
      words: "surf",
      sort: { column: "estimatedvalue", descending: true },
      filters: [{ c: "name", o: "contains" as const, v: "board" }],
    };
    const search = searchFrom("m", state);
    expect(search).toEqual({ view: "m", q: "surf", s: "-estimatedvalue", f: state.filters });
    expect(stateFrom(listSearchFrom({ ...search }))).toEqual(state);
  });

  it("is short when nothing was changed", () => {
    expect(searchFrom(undefined, { words: "", sort: null, filters: [] })).toEqual({});
  });

  it("reads a number that was searched for as a text, and drops nonsense", () => {
    expect(listSearchFrom({ q: 42, view: {}, f: "x", s: "" })).toEqual({ q: "42" });
  });
});
