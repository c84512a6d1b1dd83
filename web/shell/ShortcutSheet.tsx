import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Subtitle2,
  tokens,
} from "@fluentui/react-components";
import { useClosing } from "@/ui/dialogs/useClosing";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  groups: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(230px, 1fr))",
    gap: tokens.spacingHorizontalXL,
  },
  list: { margin: 0, display: "grid", gap: tokens.spacingVerticalXS },
  entry: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalM },
  keys: { margin: 0, whiteSpace: "nowrap" },
  key: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    padding: "1px 6px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
  },
});

const { shortcuts } = t.shell;

const GROUPS: readonly { title: string; keys: readonly [string, string][] }[] = [
  {
    title: shortcuts.everywhere,
    keys: [
      ["Ctrl+K  /", shortcuts.palette],
      ["?", shortcuts.sheet],
      ["c", shortcuts.create],
      ["g h  l  o  q  r", shortcuts.goTo],
    ],
  },
  {
    title: shortcuts.list,
    keys: [
      ["← ↑ → ↓", shortcuts.move],
      ["F2  Enter", shortcuts.edit],
      ["Esc", shortcuts.cancel],
      ["Space", shortcuts.select],
      ["Ctrl+A", shortcuts.selectAll],
      ["Enter", shortcuts.sort],
      ["Alt+↓", shortcuts.filter],
    ],
  },
  {
    title: shortcuts.record,
    keys: [
      ["Ctrl+S", shortcuts.save],
      ["Alt+↑  Alt+↓", shortcuts.next],
    ],
  },
];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const styles = useStyles();
  const { isOpen, close } = useClosing(onClose);
  return (
    <Dialog open={isOpen} onOpenChange={(_, data) => !data.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{shortcuts.title}</DialogTitle>
          <DialogContent className={styles.groups}>
            {GROUPS.map((group) => (
              <section key={group.title}>
                <Subtitle2 as="h3">{group.title}</Subtitle2>
                <dl className={styles.list}>
                  {group.keys.map(([keys, meaning]) => (
                    <div key={keys + meaning} className={styles.entry}>
                      <dt>{meaning}</dt>
                      <dd className={styles.keys}>
                        {keys.split("  ").map((key) => (
                          <kbd key={key} className={styles.key}>
                            {key}
                          </kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{t.shell.close}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
