import {
  Avatar,
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  tokens,
} from "@fluentui/react-components";
import { KeyboardRegular, SignOutRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { signOut } from "@/api/session";
import { type ThemeChoice, useColorScheme } from "@/ui/colorScheme";
import { describeError } from "@/ui/feedback/ErrorNote";
import { hrefOf } from "@/ui/paths";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  person: {
    display: "flex",
    flexDirection: "column",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  muted: { color: tokens.colorNeutralForeground3 },
  error: { color: tokens.colorPaletteRedForeground1, padding: tokens.spacingHorizontalM },
  button: { minWidth: "auto", padding: tokens.spacingHorizontalXXS },
});

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const styles = useStyles();
  const session = useSession();
  const { choice, choose } = useColorScheme();
  const [problem, setProblem] = useState<string | null>(null);

  const leave = async () => {
    try {
      await signOut(session.csrfToken);
      // A whole new page: nothing of this person stays in memory.
      window.location.assign(hrefOf("/sign-in"));
    } catch (thrown) {
      setProblem(describeError(thrown));
    }
  };
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, data) => choose((data.checkedItems[0] ?? "system") as ThemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          className={styles.button}
          appearance="subtle"
          shape="circular"
          aria-label={t.shell.userMenu(session.fullName)}
          icon={<Avatar size={28} name={session.fullName} color="brand" aria-hidden />}
        />
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.person}>
          <Text weight="semibold">{session.fullName}</Text>
          <Text size={200} className={styles.muted}>
            {session.title ?? session.roles.join(", ")}
          </Text>
        </div>
        <MenuList>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t.shell.theme}</MenuGroupHeader>
            <MenuItemRadio name="theme" value="light">
              {t.shell.themeLight}
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="dark">
              {t.shell.themeDark}
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="system">
              {t.shell.themeSystem}
            </MenuItemRadio>
          </MenuGroup>
          <MenuDivider />
          <MenuItem icon={<KeyboardRegular />} secondaryContent="?" onClick={onShortcuts}>
            {t.shell.keys}
          </MenuItem>
          <MenuItem icon={<SignOutRegular />} onClick={leave} persistOnClick>
            {t.shell.signOut}
          </MenuItem>
        </MenuList>
        {problem && (
          <Text role="alert" block className={styles.error}>
            {problem}
          </Text>
        )}
      </MenuPopover>
    </Menu>
  );
}
