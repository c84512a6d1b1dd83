import {
  Breadcrumb,
  BreadcrumbButton,
  BreadcrumbDivider,
  BreadcrumbItem,
  makeStyles,
  Title3,
  tokens,
} from "@fluentui/react-components";
import { Fragment, type ReactNode, useEffect } from "react";
import { useInnerLink } from "./AppLink";
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
  crumbs: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
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

function CrumbLink({ crumb }: { crumb: Crumb }) {
  const link = useInnerLink(crumb.path);
  return (
    <BreadcrumbItem>
      <BreadcrumbButton as="a" {...link}>
        {crumb.label}
      </BreadcrumbButton>
    </BreadcrumbItem>
  );
}

export function PageHead({ title, crumbs = [], children }: PageHeadProps) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} – ${t.shell.product}`;
  }, [title]);
  return (
    <header className={styles.head}>
      {crumbs.length > 0 && (
        <Breadcrumb size="small" aria-label={t.shell.breadcrumbs} className={styles.crumbs}>
          {crumbs.map((crumb) => (
            <Fragment key={crumb.path}>
              <CrumbLink crumb={crumb} />
              <BreadcrumbDivider />
            </Fragment>
          ))}
          <BreadcrumbItem>
            <BreadcrumbButton current>{title}</BreadcrumbButton>
          </BreadcrumbItem>
        </Breadcrumb>
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
