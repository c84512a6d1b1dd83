// What the palette offers besides records, and how words are matched.
import type { ReactElement } from "react";
import type { SiteMap } from "@/api/metadata";
import type { Visited } from "@/ui/memory";
import { newPath, recordPath } from "@/ui/paths";
import { pathOf } from "./SiteMap";

export interface PaletteItem {
  key: string;
  section: "recent" | "pages" | "commands" | "create" | "records";
  label: string;
  detail: string;
  icon: string;
  /** Of a command of the page: the picture it has there. */
  picture?: ReactElement;
  path?: string;
  run?: () => void | Promise<void>;
}

const folded = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Every typed word begins a word of the label, or its letters follow each other inside ("nwl" →
 * "new lead").
 */
export function matches(label: string, typed: string): boolean {
  const text = folded(label);
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return words.every(
    (word) => text.split(/[\s/&-]+/).some((each) => each.startsWith(word)) || inOrder(text, word),
  );
}

function inOrder(text: string, word: string): boolean {
  if (word.length < 3) {
    return false;
  }
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) {
      return false;
    }
  }
  return true;
}

export function siteMapItems(siteMap: SiteMap | undefined): PaletteItem[] {
  const entries = siteMap?.areas.flatMap((area) =>
    area.groups.flatMap((group) =>
      group.items.map((item) => ({ item, place: group.label || area.label })),
    ),
  );
  return (entries ?? []).flatMap(({ item, place }) => {
    const icon = item.icon ?? item.table ?? "";
    const page: PaletteItem = {
      key: `page:${item.id}`,
      section: "pages",
      label: item.label,
      detail: place,
      icon,
      path: pathOf(item),
    };
    const create: PaletteItem[] =
      item.newLabel && item.table && item.table !== "activitypointer"
        ? [
            {
              key: `create:${item.id}`,
              section: "create",
              label: item.newLabel,
              detail: "",
              icon: "add",
              path: newPath(item.table),
            },
          ]
        : [];
    return [page, ...create];
  });
}

export const recentItems = (recent: readonly Visited[]): PaletteItem[] =>
  recent.slice(0, 5).map((visited) => ({
    key: `recent:${visited.id}`,
    section: "recent",
    label: visited.name,
    detail: "",
    icon: visited.table,
    path: recordPath(visited.table, visited.id),
  }));

const SEARCHED = [
  "account",
  "contact",
  "lead",
  "opportunity",
  "quote",
  "salesorder",
  "invoice",
  "product",
];

/** Only tables the caller has in the site map: what one may not see is not searched either. */
export function searchedTables(siteMap: SiteMap | undefined): string[] {
  const tables = siteMap?.areas.flatMap((area) =>
    area.groups.flatMap((group) => group.items.map((item) => item.table)),
  );
  return SEARCHED.filter((table) => tables?.includes(table));
}
