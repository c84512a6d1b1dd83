import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    textAlign: "center",
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXL}`,
  },
  text: { maxWidth: "52ch", color: tokens.colorNeutralForeground2 },
  actions: {
    display: "flex",
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalS,
    flexWrap: "wrap",
    justifyContent: "center",
  },
});

interface EmptyStateProps {
  title: string;
  text?: string;
  /** On a page that has nothing else, the title is its heading. */
  isPage?: boolean;
  /** One thing to do first, perhaps one to do instead. */
  children?: ReactNode;
}

export function EmptyState({ title, text, isPage, children }: EmptyStateProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Text
        as={isPage ? "h1" : "span"}
        weight="semibold"
        size={400}
        style={isPage ? { margin: 0 } : undefined}
      >
        {title}
      </Text>
      {text && <Text className={styles.text}>{text}</Text>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
