import { describe, expect, it } from "vitest";
import { moved } from "./useGridNavigation";

const size = { rows: 100, columns: 5, page: 20 };
const at = (row: number, column: number) => ({ row, column });

describe("keys in a grid", () => {
  it.each([
    ["ArrowDown", false, at(0, 1), at(1, 1)],
    ["ArrowUp", false, at(0, 1), at(-1, 1)],
    ["ArrowUp", false, at(-1, 1), at(-1, 1)],
    ["ArrowRight", false, at(3, 4), at(3, 4)],
    ["ArrowLeft", false, at(3, 0), at(3, 0)],
    ["PageDown", false, at(90, 2), at(99, 2)],
    ["PageUp", false, at(5, 2), at(0, 2)],
    ["Home", false, at(7, 3), at(7, 0)],
    ["End", false, at(7, 0), at(7, 4)],
    ["Home", true, at(7, 3), at(0, 0)],
    ["End", true, at(7, 3), at(99, 4)],
  ])("%s (Ctrl: %s) from %o leads to %o", (key, control, from, to) => {
    expect(moved(key, control, from, size)).toEqual(to);
  });

  it("stays in the head when there are no rows", () => {
    expect(moved("ArrowDown", false, at(-1, 1), { ...size, rows: 0 })).toEqual(at(-1, 1));
    expect(moved("End", true, at(-1, 1), { ...size, rows: 0 })).toEqual(at(-1, 4));
  });

  it("leaves other keys alone", () => {
    expect(moved("a", false, at(0, 0), size)).toBeNull();
  });
});
