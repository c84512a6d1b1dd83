import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { Fragment } from "react";
import type { SiteMapItem } from "@/api/metadata";
import { useInnerLink } from "@/ui/AppLink";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { NamedIcon } from "@/ui/icons";
import { APP_BASE, listPath } from "@/ui/paths";
import { siteMapQuery } from "@/ui/queries";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  nav: {
    gridArea: "nav",
    overflowY: "auto",
    overflowX: "hidden",
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  list: { listStyle: "none", margin: 0, padding: 0 },
  heading: {
    display: "block",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
  },
  line: {
    border: "none",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    margin: `${tokens.spacingVerticalS} 0`,
  },
  item: {
    position: "relative",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    minHeight: "36px",
    padding: `0 ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase300,
    "& svg": { fontSize: "20px", flexShrink: 0, color: tokens.colorNeutralForeground2 },
    ":hover": { backgroundColor: tokens.colorNeutralBackground3Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: {
    backgroundColor: tokens.colorNeutralBackground1,
    fontWeight: tokens.fontWeightSemibold,
    "& svg": { color: tokens.colorBrandForeground1 },
    "::before": {
      content: '""',
      position: "absolute",
      left: 0,
      top: "8px",
      bottom: "8px",
      width: "3px",
      borderRadius: "2px",
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
  label: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
});

export const pathOf = (item: SiteMapItem): string =>
  item.page ?? listPath(item.table ?? "", item.view);

/** The entry that the address belongs to; a record belongs to its table's list. */
function isCurrent(item: SiteMapItem, path: string): boolean {
  const own = item.page ?? `/t/${item.table}`;
  return own === "/" ? path === "/" || path === "" : path === own || path.startsWith(`${own}/`);
}

function Item({ item, isCollapsed }: { item: SiteMapItem; isCollapsed: boolean }) {
  const styles = useStyles();
  const link = useInnerLink(pathOf(item));
  const path = useRouterState({
    select: (state) => state.location.pathname.replace(APP_BASE, "") || "/",
  });
  const current = isCurrent(item, path);
  return (
    <li>
      <a
        {...link}
        className={mergeClasses(styles.item, current && styles.current)}
        aria-current={current ? "page" : undefined}
        aria-label={isCollapsed ? item.label : undefined}
        title={isCollapsed ? item.label : undefined}
      >
        <NamedIcon name={item.icon ?? item.table} />
        {!isCollapsed && <span className={styles.label}>{item.label}</span>}
      </a>
    </li>
  );
}

export function SiteMap({ isCollapsed }: { isCollapsed: boolean }) {
  const styles = useStyles();
  const siteMap = useQuery(siteMapQuery);
  return (
    <nav id="site-map" aria-label={t.shell.siteMap} className={styles.nav}>
      {siteMap.error && <ErrorNote error={siteMap.error} onRetry={() => siteMap.refetch()} />}
      {siteMap.data?.areas.map((area, areaIndex) =>
        area.groups.map((group, groupIndex) => (
          <Fragment key={`${area.id}/${group.label}`}>
            {isCollapsed ? (
              areaIndex + groupIndex > 0 && <hr className={styles.line} />
            ) : (
              <Text as="h2" className={styles.heading} style={{ margin: 0 }}>
                {group.label || area.label}
              </Text>
            )}
            <ul className={styles.list}>
              {group.items.map((item) => (
                <Item key={item.id} item={item} isCollapsed={isCollapsed} />
              ))}
            </ul>
          </Fragment>
        )),
      )}
    </nav>
  );
}
