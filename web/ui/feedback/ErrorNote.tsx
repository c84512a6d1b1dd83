import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from "@fluentui/react-components";
import { toApiError } from "@/api/error";
import { t } from "@/ui/texts";

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

export function ErrorNote({ error, title, onRetry }: ErrorNoteProps) {
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        {title && <MessageBarTitle>{title}</MessageBarTitle>}
        {describeError(error)}
      </MessageBarBody>
      {onRetry && (
        <MessageBarActions>
          <Button size="small" onClick={onRetry}>
            {t.shell.retry}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
