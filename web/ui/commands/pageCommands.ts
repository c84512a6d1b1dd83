// The commands of the page on the screen, for the palette: whatever the command bar has, it has
// too.
import { useEffect, useSyncExternalStore } from "react";
import type { CommandButton } from "./CommandBar";

let current: readonly CommandButton[] = [];
const listeners = new Set<() => void>();

function publish(commands: readonly CommandButton[]): void {
  current = commands;
  for (const listener of listeners) {
    listener();
  }
}

export function usePublishCommands(commands: readonly CommandButton[]): void {
  useEffect(() => {
    publish(commands);
    return () => publish([]);
  }, [commands]);
}

export function usePageCommands(): readonly CommandButton[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
