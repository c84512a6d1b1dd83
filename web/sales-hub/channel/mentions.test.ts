import { describe, expect, it } from "vitest";
import { mentionAt, piecesOf, toWire } from "./mentions";

const tom = { id: "11111111-1111-1111-1111-111111111111", name: "Tom" };
const barker = { id: "22222222-2222-2222-2222-222222222222", name: "Tom Barker" };

describe("mentions", () => {
  it("are read from a message", () => {
    expect(piecesOf(`Hi @[systemuser,${tom.id},"Tom"]!`)).toEqual([
      { kind: "text", text: "Hi " },
      { kind: "mention", person: tom },
      { kind: "text", text: "!" },
    ]);
    expect(piecesOf("a@b.example")).toEqual([{ kind: "text", text: "a@b.example" }]);
  });

  it("are found while they are typed", () => {
    expect(mentionAt("Hi @To", 6)).toEqual({ from: 3, typed: "To" });
    expect(mentionAt("@", 1)).toEqual({ from: 0, typed: "" });
    expect(mentionAt("mail a@b", 8)).toBeNull();
    expect(mentionAt("Hi @Tom, yes", 12)).toBeNull();
  });

  it("are written for the people who were chosen", () => {
    expect(toWire("@Tom Barker and @Tom ", [tom, barker])).toBe(
      `@[systemuser,${barker.id},"Tom Barker"] and @[systemuser,${tom.id},"Tom"]`,
    );
    expect(toWire("@Tommy", [tom])).toBe("@Tommy");
  });

  it("come back as they were written", () => {
    const wire = toWire("Ask @Tom Barker.", [barker]);
    expect(piecesOf(wire)[1]).toEqual({ kind: "mention", person: barker });
  });
});
