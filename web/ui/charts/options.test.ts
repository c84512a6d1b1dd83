import { describe, expect, it } from "vitest";
import { type ColorScheme, chartColors, themes } from "@/ui/theme";
import { columnsOption, funnelOption, heightOf, sentimentOption } from "./options";

function luminance(hex: string): number {
  const part = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each<ColorScheme>(["light", "dark"])("the colours of charts in %s", (scheme) => {
  const colors = chartColors[scheme];

  it("go one way, from strong to faint against the surface", () => {
    const steps = colors.sequence.map((color) => contrast(color, colors.surface));
    expect(steps).toEqual([...steps].sort((a, b) => b - a));
  });

  it("can be told from the surface and read", () => {
    for (const color of [colors.good, colors.bad, ...colors.sequence.slice(0, 4)]) {
      expect(contrast(color, colors.surface)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(colors.muted, colors.surface)).toBeGreaterThanOrEqual(4.5);
  });

  it("belong to a theme whose brand carries its text", () => {
    const theme = themes[scheme];
    expect(
      contrast(theme.colorBrandBackground, theme.colorNeutralForegroundOnBrand),
    ).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme.colorBrandForegroundLink, theme.colorNeutralBackground1)).toBeGreaterThan(
      4.5,
    );
  });
});

describe("chart options", () => {
  const points = [
    { label: "1-Qualify", value: 100, text: "€100.00" },
    { label: "<Develop>", value: 50, text: "€50.00" },
  ];
  const colors = chartColors.light;

  it("show the server's texts and escape them", () => {
    const option = funnelOption(points, colors) as {
      series: {
        label: { formatter: (at: { dataIndex: number }) => string };
        tooltip: { formatter: (at: { dataIndex: number }) => string };
      }[];
    };
    expect(option.series[0]?.label.formatter({ dataIndex: 0 })).toBe("€100.00");
    expect(option.series[0]?.tooltip.formatter({ dataIndex: 1 })).toContain("&#60;Develop&#62;");
  });

  it("draw each series in its tone", () => {
    const series = (["good", "bad"] as const).map((tone) => ({ name: tone, tone, points }));
    const option = columnsOption(series, colors) as { series: { itemStyle: { color: string } }[] };
    expect(option.series.map((each) => each.itemStyle.color)).toEqual([colors.good, colors.bad]);
  });

  it("colour a sentiment by its sign", () => {
    const option = sentimentOption([{ label: "0:00", value: -0.5, text: "-0.5" }], colors) as {
      series: { data: { itemStyle: { color: string } }[] }[];
    };
    expect(option.series[0]?.data[0]?.itemStyle.color).toBe(colors.bad);
  });

  it("take amounts as texts", () => {
    expect(heightOf("1250.50")).toBe(1250.5);
    expect(heightOf("n/a")).toBe(0);
  });
});
