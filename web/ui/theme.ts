// Colours and type of the workspace. Everything else takes its colours from these tokens.
import {
  type BrandVariants,
  createDarkTheme,
  createLightTheme,
  type Theme,
} from "@fluentui/react-components";

// One hue (178° in OKLCH) in even steps of lightness; 80 carries white text with contrast 6.5.
const brand: BrandVariants = {
  10: "#01140f",
  20: "#001e18",
  30: "#002c24",
  40: "#00372e",
  50: "#004338",
  60: "#004f42",
  70: "#005b4d",
  80: "#066a5b",
  90: "#167d6c",
  100: "#26907d",
  110: "#3aa38f",
  120: "#53b6a1",
  130: "#70c7b4",
  140: "#91d8c7",
  150: "#b5e7db",
  160: "#d3f3eb",
};

const fontFamilyBase = "'Inter Variable', 'Segoe UI', system-ui, -apple-system, sans-serif";

export type ColorScheme = "light" | "dark";

export interface ChartColors {
  /** One hue from strong to faint, for steps of one thing (the funnel). */
  sequence: readonly string[];
  good: string;
  bad: string;
  neutral: string;
  text: string;
  muted: string;
  grid: string;
  surface: string;
}

export const themes: Record<ColorScheme, Theme> = {
  light: {
    ...createLightTheme(brand),
    fontFamilyBase,
    // Fluent's third grey has contrast 4.3 on the page's background.
    colorNeutralForeground3: "#565656",
    colorNeutralForeground4: "#616161",
  },
  dark: {
    ...createDarkTheme(brand),
    fontFamilyBase,
    colorBrandForeground1: brand[120],
    colorBrandForeground2: brand[130],
    colorBrandForegroundLink: brand[130],
    colorBrandForegroundLinkHover: brand[140],
    colorCompoundBrandForeground1: brand[120],
    // What is open or pressed is read like what is not.
    colorNeutralForeground2BrandHover: brand[120],
    colorNeutralForeground2BrandPressed: brand[120],
    colorNeutralForeground2BrandSelected: brand[120],
    colorBrandStroke1: brand[110],
    colorCompoundBrandStroke: brand[110],
    colorNeutralForeground4: "#b3b3b3",
  },
};

export const chartColors: Record<ColorScheme, ChartColors> = {
  light: {
    sequence: ["#005548", "#006e60", "#00877b", "#2da096", "#52b8b2", "#7dcecc", "#a6e1e1"],
    good: "#0b7a55",
    bad: "#b4462f",
    neutral: "#8a8886",
    text: "#242424",
    muted: "#565656",
    grid: "#e0e0e0",
    surface: "#ffffff",
  },
  dark: {
    sequence: ["#a6e1e1", "#7dcecc", "#52b8b2", "#2da096", "#00877b", "#0c7468", "#0b6257"],
    good: "#54c79b",
    bad: "#f0917c",
    neutral: "#9a9a9a",
    text: "#ffffff",
    muted: "#c7c7c7",
    grid: "#3d3d3d",
    surface: "#292929",
  },
};
