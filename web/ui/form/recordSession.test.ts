import { describe, expect, it } from "vitest";
import { type TableDefinition, toTable } from "@/api/metadata";
import { type Row, toRow } from "@/api/rows";
import {
  currentValue,
  isDirty,
  newRecord,
  openRecord,
  type RecordEvent,
  reduceRecord,
} from "./recordSession";

const definition: TableDefinition = {
  logicalName: "lead",
  entitySetName: "leads",
  displayName: "Lead",
  pluralName: "Leads",
  primaryId: "leadid",
  primaryName: "subject",
  columns: [
    { name: "subject", label: "Topic", type: "text", required: true },
    { name: "companyname", label: "Company", type: "text" },
    { name: "budgetamount", label: "Budget", type: "money" },
  ],
};
const table = toTable(definition);
const reduce = reduceRecord(table);

const row = (version: number, values: Record<string, unknown>): Row =>
  toRow({ "@odata.etag": `W/"${version}"`, leadid: "1", ...values }, "leadid");

const first = row(1, { subject: "Surfboards", companyname: null, budgetamount: 100 });

function play(...events: RecordEvent[]) {
  return events.reduce(reduce, openRecord(first));
}
const edit = (column: string, value: string | null): RecordEvent => ({
  kind: "edit",
  column,
  value,
});

describe("a record that somebody works on", () => {
  it("follows its participants, who change without its etag", () => {
    const meeting = toTable({
      ...definition,
      columns: [{ name: "requiredattendees", label: "Attendees", type: "party", partyMask: 5 }],
    });
    const again = row(1, { subject: "Answered" });
    const followed = reduceRecord(meeting)(openRecord(first), { kind: "loaded", row: again });
    expect(followed.base).toBe(again);
    expect(play({ kind: "loaded", row: again }).base).toBe(first);
  });

  it("is dirty only where it differs from the row", () => {
    expect(isDirty(play(edit("subject", "Boards")))).toBe(true);
    expect(isDirty(play(edit("subject", "Boards"), edit("subject", "Surfboards")))).toBe(false);
    expect(isDirty(play(edit("budgetamount", "100.00")))).toBe(false);
    expect(isDirty(play(edit("companyname", "")))).toBe(false);
  });

  it("takes over what others change in other fields", () => {
    const state = play(edit("subject", "Boards"), {
      kind: "loaded",
      row: row(2, { subject: "Surfboards", companyname: "Northwind", budgetamount: 100 }),
    });
    expect(state.conflicts).toEqual([]);
    expect(state.draft).toEqual({ subject: "Boards" });
    const company = table.column.get("companyname");
    expect(company && currentValue(state, table, company)).toBe("Northwind");
  });

  it("asks when somebody else changed the same field", () => {
    const theirs = row(2, { subject: "Kites", companyname: null, budgetamount: 100 });
    const state = play(edit("subject", "Boards"), { kind: "loaded", row: theirs });
    expect(state.conflicts).toEqual([{ column: "subject", theirs: "Kites", mine: "Boards" }]);
    expect(reduce(state, { kind: "keepTheirs" }).draft).toEqual({});
    const mine = reduce(state, { kind: "keepMine" });
    expect(mine.draft).toEqual({ subject: "Boards" });
    expect(mine.base?.etag).toBe('W/"2"');
  });

  it("does not ask when both typed the same", () => {
    const same = row(2, { subject: "Boards", companyname: null, budgetamount: 100 });
    const state = play(edit("subject", "Boards"), { kind: "loaded", row: same });
    expect(state.conflicts).toEqual([]);
    expect(isDirty(state)).toBe(false);
  });

  it("keeps what was typed while a write was under way", () => {
    const state = play(
      edit("subject", "Boards"),
      { kind: "sending", columns: ["subject"] },
      edit("subject", "Boards 2027"),
      edit("companyname", "Northwind"),
      {
        kind: "saved",
        at: 5,
        row: row(2, { subject: "Boards", companyname: null, budgetamount: 100 }),
      },
    );
    expect(state.draft).toEqual({ subject: "Boards 2027", companyname: "Northwind" });
    expect(state.base?.etag).toBe('W/"2"');
  });

  it("ignores older readings while it writes", () => {
    const state = play(
      edit("subject", "Boards"),
      { kind: "sending", columns: ["subject"] },
      { kind: "loaded", row: row(9, { subject: "Old", companyname: null, budgetamount: 1 }) },
    );
    expect(state.base).toBe(first);
  });

  it("shows a refusal at its field, or above the form", () => {
    const sending: RecordEvent = { kind: "sending", columns: ["subject"] };
    const atField = play(edit("subject", "x"), sending, {
      kind: "refused",
      message: "No.",
      target: "subject",
    });
    expect(atField.errors).toEqual({ subject: "No." });
    expect(atField.message).toBeNull();
    expect(reduce(atField, edit("subject", "y")).errors).toEqual({});
    const above = play(edit("subject", "x"), sending, {
      kind: "refused",
      message: "No.",
      target: null,
    });
    expect(above.message).toBe("No.");
    expect(above.draft).toEqual({ subject: "x" });
  });

  it("starts with presets when it is new", () => {
    const state = reduce(newRecord({ companyname: "Northwind" }), edit("subject", "Boards"));
    expect(state.draft).toEqual({ companyname: "Northwind", subject: "Boards" });
  });
});
