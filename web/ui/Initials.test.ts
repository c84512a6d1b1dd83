import { describe, expect, it } from "vitest";
import { initialsOf } from "./Initials";

describe("initials", () => {
  it.each([
    ["Mona Yates", "MY"],
    ["Jürgen van der Krause", "JK"],
    ["Madonna", "M"],
    ["Ömer 2", "Ö"],
    ["", ""],
  ])("%s: %s", (name, expected) => expect(initialsOf(name)).toBe(expected));
});
