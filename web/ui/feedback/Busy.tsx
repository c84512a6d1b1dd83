import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  ring: {
    display: "inline-block",
    width: "16px",
    height: "16px",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusCircular,
    border: `2px solid ${tokens.colorNeutralStroke1}`,
    borderTopColor: tokens.colorCompoundBrandStroke,
    animationName: { to: { transform: "rotate(360deg)" } },
    animationDuration: "0.9s",
    animationIterationCount: "infinite",
    animationTimingFunction: "linear",
  },
  large: { width: "24px", height: "24px" },
});

/**
 * Something is under way. With words it is announced; without it decorates a button that says so.
 */
export function Busy({ label, isLarge }: { label?: string; isLarge?: boolean }) {
  const styles = useStyles();
  const ring = <span className={mergeClasses(styles.ring, isLarge && styles.large)} aria-hidden />;
  return label ? (
    <span className={styles.root} role="status">
      {ring}
      {label}
    </span>
  ) : (
    ring
  );
}
