// Search and go: records by their names, pages, what can be created and what this page can do.
import {
  Dialog,
  DialogSurface,
  Input,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
} from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useGo } from "@/ui/AppLink";
import { usePageCommands } from "@/ui/commands/pageCommands";
import { useClosing } from "@/ui/dialogs/useClosing";
import { Busy } from "@/ui/feedback/Busy";
import { useLookupSearch } from "@/ui/fields/useLookupSearch";
import { NamedIcon } from "@/ui/icons";
import { recentRecords } from "@/ui/memory";
import { hrefOf, recordPath } from "@/ui/paths";
import { siteMapQuery } from "@/ui/queries";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import {
  matches,
  type PaletteItem,
  recentItems,
  searchedTables,
  siteMapItems,
} from "./paletteItems";

const useStyles = makeStyles({
  surface: {
    padding: 0,
    maxWidth: "640px",
    width: "calc(100vw - 32px)",
    marginTop: "9vh",
    overflow: "hidden",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  input: { width: "100%", minHeight: "48px", fontSize: tokens.fontSizeBase400 },
  list: {
    maxHeight: "52vh",
    overflowY: "auto",
    padding: tokens.spacingHorizontalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  heading: {
    display: "block",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground3,
  },
  option: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    minHeight: "36px",
    padding: `0 ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    cursor: "pointer",
    "& svg": { fontSize: "18px", flexShrink: 0, color: tokens.colorNeutralForeground2 },
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  label: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  detail: {
    marginLeft: "auto",
    color: tokens.colorNeutralForeground3,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    maxWidth: "50%",
  },
  foot: {
    display: "flex",
    justifyContent: "space-between",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground3,
  },
  none: { padding: tokens.spacingHorizontalM },
});

const SECTIONS: readonly PaletteItem["section"][] = [
  "records",
  "recent",
  "commands",
  "pages",
  "create",
];
const MOST = 8;

function useItems(typed: string): { items: PaletteItem[]; isSearching: boolean } {
  const { userId } = useSession();
  const siteMap = useQuery(siteMapQuery).data;
  const commands = usePageCommands();
  const words = typed.trim();
  const targets = useMemo(
    () => searchedTables(siteMap).map((table) => ({ table, set: "", navigation: "" })),
    [siteMap],
  );
  const search = useLookupSearch(targets, words, { enabled: words.length > 1, anyState: true });

  const fixed = useMemo(() => {
    const pageCommands = commands
      .filter((command) => !command.isDisabled)
      .map<PaletteItem>((command) => ({
        key: `command:${command.name}`,
        section: "commands",
        label: command.label,
        detail: "",
        icon: "",
        picture: command.icon,
        run: command.run,
      }));
    return [...recentItems(recentRecords(userId)), ...pageCommands, ...siteMapItems(siteMap)];
  }, [commands, siteMap, userId]);

  const records = (words.length > 1 ? (search.data ?? []) : []).map<PaletteItem>((hit) => ({
    key: `record:${hit.id}`,
    section: "records",
    label: hit.name,
    detail: [hit.tableLabel, hit.detail].filter(Boolean).join(" · "),
    icon: hit.table,
    path: recordPath(hit.table, hit.id),
  }));
  const found = [...records, ...fixed.filter((item) => matches(item.label, words))];
  const items = SECTIONS.flatMap((section) =>
    found.filter((item) => item.section === section).slice(0, section === "records" ? 12 : MOST),
  );
  return { items, isSearching: search.isFetching };
}

export function Palette({ onClose }: { onClose: () => void }) {
  const styles = useStyles();
  const go = useGo();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const { items, isSearching } = useItems(typed);
  const found = items.findIndex((item) => item.key === chosenKey);
  const index = Math.max(found, 0);
  const chosen = items[index];

  useEffect(() => {
    if (chosen) {
      list.current
        ?.querySelector(`[data-key="${CSS.escape(chosen.key)}"]`)
        ?.scrollIntoView({ block: "nearest" });
    }
  }, [chosen]);

  // The page moves when the palette is gone; two dialogs at once would fight for the focus.
  const chosenItem = useRef<PaletteItem | null>(null);
  const { isOpen, close } = useClosing(() => {
    onClose();
    const item = chosenItem.current;
    if (item?.path) {
      go(item.path);
    } else {
      void item?.run?.();
    }
  });

  const openItem = (item: PaletteItem | undefined, inNewTab = false) => {
    if (!item) {
      return;
    }
    if (item.path && inNewTab) {
      window.open(hrefOf(item.path), "_blank", "noopener");
      return;
    }
    chosenItem.current = item;
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && items.length > 0) {
      event.preventDefault();
      const next = items[(index + step + items.length) % items.length];
      setChosenKey(next?.key ?? null);
    } else if (event.key === "Enter") {
      event.preventDefault();
      openItem(chosen, event.ctrlKey || event.metaKey);
    }
  };
  return (
    <Dialog open={isOpen} onOpenChange={(_, data) => !data.open && close()}>
      <DialogSurface className={styles.surface} aria-label={t.shell.search.title}>
        <Input
          className={styles.input}
          appearance="filled-lighter"
          autoFocus
          contentBefore={<SearchRegular />}
          contentAfter={isSearching ? <Busy label={t.shell.search.searching} /> : undefined}
          aria-label={t.shell.search.label}
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-activedescendant={chosen ? `${listId}-${index}` : undefined}
          aria-autocomplete="list"
          value={typed}
          onChange={(_, data) => {
            setTyped(data.value);
            setChosenKey(null);
          }}
          onKeyDown={onKeyDown}
        />
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label={t.shell.search.label}
          className={styles.list}
        >
          {SECTIONS.map((section) => (
            <Section
              key={section}
              section={section}
              items={items}
              listId={listId}
              chosen={chosen}
              onOpen={openItem}
              onHover={(item) => setChosenKey(item.key)}
            />
          ))}
        </div>
        {items.length === 0 && !isSearching && (
          <Text className={styles.none}>{t.shell.search.none(typed)}</Text>
        )}
        <div className={styles.foot}>
          <Text size={200}>{t.shell.search.hint}</Text>
          <Text size={200} role="status">
            {t.shell.search.results(items.length)}
          </Text>
        </div>
      </DialogSurface>
    </Dialog>
  );
}

interface SectionProps {
  section: PaletteItem["section"];
  items: readonly PaletteItem[];
  listId: string;
  chosen: PaletteItem | undefined;
  onOpen: (item: PaletteItem, inNewTab: boolean) => void;
  onHover: (item: PaletteItem) => void;
}

function Section({ section, items, listId, chosen, onOpen, onHover }: SectionProps) {
  const styles = useStyles();
  const own = items.filter((item) => item.section === section);
  if (own.length === 0) {
    return null;
  }
  const headingId = `${listId}-${section}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox is no fieldset.
    <div role="group" aria-labelledby={headingId}>
      <Text id={headingId} size={200} weight="semibold" className={styles.heading}>
        {t.shell.search[section]}
      </Text>
      {own.map((item) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys.
        <div
          key={item.key}
          id={`${listId}-${items.indexOf(item)}`}
          data-key={item.key}
          role="option"
          tabIndex={-1}
          aria-selected={item.key === chosen?.key}
          className={mergeClasses(styles.option, item.key === chosen?.key && styles.chosen)}
          onMouseMove={() => onHover(item)}
          onClick={(event) => onOpen(item, event.ctrlKey || event.metaKey)}
        >
          {item.picture ?? <NamedIcon name={item.icon} />}
          <span className={styles.label}>{item.label}</span>
          <Text size={200} className={styles.detail}>
            {item.detail}
          </Text>
        </div>
      ))}
    </div>
  );
}
