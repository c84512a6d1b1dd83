import { Button, Link, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import {
  AttachRegular,
  CalendarRegular,
  CallRegular,
  ChatRegular,
  CheckmarkRegular,
  ClipboardTaskListLtrRegular,
  MailRegular,
  NoteRegular,
  TrophyRegular,
  VideoRegular,
} from "@fluentui/react-icons";
import { useState } from "react";
import { retrieveRow, updateRow } from "@/api/client";
import { textIn } from "@/api/rows";
import { AppLink } from "@/ui/AppLink";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { formatDate, formatDateTime, formatRelative } from "@/ui/format";
import { recordPath } from "@/ui/paths";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";
import { isOverdue, type TimelineEntry } from "./entries";
import { kindLabel } from "./kinds";
import { useRefreshTimeline } from "./useTimeline";

const useStyles = makeStyles({
  item: { display: "flex", gap: tokens.spacingHorizontalM, minWidth: 0 },
  icon: {
    flexShrink: 0,
    display: "grid",
    placeItems: "center",
    width: "32px",
    height: "32px",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground4,
    color: tokens.colorNeutralForeground2,
    fontSize: "18px",
  },
  openIcon: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
  },
  body: { display: "flex", flexDirection: "column", gap: "2px", minWidth: 0, flexGrow: 1 },
  head: {
    display: "flex",
    gap: tokens.spacingHorizontalS,
    alignItems: "baseline",
    flexWrap: "wrap",
  },
  meta: { color: tokens.colorNeutralForeground3 },
  text: { whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  clamped: {
    display: "-webkit-box",
    WebkitLineClamp: 3,
    WebkitBoxOrient: "vertical",
    overflow: "hidden",
  },
  actions: { display: "flex", gap: tokens.spacingHorizontalS, flexWrap: "wrap" },
  late: { color: tokens.colorPaletteRedForeground1 },
});

const ICONS: Record<string, typeof NoteRegular> = {
  annotation: NoteRegular,
  post: ChatRegular,
  task: ClipboardTaskListLtrRegular,
  phonecall: CallRegular,
  appointment: CalendarRegular,
  email: MailRegular,
  opportunityclose: TrophyRegular,
};

const SETS: Record<string, string> = {
  task: "tasks",
  phonecall: "phonecalls",
  appointment: "appointments",
};

const LONG_TEXT = 220;

export function TimelineItem({ entry }: { entry: TimelineEntry }) {
  const styles = useStyles();
  const Icon = ICONS[entry.kind] ?? ClipboardTaskListLtrRegular;
  const isActivity = entry.key.startsWith("activity:");
  const [isWhole, setWhole] = useState(false);
  const isLong = entry.text.length > LONG_TEXT || entry.text.split("\n").length > 4;
  const late = isOverdue(entry, Date.now());
  return (
    <li className={styles.item}>
      <span className={mergeClasses(styles.icon, entry.isOpen && styles.openIcon)}>
        <Icon aria-hidden />
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          {isActivity ? (
            <AppLink to={recordPath(entry.kind, entry.id)}>
              {entry.title || kindLabel(entry.kind)}
            </AppLink>
          ) : (
            <Text weight="semibold">{entry.title || kindLabel(entry.kind)}</Text>
          )}
          {entry.stateText && (
            <Tint tone={entry.isOpen ? "brand" : "neutral"}>{entry.stateText}</Tint>
          )}
        </div>
        <Text size={200} className={styles.meta}>
          {entry.title && `${kindLabel(entry.kind)} · `}
          <span title={formatDateTime(entry.at)}>{formatRelative(entry.at)}</span>
          {entry.by && ` · ${t.form.timeline.by(entry.by)}`}
          {entry.due && (
            <span className={mergeClasses(late && styles.late)}>
              {" "}
              · {t.form.timeline.due}{" "}
              {entry.kind === "appointment" ? formatDateTime(entry.due) : formatDate(entry.due)}
            </span>
          )}
          {entry.regarding && (
            <>
              {" · "}
              <AppLink isInline to={recordPath(entry.regarding.table, entry.regarding.id)}>
                {entry.regarding.name}
              </AppLink>
            </>
          )}
        </Text>
        {entry.text && (
          <Text className={mergeClasses(styles.text, isLong && !isWhole && styles.clamped)}>
            {entry.text}
          </Text>
        )}
        {isLong && (
          <Link as="button" onClick={() => setWhole(!isWhole)}>
            {isWhole ? t.form.timeline.less : t.form.timeline.whole}
          </Link>
        )}
        <EntryActions entry={entry} />
      </div>
    </li>
  );
}

function EntryActions({ entry }: { entry: TimelineEntry }) {
  const styles = useStyles();
  const refresh = useRefreshTimeline();
  const [problem, setProblem] = useState<unknown>(null);
  const set = SETS[entry.kind];
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const complete = () =>
    attempt(async () => {
      if (set) {
        const keys = { entitySetName: set, primaryId: "activityid" };
        await updateRow(keys, entry.id, { statecode: 1 }, null);
        await refresh();
      }
    });
  const download = () => attempt(() => downloadNote(entry.id));
  const hasActions = (entry.isOpen && set) || entry.fileName || entry.joinUrl;
  return (
    <>
      {problem !== null && <ErrorNote error={problem} />}
      {hasActions && (
        <div className={styles.actions}>
          {entry.isOpen && set && (
            <Button size="small" appearance="subtle" icon={<CheckmarkRegular />} onClick={complete}>
              {t.form.timeline.complete}
            </Button>
          )}
          {entry.joinUrl && entry.isOpen && (
            <Button
              as="a"
              size="small"
              appearance="subtle"
              icon={<VideoRegular />}
              href={entry.joinUrl}
              target="_blank"
              rel="noreferrer"
            >
              {t.form.timeline.join}
            </Button>
          )}
          {entry.fileName && (
            <Button
              size="small"
              appearance="subtle"
              icon={<AttachRegular />}
              aria-label={t.form.timeline.attachment(entry.fileName)}
              onClick={download}
            >
              {entry.fileName}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

async function downloadNote(id: string): Promise<void> {
  const note = await retrieveRow({ entitySetName: "annotations", primaryId: "annotationid" }, id, {
    select: ["filename"],
  });
  const file = await fetch(`/files/annotations/${id}`);
  if (!file.ok) {
    throw new Error(file.statusText);
  }
  const url = URL.createObjectURL(await file.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = textIn(note, "filename");
  link.click();
  URL.revokeObjectURL(url);
}
