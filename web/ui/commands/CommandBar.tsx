import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { MoreHorizontalRegular } from "@fluentui/react-icons";
import { type ReactElement, useState } from "react";
import { Busy } from "@/ui/feedback/Busy";
import { LazyMenu } from "@/ui/menu/LazyMenu";
import { t } from "@/ui/texts";

export interface CommandButton {
  name: string;
  label: string;
  icon: ReactElement;
  isPrimary?: boolean;
  isDisabled?: boolean;
  run: () => void | Promise<void>;
}

interface CommandBarProps {
  label: string;
  commands: readonly CommandButton[];
  /** A refusal belongs above the page's content, where it stays. */
  onError: (error: unknown) => void;
}

const useStyles = makeStyles({
  bar: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    padding: 0,
    flexWrap: "wrap",
  },
});

const IN_BAR = 6;

export function CommandBar({ label, commands, onError }: CommandBarProps) {
  const styles = useStyles();
  const [working, setWorking] = useState<string | null>(null);
  const run = async (command: CommandButton) => {
    setWorking(command.name);
    onError(null);
    try {
      await command.run();
    } catch (thrown) {
      onError(thrown);
    } finally {
      setWorking(null);
    }
  };
  const sorted = [...commands].sort((a, b) => Number(b.isPrimary ?? 0) - Number(a.isPrimary ?? 0));
  const inBar = sorted.length > IN_BAR + 1 ? sorted.slice(0, IN_BAR) : sorted;
  const inMenu = sorted.slice(inBar.length);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs.
    <div role="group" aria-label={label} className={styles.bar}>
      {inBar.map((command) => (
        <Button
          key={command.name}
          appearance={command.isPrimary ? "primary" : "subtle"}
          disabled={command.isDisabled || working !== null}
          icon={working === command.name ? <Busy /> : command.icon}
          onClick={() => run(command)}
        >
          {command.label}
        </Button>
      ))}
      {inMenu.length > 0 && (
        <LazyMenu
          appearance="subtle"
          icon={<MoreHorizontalRegular />}
          aria-label={t.shell.more}
          content={{
            entries: inMenu.map((command) => ({
              key: command.name,
              label: command.label,
              icon: command.icon,
              isDisabled: command.isDisabled === true || working !== null,
              run: () => run(command),
            })),
          }}
        />
      )}
    </div>
  );
}
