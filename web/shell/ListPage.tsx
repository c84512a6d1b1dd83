import { Button, makeStyles, SearchBox, Text, tokens } from "@fluentui/react-components";
import {
  AddRegular,
  ArrowClockwiseRegular,
  ChevronDownRegular,
  DeleteRegular,
  PersonArrowRightRegular,
} from "@fluentui/react-icons";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { useGo } from "@/ui/AppLink";
import { CommandBar, type CommandButton } from "@/ui/commands/CommandBar";
import { usePublishCommands } from "@/ui/commands/pageCommands";
import { useDialogs } from "@/ui/dialogs/host";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { LiveGrid } from "@/ui/grid/LiveGrid";
import { type ListState, viewOf } from "@/ui/grid/request";
import { NamedIcon } from "@/ui/icons";
import { rememberList } from "@/ui/memory";
import { LazyMenu } from "@/ui/menu/LazyMenu";
import { PageHead } from "@/ui/PageHead";
import { newPath } from "@/ui/paths";
import { tableQuery } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";
import { AssignDialog, DeleteRowsDialog } from "./later";
import { type ListSearch, searchFrom, stateFrom } from "./listSearch";
import { isTyping } from "./shortcuts";

const FilterChips = lazy(() =>
  import("./FilterChips").then((module) => ({ default: module.FilterChips })),
);

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", height: "100%", minHeight: 0 },
  tools: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
    flexWrap: "wrap",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL}`,
  },
  left: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalM, flexWrap: "wrap" },
  grid: {
    flexGrow: 1,
    minHeight: "200px",
    display: "flex",
    flexDirection: "column",
    margin: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalL}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground1,
  },
  count: { color: tokens.colorNeutralForeground3 },
  view: { fontWeight: tokens.fontWeightSemibold, paddingLeft: 0 },
  find: { width: "240px" },
});

export function ListPage({ name, search }: { name: string; search: ListSearch }) {
  const { data: table } = useSuspenseQuery(tableQuery(name));
  // Another table is another page: nothing of the old one's selection or search may stay.
  return <TableList key={name} table={table} search={search} />;
}

const ACTIVITIES = ["task", "phonecall", "appointment", "email"] as const;

/** What can be made here. "All activities" is no kind of its own; each kind has its form. */
function newCommands(table: Table, go: (path: string) => void): CommandButton[] {
  if (table.privileges?.create === false) {
    return [];
  }
  if (table.logicalName === "activitypointer") {
    return ACTIVITIES.map((kind) => ({
      name: `new-${kind}`,
      label: t.grid.newActivity[kind],
      icon: <NamedIcon name={kind} />,
      run: () => go(newPath(kind)),
    }));
  }
  return [
    {
      name: "new",
      label: t.shell.new,
      icon: <AddRegular />,
      isPrimary: true,
      run: () => go(newPath(table.logicalName)),
    },
  ];
}

/** A list over several tables has no row of its own to be made. */
const canCreate = (table: Table): boolean =>
  table.privileges?.create !== false && table.logicalName !== "activitypointer";

const NOTHING: ReadonlySet<string> = new Set();

function TableList({ table, search }: { table: Table; search: ListSearch }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const client = useQueryClient();
  const go = useGo();
  const dialogs = useDialogs();
  const view = viewOf(table, search.view);
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const [selection, setSelection] = useState<ReadonlySet<string>>(NOTHING);
  const [problem, setProblem] = useState<unknown>(null);
  const [words, setWords] = useState(search.q ?? "");
  const searched = useDeferredValue(words);

  const change = useCallback(
    (next: ListState, viewId = search.view) => {
      setSelection(NOTHING);
      void navigate({
        to: ".",
        search: searchFrom(viewId, next) as never,
        replace: viewId === search.view,
      });
    },
    [navigate, search.view],
  );
  const state = useMemo(() => stateFrom(search), [search]);

  // What is typed goes into the address a moment later, or each letter would be a step of "back".
  useEffect(() => {
    if (searched === (search.q ?? "")) {
      return;
    }
    const timer = setTimeout(() => change({ ...stateFrom(search), words: searched }), 250);
    return () => clearTimeout(timer);
  }, [searched, search, change]);

  const onState = useCallback(
    (next: ListState) => {
      setWords(next.words ?? "");
      change(next);
    },
    [change],
  );
  const onRows = useCallback(
    (loaded: readonly Row[], count: number | null) => {
      setRows(loaded);
      setTotal(count);
      rememberList(
        table.logicalName,
        loaded.map((row) => row.id),
      );
    },
    [table.logicalName],
  );

  const commands = useMemo<CommandButton[]>(() => {
    const chosen = rows.filter((row) => selection.has(row.id));
    const done = () => setSelection(NOTHING);
    const onSelection: CommandButton[] = [
      {
        name: "assign",
        label: t.grid.assign,
        icon: <PersonArrowRightRegular />,
        run: () =>
          dialogs.open((close) => (
            <AssignDialog table={table} rows={chosen} onDone={done} onClose={close} />
          )),
      },
      {
        name: "delete",
        label: t.grid.remove,
        icon: <DeleteRegular />,
        run: () =>
          dialogs.open((close) => (
            <DeleteRowsDialog table={table} rows={chosen} onDone={done} onClose={close} />
          )),
      },
    ];
    const { assign, delete: remove } = table.privileges ?? {};
    const allowed = onSelection.filter((command) =>
      command.name === "assign"
        ? assign !== false && table.column.has("ownerid")
        : remove !== false,
    );
    const always: CommandButton[] = [
      ...newCommands(table, go),
      {
        name: "refresh",
        label: t.shell.refresh,
        icon: <ArrowClockwiseRegular />,
        run: () => client.invalidateQueries({ queryKey: ["list", table.logicalName] }),
      },
    ];
    return chosen.length > 0 ? [...allowed, ...always] : always;
  }, [rows, selection, dialogs, table, go, client]);
  usePublishCommands(commands);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
      const isFree = !isTyping(event.target) && !document.querySelector('[role="dialog"]');
      if (event.key === "c" && isPlain && isFree && canCreate(table)) {
        event.preventDefault();
        go(newPath(table.logicalName));
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [go, table]);

  const hasMore = total !== null && rows.length < total;
  return (
    <div className={styles.page}>
      <PageHead title={table.pluralName}>
        <CommandBar label={table.pluralName} commands={commands} onError={setProblem} />
      </PageHead>
      <div className={styles.tools}>
        <div className={styles.left}>
          <ViewMenu
            table={table}
            current={view.id}
            onChoose={(id) => {
              setWords("");
              change({}, id);
            }}
          />
          <Text size={200} className={styles.count} role="status">
            {t.grid.count(rows.length, total, hasMore)}
          </Text>
          {selection.size > 0 && (
            <>
              <Tint tone="brand">{t.grid.selected(selection.size)}</Tint>
              <Button size="small" appearance="subtle" onClick={() => setSelection(NOTHING)}>
                {t.grid.clearSelection}
              </Button>
            </>
          )}
        </div>
        <SearchBox
          className={styles.find}
          aria-label={t.grid.quickFind}
          placeholder={t.grid.quickFind}
          value={words}
          dismiss={{ "aria-label": t.grid.clearFind }}
          onChange={(_, data) => setWords(data.value)}
        />
      </div>
      {state.filters && state.filters.length > 0 && (
        <Suspense fallback={null}>
          <FilterChips table={table} state={state} onState={onState} />
        </Suspense>
      )}
      {problem !== null && <ErrorNote error={problem} />}
      <div className={styles.grid}>
        <LiveGrid
          key={view.id}
          table={table}
          view={view}
          label={`${table.pluralName}: ${view.name}`}
          state={state}
          onState={onState}
          selection={selection}
          onSelect={setSelection}
          onRows={onRows}
          empty={<EmptyList table={table} />}
        />
      </div>
    </div>
  );
}

function EmptyList({ table }: { table: Table }) {
  const go = useGo();
  const { empty } = t.grid;
  const text = (empty as Record<string, unknown>)[table.logicalName];
  return (
    <EmptyState
      title={t.grid.emptyTitle(table.pluralName)}
      text={typeof text === "string" ? text : empty.other(table.pluralName)}
    >
      {canCreate(table) && (
        <Button
          appearance="primary"
          icon={<AddRegular />}
          onClick={() => go(newPath(table.logicalName))}
        >
          {t.grid.create(table.displayName)} (C)
        </Button>
      )}
    </EmptyState>
  );
}

interface ViewMenuProps {
  table: Table;
  current: string;
  onChoose: (id: string) => void;
}

function ViewMenu({ table, current, onChoose }: ViewMenuProps) {
  const styles = useStyles();
  const name = viewOf(table, current).name;
  return (
    <LazyMenu
      className={styles.view}
      appearance="transparent"
      icon={<ChevronDownRegular />}
      iconPosition="after"
      aria-label={t.grid.changeView(name)}
      content={{
        choice: {
          name: "view",
          value: current,
          options: table.views.map((view) => ({ value: view.id, label: view.name })),
          onChoose,
        },
      }}
    >
      {name}
    </LazyMenu>
  );
}
