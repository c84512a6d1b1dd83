import { describe, expect, it } from "vitest";
import type { SiteMap } from "@/api/metadata";
import { matches, searchedTables, siteMapItems } from "./paletteItems";

const siteMap: SiteMap = {
  areas: [
    {
      id: "sales",
      label: "Sales",
      groups: [
        {
          label: "Customers",
          items: [
            { id: "a", label: "Accounts", table: "account", newLabel: "New account" },
            { id: "b", label: "Bank statements", page: "/office/bank" },
          ],
        },
      ],
    },
  ],
};

describe("the palette", () => {
  it.each([
    ["New lead", "new", true],
    ["New lead", "lead n", true],
    ["New lead", "nwl", true],
    ["New lead", "wl", false],
    ["Café orders", "cafe", true],
    ["Bank statements", "stat", true],
    ["Bank statements", "quote", false],
    ["Anything", "", true],
  ])("%s for “%s”: %s", (label, typed, expected) => {
    expect(matches(label, typed)).toBe(expected);
  });

  it("offers pages and what may be created", () => {
    expect(siteMapItems(siteMap).map((item) => item.path)).toEqual([
      "/t/account",
      "/t/account/new",
      "/office/bank",
    ]);
  });

  it("searches only what is in the site map", () => {
    expect(searchedTables(siteMap)).toEqual(["account"]);
  });
});
