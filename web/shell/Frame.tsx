// The frame around every page: top bar, site map, content. It stays while pages change.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import type { Session } from "@/api/session";
import { useGo } from "@/ui/AppLink";
import { CreateDialogProvider, type OpenCreateDialog } from "@/ui/create/context";
import { DialogHostProvider, useDialogs } from "@/ui/dialogs/host";
import { Loading } from "@/ui/feedback/Loading";
import { Toasts } from "@/ui/feedback/Toasts";
import { isNavCollapsed, rememberNav } from "@/ui/memory";
import { SessionProvider } from "@/ui/session";
import { t } from "@/ui/texts";
import { SiteMap } from "./SiteMap";
import { useShortcuts } from "./shortcuts";
import { TopBar } from "./TopBar";

const loadPalette = () => import("./Palette").then((module) => ({ default: module.Palette }));
const Palette = lazy(loadPalette);
const ShortcutSheet = lazy(() =>
  import("./ShortcutSheet").then((module) => ({ default: module.ShortcutSheet })),
);
const CreateDialog = lazy(() =>
  import("@/ui/create/CreateDialog").then((module) => ({ default: module.CreateDialog })),
);

const useStyles = makeStyles({
  root: {
    display: "grid",
    height: "100%",
    gridTemplateRows: "48px minmax(0, 1fr)",
    gridTemplateColumns: "232px minmax(0, 1fr)",
    gridTemplateAreas: '"top top" "nav main"',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
  },
  collapsed: { gridTemplateColumns: "52px minmax(0, 1fr)" },
  skip: {
    position: "absolute",
    left: tokens.spacingHorizontalM,
    top: "-60px",
    zIndex: 100,
    padding: tokens.spacingHorizontalM,
    border: "none",
    font: "inherit",
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
    ":focus": { top: tokens.spacingVerticalS },
  },
  main: {
    gridArea: "main",
    minWidth: 0,
    minHeight: 0,
    overflowY: "auto",
    display: "flex",
    flexDirection: "column",
    outlineStyle: "none",
  },
});

const NARROW = "(max-width: 1000px)";

export function Frame({ session }: { session: Session }) {
  return (
    <SessionProvider value={session}>
      <Toasts>
        <DialogHostProvider>
          <WithCreateDialog>
            <Surface />
          </WithCreateDialog>
        </DialogHostProvider>
      </Toasts>
    </SessionProvider>
  );
}

function WithCreateDialog({ children }: { children: React.ReactNode }) {
  const dialogs = useDialogs();
  const open = useCallback<OpenCreateDialog>(
    (tableName, name, onDone) =>
      dialogs.open((close) => (
        <CreateDialog tableName={tableName} name={name} onDone={onDone} onClose={close} />
      )),
    [dialogs],
  );
  return <CreateDialogProvider value={open}>{children}</CreateDialogProvider>;
}

function Surface() {
  const styles = useStyles();
  const dialogs = useDialogs();
  const go = useGo();
  const main = useRef<HTMLElement>(null);
  const [isCollapsed, setCollapsed] = useState(
    () => isNavCollapsed() || matchMedia(NARROW).matches,
  );
  const path = useRouterState({ select: (state) => state.location.pathname });

  const openPalette = useCallback(
    () => dialogs.open((close) => <Palette onClose={close} />),
    [dialogs],
  );
  const openSheet = useCallback(
    () => dialogs.open((close) => <ShortcutSheet onClose={close} />),
    [dialogs],
  );
  useShortcuts({ openPalette, openSheet, go });

  useEffect(() => {
    // Whoever presses Ctrl+K types on at once; the palette must be there by then.
    const timer = setTimeout(() => void loadPalette(), 300);
    return () => clearTimeout(timer);
  }, []);

  const shownPath = useRef(path);
  useEffect(() => {
    // A new page begins at its top, for the eyes and for the keyboard.
    if (shownPath.current !== path) {
      shownPath.current = path;
      main.current?.focus({ preventScroll: true });
      main.current?.scrollTo({ top: 0 });
    }
  }, [path]);

  const toggle = () => {
    setCollapsed(!isCollapsed);
    rememberNav(!isCollapsed);
  };
  return (
    <div className={mergeClasses(styles.root, isCollapsed && styles.collapsed)}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t.shell.skip}
      </button>
      <TopBar
        isNavCollapsed={isCollapsed}
        onToggleNav={toggle}
        onSearch={openPalette}
        onShortcuts={openSheet}
      />
      <SiteMap isCollapsed={isCollapsed} />
      <main ref={main} id="content" tabIndex={-1} className={styles.main}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
