import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { Dashboard } from "@/api/sales";
import { useInnerLink } from "@/ui/AppLink";

const useStyles = makeStyles({
  list: {
    display: "grid",
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: "repeat(auto-fit, minmax(180px, 1fr))",
    listStyle: "none",
    margin: 0,
    padding: 0,
  },
  figure: {
    display: "flex",
    flexDirection: "column",
    gap: "2px",
    height: "100%",
    boxSizing: "border-box",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
  },
  link: {
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: {
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  note: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

type FigureData = Dashboard["figures"][number];

function Content({ figure }: { figure: FigureData }) {
  const styles = useStyles();
  return (
    <>
      <span className={styles.label}>{figure.label}</span>
      <span className={styles.value}>{figure.text}</span>
      {figure.note && <span className={styles.note}>{figure.note}</span>}
    </>
  );
}

function LinkedFigure({ figure, to }: { figure: FigureData; to: string }) {
  const styles = useStyles();
  return (
    <a {...useInnerLink(to)} className={mergeClasses(styles.figure, styles.link)}>
      <Content figure={figure} />
    </a>
  );
}

export function Figures({ figures }: { figures: readonly FigureData[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {figures.map((figure) => (
        <li key={figure.id}>
          {figure.link ? (
            <LinkedFigure figure={figure} to={figure.link} />
          ) : (
            <div className={styles.figure}>
              <Content figure={figure} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
