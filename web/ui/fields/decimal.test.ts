import { describe, expect, it } from "vitest";
import { decimalToWire, formatDecimal, parseDecimal } from "./decimal";

describe("typed numbers", () => {
  it.each([
    ["48000", "en-IE", "48000"],
    ["48,000", "en-IE", "48000"],
    ["48,000.5", "en-IE", "48000.5"],
    ["1,5", "en-IE", "1.5"],
    ["€ 1,234.50", "en-IE", "1234.50"],
    ["1.234,50", "de-DE", "1234.50"],
    ["1.234", "de-DE", "1234"],
    ["0,25", "de-DE", "0.25"],
    ["1 234,5", "fr-FR", "1234.5"],
    ["-12.5", "en-IE", "-12.5"],
    [".5", "en-IE", "0.5"],
    ["007", "en-IE", "7"],
  ])("%s in %s is %s", (typed, locale, expected) => {
    expect(parseDecimal(typed, locale)).toBe(expected);
  });

  it.each(["", "-", "abc", "1.2.3.4", "1e5", "--4"])("%s is no number", (typed) => {
    expect(parseDecimal(typed, "en-IE")).toBeNull();
  });
});

describe("shown numbers", () => {
  it("groups and fills up the fraction", () => {
    expect(formatDecimal("1234567.5", { locale: "en-IE", fraction: 2 })).toBe("1,234,567.50");
    expect(formatDecimal("1234567.5", { locale: "de-DE", fraction: 2 })).toBe("1.234.567,50");
  });

  it("never cuts digits off", () => {
    expect(formatDecimal("0.12345", { locale: "en-IE", fraction: 2 })).toBe("0.12345");
    expect(formatDecimal("922337203685477.5807", { locale: "en-IE", fraction: 2 })).toBe(
      "922,337,203,685,477.5807",
    );
  });
});

describe("numbers on the wire", () => {
  it("are texts where a floating number would not be exact", () => {
    expect(decimalToWire("12.5")).toBe(12.5);
    expect(decimalToWire("922337203685477.5807")).toBe("922337203685477.5807");
  });
});
