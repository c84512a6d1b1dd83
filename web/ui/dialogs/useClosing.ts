// A modal dialog makes everything else inert until the focus is outside of it again. So it closes
// first, the focus goes back to where it came from, and then whoever opened it hears of it.
import { useCallback, useEffect, useRef, useState } from "react";

const CLOSING_MS = 300;

/** The dialog that has the focus now. */
function dialogInFocus(): Element | null {
  return document.activeElement?.closest('[role="dialog"], [role="alertdialog"]') ?? null;
}

/** The element that had the focus, or the page itself where that has gone in the meantime. */
function giveFocusBack(to: Element | null): void {
  const isThere = to instanceof HTMLElement && to.isConnected && to !== document.body;
  const target = isThere ? to : document.getElementById("content");
  target?.focus({ preventScroll: true });
  if (document.activeElement !== target) {
    document.getElementById("content")?.focus({ preventScroll: true });
  }
}

export function useClosing(onClosed: () => void): { isOpen: boolean; close: () => void } {
  const [isOpen, setOpen] = useState(true);
  const [origin] = useState(() => document.activeElement);
  const own = useRef<Element | null>(null);
  const latest = useRef(onClosed);
  latest.current = onClosed;
  useEffect(() => {
    if (isOpen) {
      return;
    }
    const timer = setTimeout(() => {
      // Who is quick has another dialog open by now; its focus is not taken away.
      const other = dialogInFocus();
      if (!other || other === own.current) {
        giveFocusBack(origin);
      }
      latest.current();
    }, CLOSING_MS);
    return () => clearTimeout(timer);
  }, [isOpen, origin]);
  const close = useCallback(() => {
    own.current = dialogInFocus();
    setOpen(false);
  }, []);
  return { isOpen, close };
}
