// A button with a menu. The menu itself is loaded when the button is pressed for the first time.
import { Button, type ButtonProps } from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense, useRef, useState } from "react";

export interface MenuEntry {
  key: string;
  label: string;
  icon?: ReactElement;
  /** Shown at the end of the line: the key that does the same. */
  shortcut?: string;
  isDisabled?: boolean;
  run: () => void | Promise<void>;
}

export interface MenuChoice {
  name: string;
  label?: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
}

export interface MenuContent {
  heading?: ReactElement;
  choice?: MenuChoice;
  entries?: readonly MenuEntry[];
}

const MenuSurface = lazy(() =>
  import("./MenuSurface").then((module) => ({ default: module.MenuSurface })),
);

type LazyMenuProps = Omit<ButtonProps, "content" | "as"> & { content: MenuContent };

export function LazyMenu({ content, ...button }: LazyMenuProps) {
  const target = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        {...(button as ButtonProps)}
        ref={target}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <Suspense fallback={null}>
          <MenuSurface
            target={target}
            content={content}
            onClose={() => {
              setOpen(false);
              target.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
