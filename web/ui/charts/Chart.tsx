// A chart with its text alternative: the same figures as a table, one click away and always there
// for screen readers. The drawing library is loaded after the page is usable.
import {
  Button,
  makeStyles,
  mergeClasses,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { useColorScheme } from "@/ui/colorScheme";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { t } from "@/ui/texts";
import { type ChartColors, chartColors } from "@/ui/theme";
import { type Series, toneColor } from "./options";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  drawing: { width: "100%", height: "220px" },
  legend: {
    display: "flex",
    gap: tokens.spacingHorizontalM,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  key: { display: "inline-flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
  swatch: { width: "12px", height: "12px", borderRadius: tokens.borderRadiusSmall },
  hidden: {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
  toggle: { alignSelf: "flex-end" },
  table: { maxHeight: "220px", overflowY: "auto" },
});

interface ChartProps {
  title: string;
  option: (colors: ChartColors) => Record<string, unknown>;
  /** What the colours of several series mean. */
  legend?: readonly { name: string; tone: Series["tone"] }[];
  /** Heads and rows of the text alternative. */
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}

export function Chart({ title, option, legend, heads, rows }: ChartProps) {
  const styles = useStyles();
  const { scheme } = useColorScheme();
  const place = useRef<HTMLDivElement>(null);
  const [isTable, setTable] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  useEffect(() => {
    const element = place.current;
    if (!element || isTable) {
      return;
    }
    let isGone = false;
    let dispose: (() => void) | undefined;
    import("./echarts")
      .then(({ draw }) => {
        if (!isGone) {
          dispose = draw(element, option(chartColors[scheme]));
        }
      })
      .catch(setProblem);
    return () => {
      isGone = true;
      dispose?.();
    };
  }, [option, scheme, isTable]);

  return (
    <div className={styles.root}>
      {problem !== null && <ErrorNote error={problem} />}
      {!isTable && legend && (
        <div className={styles.legend} aria-hidden>
          {legend.map(({ name, tone }) => (
            <span key={name} className={styles.key}>
              <span
                className={styles.swatch}
                style={{ backgroundColor: toneColor(tone, chartColors[scheme]) }}
              />
              {name}
            </span>
          ))}
        </div>
      )}
      {!isTable && <div ref={place} className={styles.drawing} aria-hidden />}
      <div
        className={mergeClasses(isTable ? styles.table : styles.hidden)}
        tabIndex={isTable ? 0 : -1}
      >
        <Table size="small" aria-label={t.sales.dashboard.table(title)}>
          <TableHeader>
            <TableRow>
              {heads.map((head) => (
                <TableHeaderCell key={head}>{head}</TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.join("|")}>
                {row.map((cell, index) => (
                  <TableCell key={heads[index]}>{cell}</TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <Button
        className={styles.toggle}
        size="small"
        appearance="transparent"
        aria-label={
          isTable ? `${title}: ${t.sales.dashboard.showChart}` : t.sales.dashboard.table(title)
        }
        onClick={() => setTable(!isTable)}
      >
        {isTable ? t.sales.dashboard.showChart : t.sales.dashboard.showTable}
      </Button>
    </div>
  );
}
