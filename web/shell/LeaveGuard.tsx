import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useBlocker } from "@tanstack/react-router";
import { t } from "@/ui/texts";

interface LeaveGuardProps {
  isDirty: boolean;
  /** The work is given up for good. */
  onLeave?: () => void;
}

/** Asks before unsaved work is left behind. */
export function LeaveGuard({ isDirty, onLeave }: LeaveGuardProps) {
  const blocker = useBlocker({
    // Another tab of the same form is no leaving.
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") {
    return null;
  }
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t.form.discardTitle}</DialogTitle>
          <DialogContent>{t.form.discardText}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={blocker.reset}>
              {t.form.stay}
            </Button>
            <Button
              onClick={() => {
                onLeave?.();
                blocker.proceed();
              }}
            >
              {t.form.leave}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
