import {
  Button,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  type ActionItem,
  type Finding,
  type Mentioned,
  type Speaker,
  taskFromActionItem,
} from "@/api/sales";
import { AppLink } from "@/ui/AppLink";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { formatDate, formatDuration, formatPercent } from "@/ui/format";
import { recordPath } from "@/ui/paths";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  list: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  muted: { color: tokens.colorNeutralForeground3 },
  item: { display: "flex", flexDirection: "column", gap: "2px", alignItems: "flex-start" },
  mention: { display: "flex", gap: tokens.spacingHorizontalS, alignItems: "center" },
  cues: { maxHeight: "320px", overflowY: "auto" },
  cue: { display: "grid", gridTemplateColumns: "56px 140px 1fr", gap: tokens.spacingHorizontalS },
  numbers: { fontVariantNumeric: "tabular-nums" },
});

function Sentence({ finding }: { finding: Finding }) {
  const styles = useStyles();
  return (
    <li className={styles.item}>
      <Text>“{finding.text}”</Text>
      <Text size={200} className={styles.muted}>
        {finding.speaker}, {formatDuration(finding.at)}
      </Text>
    </li>
  );
}

const keyOf = (finding: Finding): string => `${finding.at}|${finding.speaker}|${finding.text}`;

export function Findings({ findings }: { findings: readonly Finding[] }) {
  const styles = useStyles();
  if (findings.length === 0) {
    return <Text className={styles.muted}>{t.sales.insights.noneFound}</Text>;
  }
  return (
    <ul className={styles.list}>
      {findings.map((finding) => (
        <Sentence key={keyOf(finding)} finding={finding} />
      ))}
    </ul>
  );
}

export function Mentions({ mentions }: { mentions: readonly Mentioned[] }) {
  const styles = useStyles();
  if (mentions.length === 0) {
    return <Text className={styles.muted}>{t.sales.insights.noneFound}</Text>;
  }
  return (
    <ul className={styles.list}>
      {mentions.map((mention) => (
        <li key={mention.name}>
          <details>
            <summary>
              <Text weight="semibold">{mention.name}</Text>{" "}
              <Tint tone="neutral">{t.sales.insights.times(mention.count)}</Tint>
            </summary>
            <Findings findings={mention.sentences} />
          </details>
        </li>
      ))}
    </ul>
  );
}

export function Speakers({ speakers }: { speakers: readonly Speaker[] }) {
  const styles = useStyles();
  const words = t.sales.insights;
  return (
    <Table size="small" aria-label={words.speakers}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{words.speaker}</TableHeaderCell>
          <TableHeaderCell>{words.talk}</TableHeaderCell>
          <TableHeaderCell>{words.share}</TableHeaderCell>
          <TableHeaderCell>{words.monologue}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {speakers.map((speaker) => (
          <TableRow key={speaker.name}>
            <TableCell>
              {speaker.name}{" "}
              <Text size={200} className={styles.muted}>
                {words[speaker.side]}
              </Text>
            </TableCell>
            <TableCell className={styles.numbers}>{formatDuration(speaker.talkSeconds)}</TableCell>
            <TableCell className={styles.numbers}>{formatPercent(speaker.share)}</TableCell>
            <TableCell className={styles.numbers}>
              {speaker.longestMonologueSeconds === undefined
                ? "–"
                : formatDuration(speaker.longestMonologueSeconds)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

interface ActionItemsProps {
  items: readonly ActionItem[];
  appointmentId: string;
}

export function ActionItems({ items, appointmentId }: ActionItemsProps) {
  const styles = useStyles();
  const client = useQueryClient();
  const [problem, setProblem] = useState<unknown>(null);
  const makeTask = async (item: ActionItem) => {
    setProblem(null);
    try {
      await taskFromActionItem(appointmentId, item.id);
      await client.invalidateQueries({ queryKey: ["page", "insights", appointmentId] });
      await client.invalidateQueries({ queryKey: ["list", "activitypointer"] });
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  if (items.length === 0) {
    return <Text className={styles.muted}>{t.sales.insights.noneFound}</Text>;
  }
  return (
    <>
      {problem !== null && <ErrorNote error={problem} />}
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={item.id} className={styles.item}>
            <Text>{item.text}</Text>
            <Text size={200} className={styles.muted}>
              {[item.owner, item.dueOn && formatDate(item.dueOn), formatDuration(item.at)]
                .filter(Boolean)
                .join(" · ")}
            </Text>
            {item.taskId ? (
              <AppLink to={recordPath("task", item.taskId)}>{t.sales.insights.openTask}</AppLink>
            ) : (
              <Button size="small" onClick={() => makeTask(item)}>
                {t.sales.insights.makeTask}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

export function Transcript({ cues }: { cues: readonly Finding[] }) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs.
    <div role="group" className={styles.cues} tabIndex={0} aria-label={t.sales.insights.transcript}>
      <ul className={styles.list}>
        {cues.map((cue) => (
          <li key={keyOf(cue)} className={styles.cue}>
            <Text size={200} className={styles.muted}>
              {formatDuration(cue.at)}
            </Text>
            <Text weight="semibold" truncate wrap={false}>
              {cue.speaker}
            </Text>
            <Text>{cue.text}</Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
