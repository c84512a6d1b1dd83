import { describe, expect, it } from "vitest";
import { pickedLines } from "./PickDialog";

describe("what was picked", () => {
  it("leaves out lines that were not touched", () => {
    expect(pickedLines({ a: "10", b: "", c: "0" }, "en-IE")).toEqual([
      { LineId: "a", Quantity: "10" },
    ]);
  });

  it("reads quantities as the user writes them", () => {
    expect(pickedLines({ a: "1.234,5" }, "de-DE")).toEqual([{ LineId: "a", Quantity: "1234.5" }]);
  });

  it("refuses what is no quantity", () => {
    expect(pickedLines({ a: "ten" }, "en-IE")).toBeNull();
    expect(pickedLines({ a: "-1" }, "en-IE")).toBeNull();
  });
});
