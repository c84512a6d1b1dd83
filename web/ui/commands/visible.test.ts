import { describe, expect, it } from "vitest";
import { type TableDefinition, toTable } from "@/api/metadata";
import { toRow } from "@/api/rows";
import { filled, registerCommands, visibleCommands } from "./visible";

const definition: TableDefinition = {
  logicalName: "quote",
  entitySetName: "quotes",
  displayName: "Quote",
  pluralName: "Quotes",
  primaryId: "quoteid",
  primaryName: "name",
  columns: [{ name: "statecode", label: "State", type: "state" }],
};
const row = toRow({ quoteid: "7", statecode: 1, _opportunityid_value: null }, "quoteid");

registerCommands("quote", [
  { name: "activate", label: "Activate", showWhen: { statecode: [0] } },
  { name: "close", label: "Close", showWhen: { statecode: [1, 2] } },
  { name: "free", label: "Free", showWhen: { opportunityid: [null] } },
  { name: "tied", label: "Tied", showWhen: { opportunityid: [] } },
]);

describe("commands of a record", () => {
  it("depend on its values", () => {
    const names = visibleCommands(toTable(definition), row).map((command) => command.name);
    expect(names).toEqual(["close", "free"]);
  });

  it("are those of the metadata where it has any", () => {
    const table = toTable({ ...definition, commands: [{ name: "own", label: "Own" }] });
    expect(visibleCommands(table, row).map((command) => command.name)).toEqual(["own"]);
  });

  it("fill the record into addresses", () => {
    expect(filled("/documents/quotes/{id}.pdf?o={opportunityid}", row)).toBe(
      "/documents/quotes/7.pdf?o=",
    );
    const join = (url: string) =>
      filled("{joinurl}", toRow({ quoteid: "7", joinurl: url }, "quoteid"));
    expect(join("https://meet.example/a?b=1")).toBe("https://meet.example/a?b=1");
    expect(join("javascript:alert(1)")).toBe("");
  });
});
