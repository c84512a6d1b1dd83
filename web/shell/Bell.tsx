import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { AlertRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { retrievePage, type TableKeys } from "@/api/client";
import { type Row, textIn, valueIn } from "@/api/rows";
import { useNotify } from "@/ui/feedback/notify";
import { useLiveTables } from "@/ui/live";
import { t } from "@/ui/texts";

const BellPanel = lazy(() =>
  import("./BellPanel").then((module) => ({ default: module.BellPanel })),
);

export const NOTIFICATIONS: TableKeys = {
  entitySetName: "cl_notifications",
  primaryId: "cl_notificationid",
};
export const NOTIFICATIONS_KEY = ["list", "cl_notification", "bell"];

export interface Notifications {
  rows: Row[];
  unread: number;
}

const useStyles = makeStyles({
  button: { position: "relative" },
  count: {
    position: "absolute",
    top: "1px",
    right: "1px",
    minWidth: "16px",
    height: "16px",
    padding: "0 3px",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorPaletteRedBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    fontSize: tokens.fontSizeBase100,
    lineHeight: "16px",
    pointerEvents: "none",
  },
});

async function retrieveNotifications(): Promise<Notifications> {
  const [latest, unread] = await Promise.all([
    retrievePage(NOTIFICATIONS, { orderBy: ["createdon desc"], top: 20 }),
    retrievePage(NOTIFICATIONS, {
      select: ["cl_notificationid"],
      filter: "cl_isread eq false",
      count: true,
      pageSize: 1,
    }),
  ]);
  return { rows: latest.rows, unread: unread.count ?? unread.rows.length };
}

/** Says what has arrived since the page was opened. */
function useAnnouncedArrivals(notifications: Notifications | undefined): void {
  const notify = useNotify();
  const newest = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (!notifications) {
      return;
    }
    const first = notifications.rows[0];
    const isNew = newest.current !== undefined && first && first.id !== newest.current;
    if (isNew && valueIn(first, "cl_isread") !== true) {
      notify(t.shell.bell.arrived(textIn(first, "cl_name")));
    }
    newest.current = first?.id ?? null;
  }, [notifications, notify]);
}

export function Bell() {
  const styles = useStyles();
  const target = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  useLiveTables(["cl_notification"]);
  const query = useQuery({ queryKey: NOTIFICATIONS_KEY, queryFn: retrieveNotifications });
  useAnnouncedArrivals(query.data);
  const unread = query.data?.unread ?? 0;
  return (
    <>
      <Button
        ref={target}
        appearance="subtle"
        className={styles.button}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={t.shell.bell.button(unread)}
        onClick={() => setOpen(!isOpen)}
        icon={
          <>
            <AlertRegular />
            {unread > 0 && (
              <span className={styles.count} aria-hidden>
                {unread > 99 ? "99+" : unread}
              </span>
            )}
          </>
        }
      />
      {isOpen && (
        <Suspense fallback={null}>
          <BellPanel
            target={target}
            notifications={query.data}
            error={query.error}
            onClose={() => {
              setOpen(false);
              target.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
