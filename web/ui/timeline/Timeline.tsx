import { Button, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import type { FormControlProps } from "@/ui/form/controls";
import { SectionCard } from "@/ui/form/SectionCard";
import { t } from "@/ui/texts";
import { Composer } from "./Composer";
import { kindLabel } from "./kinds";
import { TimelineItem } from "./TimelineItem";
import { useTimeline } from "./useTimeline";

const useStyles = makeStyles({
  list: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
  },
  filter: { minWidth: "130px" },
  more: { alignSelf: "start" },
});

const PAGE = 20;

export function Timeline({ session, row, title }: FormControlProps) {
  const styles = useStyles();
  const [top, setTop] = useState(PAGE);
  const [kind, setKind] = useState("");
  const timeline = useTimeline(session.table, row, top);
  const entries = timeline.data ?? [];
  const kinds = [...new Set(entries.map((entry) => entry.kind))].sort();
  const shown = kind ? entries.filter((entry) => entry.kind === kind) : entries;
  return (
    <SectionCard
      title={title}
      actions={
        kinds.length > 1 && (
          <Select
            size="small"
            className={styles.filter}
            aria-label={t.form.timeline.filter}
            value={kind}
            onChange={(_, data) => setKind(data.value)}
          >
            <option value="">{t.form.timeline.all}</option>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {kindLabel(each)}
              </option>
            ))}
          </Select>
        )
      }
    >
      <Composer table={session.table} row={row} />
      {timeline.error && <ErrorNote error={timeline.error} onRetry={() => timeline.refetch()} />}
      {timeline.isPending && <Loading />}
      {timeline.data && shown.length === 0 && (
        <EmptyState title={kind ? t.form.timeline.noneOfKind : t.form.timeline.none} />
      )}
      <ul className={styles.list}>
        {shown.map((entry) => (
          <TimelineItem key={entry.key} entry={entry} />
        ))}
      </ul>
      {entries.length >= top && (
        <Button className={styles.more} appearance="subtle" onClick={() => setTop(top + PAGE)}>
          {t.form.timeline.more}
        </Button>
      )}
    </SectionCard>
  );
}
