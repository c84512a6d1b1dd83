import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { KeyboardRegular, SignOutRegular } from "@fluentui/react-icons";
import { signOut } from "@/api/session";
import { type ThemeChoice, useColorScheme } from "@/ui/colorScheme";
import { useDialogs } from "@/ui/dialogs/host";
import { Initials } from "@/ui/Initials";
import { LazyMenu } from "@/ui/menu/LazyMenu";
import { hrefOf } from "@/ui/paths";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import { ConfirmDialog } from "./later";

const useStyles = makeStyles({
  person: {
    display: "flex",
    flexDirection: "column",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  muted: { color: tokens.colorNeutralForeground3 },
  button: { minWidth: "auto", padding: tokens.spacingHorizontalXXS },
});

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const styles = useStyles();
  const session = useSession();
  const dialogs = useDialogs();
  const { choice, choose } = useColorScheme();

  const leave = async () => {
    await signOut(session.csrfToken);
    // A whole new page: nothing of this person stays in memory.
    window.location.assign(hrefOf("/sign-in"));
  };
  // A refusal needs a place to stand; the menu is gone by then.
  const tryToLeave = () =>
    leave().catch(() =>
      dialogs.open((close) => (
        <ConfirmDialog
          title={t.shell.signOut}
          text={t.shell.error.offline}
          confirm={t.shell.retry}
          onConfirm={leave}
          onClose={close}
        />
      )),
    );
  return (
    <LazyMenu
      className={styles.button}
      appearance="subtle"
      shape="circular"
      icon={<Initials name={session.fullName} isBrand label={t.shell.userMenu(session.fullName)} />}
      content={{
        heading: (
          <div className={styles.person}>
            <Text weight="semibold">{session.fullName}</Text>
            <Text size={200} className={styles.muted}>
              {session.title ?? session.roles.join(", ")}
            </Text>
          </div>
        ),
        choice: {
          name: "theme",
          label: t.shell.theme,
          value: choice,
          options: [
            { value: "light", label: t.shell.themeLight },
            { value: "dark", label: t.shell.themeDark },
            { value: "system", label: t.shell.themeSystem },
          ],
          onChoose: (value) => choose(value as ThemeChoice),
        },
        entries: [
          {
            key: "keys",
            label: t.shell.keys,
            icon: <KeyboardRegular />,
            shortcut: "?",
            run: onShortcuts,
          },
          {
            key: "signOut",
            label: t.shell.signOut,
            icon: <SignOutRegular />,
            run: tryToLeave,
          },
        ],
      }}
    />
  );
}
