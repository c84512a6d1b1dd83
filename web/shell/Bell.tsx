import {
  Button,
  CounterBadge,
  makeStyles,
  mergeClasses,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Subtitle2,
  Text,
  tokens,
} from "@fluentui/react-components";
import { AlertRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { retrievePage, type TableKeys, updateRow } from "@/api/client";
import { type Row, textIn, valueIn } from "@/api/rows";
import { useGo } from "@/ui/AppLink";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { useNotify } from "@/ui/feedback/notify";
import { formatRelative } from "@/ui/format";
import { useLiveTables } from "@/ui/live";
import { recordPath } from "@/ui/paths";
import { t } from "@/ui/texts";

const NOTIFICATIONS: TableKeys = {
  entitySetName: "cl_notifications",
  primaryId: "cl_notificationid",
};
const KEY = ["list", "cl_notification", "bell"];

const useStyles = makeStyles({
  button: { position: "relative" },
  badge: { position: "absolute", top: "0px", right: "0px", pointerEvents: "none" },
  surface: { width: "360px", maxHeight: "70vh", overflowY: "auto" },
  head: { display: "flex", justifyContent: "space-between", alignItems: "center" },
  list: { listStyle: "none", margin: `${tokens.spacingVerticalS} 0 0`, padding: 0 },
  item: {
    width: "100%",
    justifyContent: "flex-start",
    textAlign: "left",
    height: "auto",
    padding: tokens.spacingHorizontalS,
    fontWeight: tokens.fontWeightRegular,
  },
  text: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
  unread: { fontWeight: tokens.fontWeightSemibold },
  dot: {
    flexShrink: 0,
    width: "8px",
    height: "8px",
    borderRadius: tokens.borderRadiusCircular,
    marginRight: tokens.spacingHorizontalS,
  },
  dotOn: { backgroundColor: tokens.colorBrandBackground },
  muted: { color: tokens.colorNeutralForeground3 },
});

function useNotifications() {
  useLiveTables(["cl_notification"]);
  return useQuery({
    queryKey: KEY,
    queryFn: async () => {
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
    },
  });
}

export function Bell() {
  const styles = useStyles();
  const client = useQueryClient();
  const notify = useNotify();
  const go = useGo();
  const notifications = useNotifications();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const newest = useRef<string | null | undefined>(undefined);

  const first = notifications.data?.rows[0];
  useEffect(() => {
    if (!notifications.isSuccess) {
      return;
    }
    const isNew = newest.current !== undefined && first && first.id !== newest.current;
    if (isNew && valueIn(first, "cl_isread") !== true) {
      notify(t.shell.bell.arrived(textIn(first, "cl_name")));
    }
    newest.current = first?.id ?? null;
  }, [first, notifications.isSuccess, notify]);

  const markRead = async (rows: readonly Row[]) => {
    setProblem(null);
    try {
      await Promise.all(
        rows.map((row) => updateRow(NOTIFICATIONS, row.id, { cl_isread: true }, null)),
      );
      await client.invalidateQueries({ queryKey: KEY });
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const openItem = (row: Row) => {
    const table = textIn(row, "cl_recordtable");
    const id = textIn(row, "cl_recordid");
    setOpen(false);
    void markRead([row]);
    if (table && id) {
      go(table === "cl_channel" ? `/channel/${id}` : recordPath(table, id));
    }
  };
  const rows = notifications.data?.rows ?? [];
  const unread = notifications.data?.unread ?? 0;
  const failure = problem ?? notifications.error;
  return (
    <Popover
      open={isOpen}
      onOpenChange={(_, data) => setOpen(data.open)}
      positioning="below-end"
      trapFocus
    >
      <PopoverTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          className={styles.button}
          aria-label={t.shell.bell.button(unread)}
          icon={
            <>
              <AlertRegular />
              {unread > 0 && (
                <CounterBadge
                  className={styles.badge}
                  count={unread}
                  size="small"
                  color="danger"
                  aria-hidden
                />
              )}
            </>
          }
        />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={t.shell.bell.title}>
        <div className={styles.head}>
          <Subtitle2 as="h2">{t.shell.bell.title}</Subtitle2>
          {unread > 0 && (
            <Button
              size="small"
              appearance="subtle"
              onClick={() => markRead(rows.filter((row) => valueIn(row, "cl_isread") !== true))}
            >
              {t.shell.bell.allRead}
            </Button>
          )}
        </div>
        {failure !== null && <ErrorNote error={failure} />}
        {rows.length === 0 && !failure && <Text>{t.shell.bell.none}</Text>}
        <ul className={styles.list}>
          {rows.map((row) => {
            const isUnread = valueIn(row, "cl_isread") !== true;
            return (
              <li key={row.id}>
                <Button appearance="subtle" className={styles.item} onClick={() => openItem(row)}>
                  <span className={mergeClasses(styles.dot, isUnread && styles.dotOn)} />
                  <span className={styles.text}>
                    <Text className={mergeClasses(isUnread && styles.unread)}>
                      {textIn(row, "cl_name")}
                    </Text>
                    <Text size={200} className={styles.muted}>
                      {[
                        textIn(row, "cl_body"),
                        formatRelative(String(valueIn(row, "createdon") ?? "")),
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </Text>
                  </span>
                </Button>
              </li>
            );
          })}
        </ul>
      </PopoverSurface>
    </Popover>
  );
}
