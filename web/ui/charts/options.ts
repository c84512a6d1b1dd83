// Chart options from plain data. The theme's colours come in as an argument, so that both themes
// are drawn from the same code.
import type { ChartColors } from "@/ui/theme";

export interface Point {
  label: string;
  value: number;
  /** The value in the user's format; made by the server. */
  text: string;
}

export interface Series {
  name: string;
  tone: "good" | "bad" | "main";
  points: readonly Point[];
}

type ChartOption = Record<string, unknown>;

const FONT = "'Inter Variable', 'Segoe UI', system-ui, sans-serif";

const text = (colors: ChartColors) => ({ color: colors.muted, fontFamily: FONT, fontSize: 12 });

const base = (colors: ChartColors): ChartOption => ({
  animation: false,
  backgroundColor: "transparent",
  textStyle: { fontFamily: FONT },
  tooltip: {
    trigger: "item",
    backgroundColor: colors.surface,
    borderColor: colors.grid,
    textStyle: { color: colors.text, fontFamily: FONT, fontSize: 12 },
  },
});

/** Amounts are texts of decimals; a chart's height does not need their last digit. */
export const heightOf = (amount: number | string): number => Number(amount) || 0;

export const toneColor = (tone: Series["tone"], colors: ChartColors): string =>
  tone === "main" ? (colors.sequence[2] ?? colors.neutral) : colors[tone];

/** Stages as horizontal bars in their order, each a step lighter. */
export function funnelOption(points: readonly Point[], colors: ChartColors): ChartOption {
  return {
    ...base(colors),
    grid: { left: 4, right: 110, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: points.map((point) => point.label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text(colors), color: colors.text },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 34,
        data: points.map((point, index) => ({
          value: point.value,
          name: point.label,
          itemStyle: {
            color: colors.sequence[Math.min(index + 1, colors.sequence.length - 1)],
            borderRadius: 4,
          },
        })),
        label: {
          show: true,
          position: "right",
          ...text(colors),
          color: colors.text,
          formatter: ({ dataIndex }: { dataIndex: number }) => points[dataIndex]?.text ?? "",
        },
        tooltip: {
          formatter: ({ dataIndex }: { dataIndex: number }) => labelOf(points[dataIndex]),
        },
      },
    ],
  };
}

const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

const labelOf = (point: Point | undefined): string =>
  point ? `${escaped(point.label)}: <b>${escaped(point.text)}</b>` : "";

/** Columns over time; several series stand beside each other. */
export function columnsOption(series: readonly Series[], colors: ChartColors): ChartOption {
  const labels = series[0]?.points.map((point) => point.label) ?? [];
  return {
    ...base(colors),
    grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.grid } },
      axisLabel: text(colors),
    },
    yAxis: {
      type: "value",
      splitNumber: 3,
      splitLine: { lineStyle: { color: colors.grid } },
      axisLabel: {
        ...text(colors),
        formatter: (value: number) =>
          new Intl.NumberFormat(undefined, { notation: "compact" }).format(value),
      },
    },
    series: series.map((each) => ({
      type: "bar",
      name: each.name,
      barMaxWidth: 28,
      data: each.points.map((point) => point.value),
      itemStyle: { color: toneColor(each.tone, colors), borderRadius: [4, 4, 0, 0] },
      tooltip: {
        formatter: ({ dataIndex }: { dataIndex: number }) => labelOf(each.points[dataIndex]),
      },
    })),
  };
}

/** A line between −1 and 1 with its zero in sight. */
export function sentimentOption(points: readonly Point[], colors: ChartColors): ChartOption {
  return {
    ...base(colors),
    grid: { left: 4, right: 16, top: 12, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: points.map((point) => point.label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.grid } },
      axisLabel: text(colors),
    },
    yAxis: {
      type: "value",
      min: -1,
      max: 1,
      interval: 0.5,
      splitLine: { lineStyle: { color: colors.grid } },
      axisLabel: text(colors),
    },
    series: [
      {
        type: "line",
        smooth: 0.3,
        symbolSize: 8,
        data: points.map((point) => ({
          value: point.value,
          itemStyle: {
            color:
              point.value > 0.05 ? colors.good : point.value < -0.05 ? colors.bad : colors.neutral,
          },
        })),
        lineStyle: { color: colors.sequence[2], width: 2 },
        tooltip: {
          formatter: ({ dataIndex }: { dataIndex: number }) => labelOf(points[dataIndex]),
        },
      },
      // The line between good and bad.
      {
        type: "line",
        silent: true,
        symbol: "none",
        data: points.map(() => 0),
        lineStyle: { color: colors.neutral, width: 1 },
        tooltip: { show: false },
      },
    ],
  };
}
