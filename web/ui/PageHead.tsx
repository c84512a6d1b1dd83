import { makeStyles, Title3, tokens } from "@fluentui/react-components";
import { type ReactNode, useEffect } from "react";
import { AppLink } from "./AppLink";
import { t } from "./texts";

const useStyles = makeStyles({
  head: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL} 0`,
  },
  row: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    flexWrap: "wrap",
    minHeight: "36px",
  },
  title: { margin: 0, minWidth: 0, overflowWrap: "anywhere" },
  crumbs: {
    display: "flex",
    flexWrap: "wrap",
    listStyle: "none",
    margin: 0,
    padding: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "24px",
  },
  crumb: {
    ":not(:last-child)::after": {
      content: '"›"',
      padding: `0 ${tokens.spacingHorizontalS}`,
      color: tokens.colorNeutralForeground3,
    },
  },
  here: { fontWeight: tokens.fontWeightSemibold },
});

export interface Crumb {
  label: string;
  path: string;
}

interface PageHeadProps {
  title: string;
  crumbs?: readonly Crumb[];
  /** Next to the title. */
  children?: ReactNode;
}

export function PageHead({ title, crumbs = [], children }: PageHeadProps) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} – ${t.shell.product}`;
  }, [title]);
  return (
    <header className={styles.head}>
      {crumbs.length > 0 && (
        <nav aria-label={t.shell.breadcrumbs}>
          <ol className={styles.crumbs}>
            {crumbs.map((crumb) => (
              <li key={crumb.path} className={styles.crumb}>
                <AppLink isSubtle to={crumb.path}>
                  {crumb.label}
                </AppLink>
              </li>
            ))}
            <li className={styles.here} aria-current="page">
              {title}
            </li>
          </ol>
        </nav>
      )}
      <div className={styles.row}>
        <Title3 as="h1" className={styles.title}>
          {title}
        </Title3>
        {children}
      </div>
    </header>
  );
}
