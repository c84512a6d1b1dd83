import { makeStyles, mergeClasses, shorthands, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "inline-flex",
    alignItems: "center",
    // In a column of flex items a label would stretch over the whole width.
    alignSelf: "center",
    maxWidth: "100%",
    padding: "1px 8px",
    ...shorthands.borderWidth("1px"),
    ...shorthands.borderStyle("solid"),
    borderRadius: tokens.borderRadiusCircular,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: "nowrap",
    boxSizing: "border-box",
  },
  start: { alignSelf: "flex-start" },
  brand: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    ...shorthands.borderColor(tokens.colorBrandStroke2),
  },
  neutral: {
    backgroundColor: tokens.colorNeutralBackground4,
    color: tokens.colorNeutralForeground2,
    ...shorthands.borderColor(tokens.colorNeutralStroke2),
  },
  good: {
    backgroundColor: tokens.colorStatusSuccessBackground1,
    color: tokens.colorStatusSuccessForeground1,
    ...shorthands.borderColor(tokens.colorStatusSuccessBorder1),
  },
  warning: {
    backgroundColor: tokens.colorPaletteMarigoldBackground1,
    color: tokens.colorNeutralForeground1,
    ...shorthands.borderColor(tokens.colorPaletteMarigoldBorder1),
  },
  bad: {
    backgroundColor: tokens.colorStatusDangerBackground1,
    color: tokens.colorStatusDangerForeground1,
    ...shorthands.borderColor(tokens.colorStatusDangerBorder1),
  },
});

export type Tone = "brand" | "neutral" | "good" | "warning" | "bad";

/** A state as a small coloured label; the words carry the meaning, the colour repeats it. */
export function Tint({
  tone,
  isStart,
  children,
}: {
  tone: Tone;
  isStart?: boolean;
  children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.root, isStart && styles.start, styles[tone])}>
      {children}
    </span>
  );
}
