import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from "@fluentui/react-components";
import { t } from "@/ui/texts";

interface ErrorBarProps {
  text: string;
  title: string | undefined;
  onRetry: (() => void) | undefined;
}

export function ErrorBar({ text, title, onRetry }: ErrorBarProps) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        {title && <MessageBarTitle>{title}</MessageBarTitle>}
        {text}
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
