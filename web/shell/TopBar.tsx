import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { NavigationRegular, SearchRegular } from "@fluentui/react-icons";
import { useInnerLink } from "@/ui/AppLink";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import { Bell } from "./Bell";
import { UserMenu } from "./UserMenu";

const useStyles = makeStyles({
  bar: {
    gridArea: "top",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `0 ${tokens.spacingHorizontalS}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    zIndex: 10,
  },
  brand: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    minWidth: 0,
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  mark: { width: "26px", height: "26px" },
  organization: { color: tokens.colorNeutralForeground3 },
  search: {
    flex: "0 1 380px",
    margin: "0 auto",
    justifyContent: "flex-start",
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightRegular,
    "& > span:last-child": { flexGrow: 1 },
  },
  searchInner: { display: "flex", justifyContent: "space-between", flexGrow: 1 },
  right: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
});

interface TopBarProps {
  isNavCollapsed: boolean;
  onToggleNav: () => void;
  onSearch: () => void;
  onShortcuts: () => void;
}

export function TopBar({ isNavCollapsed, onToggleNav, onSearch, onShortcuts }: TopBarProps) {
  const styles = useStyles();
  const { organizationName } = useSession();
  const home = useInnerLink("/");
  const toggleLabel = isNavCollapsed ? t.shell.expand : t.shell.collapse;
  return (
    <header className={styles.bar}>
      <Button
        appearance="subtle"
        icon={<NavigationRegular />}
        title={toggleLabel}
        aria-label={toggleLabel}
        aria-expanded={!isNavCollapsed}
        aria-controls="site-map"
        onClick={onToggleNav}
      />
      <a className={styles.brand} {...home}>
        <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" className={styles.mark} />
        <Text weight="semibold" size={400}>
          {t.shell.product}
        </Text>
        <Text className={styles.organization} truncate wrap={false}>
          {organizationName}
        </Text>
      </a>
      <Button
        className={styles.search}
        appearance="outline"
        icon={<SearchRegular />}
        aria-keyshortcuts="Control+K"
        onClick={onSearch}
      >
        <span className={styles.searchInner}>
          <span>{t.shell.search.button}</span>
          <span aria-hidden>Ctrl K</span>
        </span>
      </Button>
      <div className={styles.right}>
        <Bell />
        <UserMenu onShortcuts={onShortcuts} />
      </div>
    </header>
  );
}
