// What a meeting's transcript says: each finding with the sentence it comes from.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { draftFollowUp, type Insights, retrieveInsights } from "@/api/sales";
import { useGo } from "@/ui/AppLink";
import { Chart } from "@/ui/charts/Chart";
import { sentimentOption } from "@/ui/charts/options";
import { useDialogs } from "@/ui/dialogs/host";
import { Busy } from "@/ui/feedback/Busy";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import type { FormControlProps } from "@/ui/form/controls";
import { SectionCard } from "@/ui/form/SectionCard";
import { formatDateTime, formatDuration, formatPercent } from "@/ui/format";
import { useLiveTables } from "@/ui/live";
import { recordPath } from "@/ui/paths";
import { refreshTables } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";
import type { ChartColors } from "@/ui/theme";
import { AttachTranscriptDialog } from "../dialogs/appointmentDialogs";
import { ActionItems, Findings, Mentions, Speakers, Transcript } from "./parts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL}`,
  },
  facts: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXXL, margin: 0 },
  fact: { display: "flex", flexDirection: "column", alignItems: "flex-start" },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  grid: {
    display: "grid",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
    gridTemplateColumns: "repeat(auto-fit, minmax(340px, 1fr))",
  },
  muted: { color: tokens.colorNeutralForeground3 },
});

const TONES = { positive: "good", negative: "bad", neutral: "neutral" } as const;

export function InsightsControl({ session, row, title }: FormControlProps) {
  const dialogs = useDialogs();
  useLiveTables(["appointment"]);
  const insights = useQuery({
    queryKey: ["page", "insights", row.id],
    queryFn: () => retrieveInsights(row.id),
  });
  const attach = () =>
    dialogs.open((close) => (
      <AttachTranscriptDialog table={session.table} row={row} onClose={close} />
    ));
  if (insights.isPending) {
    return <Loading />;
  }
  if (insights.error) {
    return <ErrorNote error={insights.error} onRetry={() => insights.refetch()} />;
  }
  return insights.data ? (
    <Report insights={insights.data} appointmentId={row.id} />
  ) : (
    <SectionCard title={title}>
      <EmptyState title={t.sales.insights.none}>
        <Button appearance="primary" onClick={attach}>
          {t.sales.insights.attach}
        </Button>
      </EmptyState>
    </SectionCard>
  );
}

function Report({ insights, appointmentId }: { insights: Insights; appointmentId: string }) {
  const styles = useStyles();
  const words = t.sales.insights;
  const { sentiment } = insights;
  const option = useCallback(
    (colors: ChartColors) =>
      sentimentOption(
        sentiment.map((bucket) => ({
          label: formatDuration(bucket.from),
          value: bucket.score,
          text: bucket.text ?? bucket.score.toFixed(2),
        })),
        colors,
      ),
    [sentiment],
  );
  return (
    <div className={styles.root}>
      <SectionCard title={words.title} actions={<FollowUpButton appointmentId={appointmentId} />}>
        <div className={styles.head}>
          <dl className={styles.facts}>
            <Fact label={words.sentiment}>
              <Tint tone={TONES[insights.overall]}>{words.overall[insights.overall]}</Tint>
            </Fact>
            <Fact label={words.talkToListen}>
              {words.seller} {formatPercent(insights.talkToListen.sellerShare)} : {words.customer}{" "}
              {formatPercent(insights.talkToListen.customerShare)}
            </Fact>
            <Fact label={words.duration}>{formatDuration(insights.durationSeconds)}</Fact>
            <Fact label={words.analysed("")}>{formatDateTime(insights.analysedOn)}</Fact>
          </dl>
        </div>
        <Text size={200} className={styles.muted}>
          {words.marked}
        </Text>
      </SectionCard>
      <div className={styles.grid}>
        <SectionCard title={words.overTime}>
          <Chart
            title={words.overTime}
            option={option}
            heads={["From", "To", words.sentiment]}
            rows={sentiment.map((bucket) => [
              formatDuration(bucket.from),
              formatDuration(bucket.to),
              bucket.text ?? bucket.score.toFixed(2),
            ])}
          />
        </SectionCard>
        <SectionCard title={words.actionItems}>
          <ActionItems items={insights.actionItems} appointmentId={appointmentId} />
        </SectionCard>
        <SectionCard title={words.speakers}>
          <Speakers speakers={insights.speakers} />
        </SectionCard>
        <SectionCard title={words.questions}>
          <Findings findings={insights.questions} />
        </SectionCard>
        <SectionCard title={words.topics}>
          <Mentions mentions={insights.topics} />
        </SectionCard>
        <SectionCard title={words.competitors}>
          <Mentions mentions={insights.competitors} />
        </SectionCard>
      </div>
      <SectionCard title={words.transcript}>
        <Transcript cues={insights.cues} />
      </SectionCard>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

function FollowUpButton({ appointmentId }: { appointmentId: string }) {
  const client = useQueryClient();
  const go = useGo();
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const draft = async () => {
    setWorking(true);
    setProblem(null);
    try {
      const { EmailId } = await draftFollowUp(appointmentId);
      await refreshTables(client, ["email", "activitypointer"]);
      go(recordPath("email", EmailId));
    } catch (thrown) {
      setProblem(thrown);
      setWorking(false);
    }
  };
  return (
    <>
      {problem !== null && <ErrorNote error={problem} />}
      <Button
        appearance="primary"
        size="small"
        disabled={isWorking}
        icon={isWorking ? <Busy /> : undefined}
        onClick={draft}
      >
        {isWorking ? t.sales.insights.drafting : t.sales.insights.draft}
      </Button>
    </>
  );
}
