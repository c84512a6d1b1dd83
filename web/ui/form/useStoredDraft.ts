// What was typed into a new record survives a reload and a crash until it is saved or given up.
import { useEffect, useMemo } from "react";
import type { Draft } from "@/ui/fields/values";
import { forgetDraft, rememberDraft, storedDraft } from "@/ui/memory";
import type { RecordSession } from "./useRecordSession";

const PAUSE_MS = 400;

/**
 * The values a new record starts with: what was left behind, over what the address brings along.
 */
export function useStartValues(key: string, presets: Draft): Draft {
  return useMemo(() => ({ ...storedDraft<Draft>(key), ...presets }), [key, presets]);
}

export function useStoredDraft(key: string, session: RecordSession): void {
  const { draft } = session.state;
  const { isNew } = session;
  useEffect(() => {
    if (!isNew) {
      forgetDraft(key);
      return;
    }
    const timer = setTimeout(() => rememberDraft(key, draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key, draft, isNew]);
}
