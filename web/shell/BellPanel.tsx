import {
  Button,
  makeStyles,
  mergeClasses,
  Popover,
  PopoverSurface,
  Subtitle2,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useState } from "react";
import { updateRow } from "@/api/client";
import { type Row, textIn, valueIn } from "@/api/rows";
import { useGo } from "@/ui/AppLink";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { formatRelative } from "@/ui/format";
import { recordPath } from "@/ui/paths";
import { t } from "@/ui/texts";
import { NOTIFICATIONS, NOTIFICATIONS_KEY, type Notifications } from "./Bell";

const useStyles = makeStyles({
  surface: { width: "360px", maxHeight: "70vh", overflowY: "auto" },
  head: { display: "flex", justifyContent: "space-between", alignItems: "center" },
  title: { margin: 0 },
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

const isUnread = (row: Row): boolean => valueIn(row, "cl_isread") !== true;

const pathOf = (row: Row): string | null => {
  const table = textIn(row, "cl_recordtable");
  const id = textIn(row, "cl_recordid");
  if (!table || !id) {
    return null;
  }
  return table === "cl_channel" ? `/channel/${id}` : recordPath(table, id);
};

interface BellPanelProps {
  target: RefObject<HTMLButtonElement | null>;
  notifications: Notifications | undefined;
  error: unknown;
  onClose: () => void;
}

export function BellPanel({ target, notifications, error, onClose }: BellPanelProps) {
  const styles = useStyles();
  const client = useQueryClient();
  const go = useGo();
  const [problem, setProblem] = useState<unknown>(null);

  const markRead = async (rows: readonly Row[]) => {
    setProblem(null);
    try {
      const change = { cl_isread: true };
      await Promise.all(rows.map((row) => updateRow(NOTIFICATIONS, row.id, change, null)));
      await client.invalidateQueries({ queryKey: NOTIFICATIONS_KEY });
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const openItem = (row: Row) => {
    const path = pathOf(row);
    onClose();
    void markRead([row]);
    if (path) {
      go(path);
    }
  };
  const rows = notifications?.rows ?? [];
  const failure = problem ?? error;
  return (
    <Popover
      open
      trapFocus
      positioning={{ target: target.current, position: "below", align: "end" }}
      onOpenChange={(_, data) => !data.open && onClose()}
    >
      <PopoverSurface className={styles.surface} aria-label={t.shell.bell.title}>
        <div className={styles.head}>
          <Subtitle2 as="h2" className={styles.title}>
            {t.shell.bell.title}
          </Subtitle2>
          {rows.some(isUnread) && (
            <Button
              size="small"
              appearance="subtle"
              onClick={() => markRead(rows.filter(isUnread))}
            >
              {t.shell.bell.allRead}
            </Button>
          )}
        </div>
        {failure !== null && <ErrorNote error={failure} />}
        {rows.length === 0 && failure === null && <Text>{t.shell.bell.none}</Text>}
        <ul className={styles.list}>
          {rows.map((row) => (
            <li key={row.id}>
              <Button appearance="subtle" className={styles.item} onClick={() => openItem(row)}>
                <span className={mergeClasses(styles.dot, isUnread(row) && styles.dotOn)} />
                <span className={styles.text}>
                  <Text className={mergeClasses(isUnread(row) && styles.unread)}>
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
          ))}
        </ul>
      </PopoverSurface>
    </Popover>
  );
}
