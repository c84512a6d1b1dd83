import { lazy, Suspense } from "react";
import { toApiError } from "@/api/error";
import { t } from "@/ui/texts";

const ErrorBar = lazy(() => import("./ErrorBar").then((module) => ({ default: module.ErrorBar })));

interface ErrorNoteProps {
  error: unknown;
  title?: string;
  onRetry?: () => void;
}

/** The sentence that helps: what the server said, or what its silence means. */
export function describeError(thrown: unknown): string {
  const error = toApiError(thrown);
  if (error.status === 0 && !error.code) {
    return thrown instanceof Error && error.message ? error.message : t.shell.error.offline;
  }
  return error.message;
}

/**
 * A refusal where it arose. Its words are there even when the server cannot send the nicer frame.
 */
export function ErrorNote({ error, title, onRetry }: ErrorNoteProps) {
  const text = describeError(error);
  return (
    <div role="alert">
      <Suspense fallback={text}>
        <ErrorBar text={text} title={title} onRetry={onRetry} />
      </Suspense>
    </div>
  );
}
