import { describe, expect, it } from "vitest";
import { type TableDefinition, toTable } from "@/api/metadata";
import { type ColumnFilter, filtersFrom, filterToOData } from "./filters";
import { listRequest, sortOf, viewOf } from "./request";

const definition: TableDefinition = {
  logicalName: "opportunity",
  entitySetName: "opportunities",
  displayName: "Opportunity",
  pluralName: "Opportunities",
  primaryId: "opportunityid",
  primaryName: "name",
  quickFind: ["name", "_customerid_value", "description"],
  columns: [
    { name: "name", label: "Topic", type: "text" },
    { name: "description", label: "Description", type: "memo" },
    { name: "estimatedvalue", label: "Est. revenue", type: "money" },
    { name: "estimatedclosedate", label: "Est. close date", type: "date" },
    { name: "statecode", label: "State", type: "state" },
    { name: "ownerid", label: "Owner", type: "owner" },
    { name: "isprivate", label: "Private", type: "yesno" },
    { name: "parentaccountid", label: "Account", type: "lookup" },
  ],
  views: [
    { id: "a", name: "All", columns: [{ name: "name" }, { name: "secret" }] },
    {
      id: "m",
      name: "Mine",
      isDefault: true,
      columns: [{ name: "name" }, { name: "parentaccountid" }],
      filter: "statecode eq 0 or statecode eq 1",
      orderby: "estimatedclosedate desc",
    },
  ],
};
const table = toTable(definition);

function odata(filter: ColumnFilter): string | null {
  const column = table.column.get(filter.c);
  return column ? filterToOData(column, filter) : null;
}

describe("the request of a list", () => {
  it("joins the view, the search, the filters and a fixed condition", () => {
    const request = listRequest(
      table,
      viewOf(table),
      {
        words: "O'Neill",
        filters: [{ c: "estimatedvalue", o: "ge", v: "10000" }],
        sort: { column: "parentaccountid", descending: true },
      },
      "_parentaccountid_value eq 11111111-1111-1111-1111-111111111111",
    );
    expect(request.filter).toBe(
      "_parentaccountid_value eq 11111111-1111-1111-1111-111111111111 and " +
        "(statecode eq 0 or statecode eq 1) and " +
        "(contains(name,'O''Neill') or contains(description,'O''Neill')) and estimatedvalue ge 10000",
    );
    expect(request.orderBy).toEqual(["_parentaccountid_value desc"]);
    expect(request.select).toEqual([
      "opportunityid",
      "name",
      "_parentaccountid_value",
      "statecode",
    ]);
  });

  it("leaves out columns the caller may not read", () => {
    expect(listRequest(table, viewOf(table, "a"), {}).select).not.toContain("secret");
  });

  it("takes the default view when the address names none that exists", () => {
    expect(viewOf(table, "gone").id).toBe("m");
    expect(sortOf(viewOf(table))).toEqual({ column: "estimatedclosedate", descending: true });
  });
});

describe("conditions of a column", () => {
  it.each<[ColumnFilter, string | null]>([
    [{ c: "name", o: "contains", v: "surf" }, "contains(name,'surf')"],
    [{ c: "name", o: "contains", v: "" }, null],
    [{ c: "name", o: "empty" }, "name eq null"],
    [{ c: "statecode", o: "in", v: [1, 2] }, "statecode eq 1 or statecode eq 2"],
    [{ c: "statecode", o: "in", v: [] }, null],
    [{ c: "estimatedvalue", o: "le", v: "1 or 1 eq 1" }, null],
    [{ c: "isprivate", o: "eq", v: "1" }, "isprivate eq true"],
    [{ c: "parentaccountid", o: "eq", v: "x' or '1" }, null],
    [{ c: "ownerid", o: "me" }, "Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')"],
    [
      { c: "estimatedclosedate", o: "after", v: "2026-05-01" },
      "Microsoft.Dynamics.CRM.OnOrAfter(PropertyName='estimatedclosedate',PropertyValue='2026-05-01')",
    ],
    [
      { c: "estimatedclosedate", o: "last30" },
      "Microsoft.Dynamics.CRM.LastXDays(PropertyName='estimatedclosedate',PropertyValue=30)",
    ],
  ])("%o is %s", (filter, expected) => {
    expect(odata(filter)).toBe(expected);
  });

  it("drops what is no filter from an address", () => {
    expect(filtersFrom([{ c: "name", o: "empty" }, { c: 1 }, null, "x"])).toEqual([
      { c: "name", o: "empty" },
    ]);
    expect(filtersFrom("x")).toEqual([]);
  });
});
