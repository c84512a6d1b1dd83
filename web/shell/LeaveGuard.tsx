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
import { useRef } from "react";
import { useClosing } from "@/ui/dialogs/useClosing";
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
    <LeaveDialog
      onStay={blocker.reset}
      onLeave={() => {
        onLeave?.();
        blocker.proceed();
      }}
    />
  );
}

function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const leaves = useRef(false);
  const { isOpen, close } = useClosing(() => (leaves.current ? onLeave() : onStay()));
  return (
    <Dialog open={isOpen} modalType="alert" onOpenChange={(_, data) => !data.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t.form.discardTitle}</DialogTitle>
          <DialogContent>{t.form.discardText}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              {t.form.stay}
            </Button>
            <Button
              onClick={() => {
                leaves.current = true;
                close();
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
