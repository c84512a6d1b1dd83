import { makeStyles, tokens } from "@fluentui/react-components";
import type { Column } from "@/api/metadata";
import { ROW_HEIGHT } from "./types";

const useStyles = makeStyles({
  root: { opacity: 0.25, pointerEvents: "none" },
  row: { display: "grid", height: `${ROW_HEIGHT}px`, alignItems: "center" },
  bar: {
    height: "10px",
    marginLeft: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralForeground4,
  },
});

const WIDTHS = [72, 48, 64, 56, 40, 60, 52];

/** How rows of this table would look. Not selectable, hidden from screen readers. */
export function GhostRows({
  columns,
  template,
  count = 6,
}: {
  columns: readonly Column[];
  template: string;
  count?: number;
}) {
  const styles = useStyles();
  return (
    <div aria-hidden className={styles.root}>
      {Array.from({ length: count }, (_, row) => `ghost-${row}`).map((key, row) => (
        <div key={key} className={styles.row} style={{ gridTemplateColumns: template }}>
          <span />
          {columns.map((column, index) => (
            <span
              key={column.name}
              className={styles.bar}
              style={{ width: `${WIDTHS[(row * 3 + index * 5) % WIDTHS.length]}%` }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
