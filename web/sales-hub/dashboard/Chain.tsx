import { makeStyles, tokens } from "@fluentui/react-components";
import type { Dashboard } from "@/api/sales";
import { useInnerLink } from "@/ui/AppLink";
import { SectionCard } from "@/ui/form/SectionCard";
import { formatNumber } from "@/ui/format";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexWrap: "wrap",
    listStyle: "none",
    margin: 0,
    padding: 0,
    gap: tokens.spacingHorizontalXS,
  },
  item: {
    flex: "1 1 100px",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    ":not(:last-child)::after": {
      content: '"→"',
      color: tokens.colorNeutralForeground3,
    },
  },
  step: {
    flexGrow: 1,
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    padding: tokens.spacingVerticalS,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  count: {
    fontSize: tokens.fontSizeBase500,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
    fontVariantNumeric: "tabular-nums",
  },
  label: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

type Step = Dashboard["chain"][number];

function ChainStep({ step }: { step: Step }) {
  const styles = useStyles();
  return (
    <a {...useInnerLink(step.link)} className={styles.step}>
      <span className={styles.count}>{formatNumber(step.count)}</span>
      <span className={styles.label}>{step.label}</span>
    </a>
  );
}

/** From the first request to cash, with how much stands at each step. */
export function Chain({ steps }: { steps: readonly Step[] }) {
  const styles = useStyles();
  if (steps.length === 0) {
    return null;
  }
  return (
    <SectionCard title={t.sales.dashboard.chain}>
      <ol className={styles.list}>
        {steps.map((step) => (
          <li key={step.step} className={styles.item}>
            <ChainStep step={step} />
          </li>
        ))}
      </ol>
    </SectionCard>
  );
}
