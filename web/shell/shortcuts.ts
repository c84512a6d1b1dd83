// Keys that work on every page. None fires while somebody types.
import { useEffect } from "react";
import { listPath } from "@/ui/paths";

const GO_TO: Record<string, string> = {
  h: "/",
  l: listPath("lead"),
  o: listPath("opportunity"),
  q: listPath("quote"),
  r: listPath("salesorder"),
  i: listPath("invoice"),
  a: listPath("account"),
  c: "/channels",
};

const SEQUENCE_MS = 1200;

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

interface Shortcuts {
  openPalette: () => void;
  openSheet: () => void;
  go: (path: string) => void;
}

export function useShortcuts({ openPalette, openSheet, go }: Shortcuts): void {
  useEffect(() => {
    let lastG = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      const isPalette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (isPalette) {
        event.preventDefault();
        if (!document.querySelector('[role="dialog"]')) {
          openPalette();
        }
        return;
      }
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
      if (hasModifier || event.defaultPrevented || isTyping(event.target)) {
        return;
      }
      if (document.querySelector('[role="dialog"],[role="alertdialog"]')) {
        return;
      }
      if (event.key === "?") {
        event.preventDefault();
        openSheet();
      } else if (event.key === "/") {
        event.preventDefault();
        openPalette();
      } else if (event.key === "g") {
        lastG = Date.now();
      } else if (Date.now() - lastG < SEQUENCE_MS) {
        const path = GO_TO[event.key];
        lastG = 0;
        if (path) {
          event.preventDefault();
          go(path);
        }
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [openPalette, openSheet, go]);
}
