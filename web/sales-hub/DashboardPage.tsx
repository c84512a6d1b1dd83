// The first page of the Sales Hub. Every figure comes from the server and opens its rows.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Suspense, useCallback, useState } from "react";
import type { SiteMap, View } from "@/api/metadata";
import { type Dashboard, retrieveDashboard } from "@/api/sales";
import { AppLink } from "@/ui/AppLink";
import { Chart } from "@/ui/charts/Chart";
import { columnsOption, funnelOption, heightOf } from "@/ui/charts/options";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import { SectionCard } from "@/ui/form/SectionCard";
import { formatNumber } from "@/ui/format";
import { LiveGrid } from "@/ui/grid/LiveGrid";
import { type ListState, viewOf } from "@/ui/grid/request";
import { useLiveTables } from "@/ui/live";
import { PageHead } from "@/ui/PageHead";
import { listPath } from "@/ui/paths";
import { pageQuery, siteMapQuery, tableQuery } from "@/ui/queries";
import { t } from "@/ui/texts";
import type { ChartColors } from "@/ui/theme";
import { Chain } from "./dashboard/Chain";
import { Figures } from "./dashboard/Figures";

const useStyles = makeStyles({
  body: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXL}`,
  },
  charts: {
    display: "grid",
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: "repeat(auto-fit, minmax(380px, 1fr))",
  },
  list: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
  },
});

const TABLES = ["lead", "opportunity", "quote", "salesorder", "invoice", "activitypointer"];

const LISTS = [
  { name: "lead", title: t.sales.dashboard.leads },
  { name: "activitypointer", title: t.sales.dashboard.activities },
];

/** What somebody may not open has no place on his first page either. */
const mayOpen = (siteMap: SiteMap | undefined, table: string): boolean =>
  siteMap?.areas.some((area) =>
    area.groups.some((group) => group.items.some((item) => item.table === table)),
  ) ?? false;

export function DashboardPage() {
  const styles = useStyles();
  useLiveTables(TABLES);
  const siteMap = useQuery(siteMapQuery);
  const dashboard = useQuery(pageQuery("dashboard", [], retrieveDashboard));
  return (
    <>
      <PageHead title={t.sales.dashboard.title} />
      <div className={styles.body}>
        {dashboard.error && (
          <ErrorNote error={dashboard.error} onRetry={() => dashboard.refetch()} />
        )}
        {dashboard.isPending && <Loading />}
        {dashboard.data && <Overview dashboard={dashboard.data} />}
        {LISTS.filter((list) => mayOpen(siteMap.data, list.name)).map((list) => (
          <Suspense key={list.name} fallback={<Loading />}>
            <Rows name={list.name} title={list.title} most={5} />
          </Suspense>
        ))}
      </div>
    </>
  );
}

function Overview({ dashboard }: { dashboard: Dashboard }) {
  const styles = useStyles();
  const { pipeline, wonLost, leadSources, cash } = dashboard;
  const words = t.sales.dashboard;

  const pipelineOption = useCallback(
    (colors: ChartColors) =>
      funnelOption(
        pipeline.map((each) => ({
          label: `${each.stage} (${each.count})`,
          value: heightOf(each.amount),
          text: each.text,
        })),
        colors,
      ),
    [pipeline],
  );
  const wonLostOption = useCallback(
    (colors: ChartColors) =>
      columnsOption(
        [
          {
            name: words.won,
            tone: "good",
            points: wonLost.map((each) => ({
              label: each.label,
              value: heightOf(each.won),
              text: each.wonText,
            })),
          },
          {
            name: words.lost,
            tone: "bad",
            points: wonLost.map((each) => ({
              label: each.label,
              value: heightOf(each.lost),
              text: each.lostText,
            })),
          },
        ],
        colors,
      ),
    [wonLost, words],
  );
  const cashOption = useCallback(
    (colors: ChartColors) =>
      columnsOption(
        [
          {
            name: words.cash,
            tone: "main",
            points: cash.map((each) => ({
              label: each.label,
              value: heightOf(each.amount),
              text: each.text,
            })),
          },
        ],
        colors,
      ),
    [cash, words],
  );
  const sourceOption = useCallback(
    (colors: ChartColors) =>
      funnelOption(
        leadSources.map((each) => ({
          label: each.label,
          value: each.count,
          text: formatNumber(each.count),
        })),
        colors,
      ),
    [leadSources],
  );
  return (
    <>
      <Figures figures={dashboard.figures} />
      <Chain steps={dashboard.chain} />
      <div className={styles.charts}>
        <ChartCard title={words.pipeline} isEmpty={pipeline.length === 0}>
          <Chart
            title={words.pipeline}
            option={pipelineOption}
            heads={[words.stage, words.count, words.amount]}
            rows={pipeline.map((each) => [each.stage, formatNumber(each.count), each.text])}
          />
        </ChartCard>
        <ChartCard title={words.wonLost} isEmpty={wonLost.length === 0}>
          <Chart
            title={words.wonLost}
            option={wonLostOption}
            legend={[
              { name: words.won, tone: "good" },
              { name: words.lost, tone: "bad" },
            ]}
            heads={[words.period, words.won, words.lost]}
            rows={wonLost.map((each) => [
              each.label,
              `${each.wonText} (${each.wonCount})`,
              `${each.lostText} (${each.lostCount})`,
            ])}
          />
        </ChartCard>
        <ChartCard title={words.sources} isEmpty={leadSources.length === 0}>
          <Chart
            title={words.sources}
            option={sourceOption}
            heads={[words.source, words.count]}
            rows={leadSources.map((each) => [each.label, formatNumber(each.count)])}
          />
        </ChartCard>
        <ChartCard title={words.cash} isEmpty={cash.length === 0}>
          <Chart
            title={words.cash}
            option={cashOption}
            heads={[words.period, words.amount]}
            rows={cash.map((each) => [each.label, each.text])}
          />
        </ChartCard>
      </div>
    </>
  );
}

interface ChartCardProps {
  title: string;
  isEmpty: boolean;
  children: React.ReactNode;
}

function ChartCard({ title, isEmpty, children }: ChartCardProps) {
  return (
    <SectionCard title={title}>
      {isEmpty ? <Text>{t.sales.dashboard.empty}</Text> : children}
    </SectionCard>
  );
}

interface RowsProps {
  name: string;
  title: string;
  /** Columns shown; a dashboard has room for the first ones of the view. */
  most: number;
}

/** The default view of a table, to be worked on in place. */
function Rows({ name, title, most }: RowsProps) {
  const styles = useStyles();
  const { data: table } = useSuspenseQuery(tableQuery(name));
  const [state, setState] = useState<ListState>({});
  const full = viewOf(table);
  const view: View = { ...full, columns: full.columns.slice(0, most) };
  return (
    <SectionCard
      title={title}
      actions={<AppLink to={listPath(name, full.id)}>{t.form.subgrid.all}</AppLink>}
    >
      <div className={styles.list}>
        <LiveGrid
          table={table}
          view={view}
          label={title}
          state={state}
          onState={setState}
          isEmbedded
        />
      </div>
    </SectionCard>
  );
}
