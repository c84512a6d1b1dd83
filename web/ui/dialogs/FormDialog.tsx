import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { type FormEvent, type ReactNode, useState } from "react";
import { Busy } from "@/ui/feedback/Busy";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { t } from "@/ui/texts";
import { useClosing } from "./useClosing";

const useStyles = makeStyles({
  wide: { maxWidth: "860px", width: "calc(100vw - 64px)" },
  content: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalS,
  },
});

interface FormDialogProps {
  title: string;
  submit: string;
  children: ReactNode;
  onClose: () => void;
  /** Does the work; the dialog closes when it is done and shows the reason when it is refused. */
  onSubmit: () => Promise<void>;
  isWide?: boolean;
  isSubmitDisabled?: boolean;
  isDanger?: boolean;
}

/** A question with an answer that may be refused: the button shows progress, the error stays. */
export function FormDialog(props: FormDialogProps) {
  const styles = useStyles();
  const { isOpen, close } = useClosing(props.onClose);
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setWorking(true);
    setError(null);
    try {
      await props.onSubmit();
      close();
    } catch (thrown) {
      setError(thrown);
      setWorking(false);
    }
  };

  return (
    <Dialog
      open={isOpen}
      modalType={props.isDanger ? "alert" : "modal"}
      onOpenChange={(_, data) => {
        if (!data.open && !isWorking) {
          close();
        }
      }}
    >
      <DialogSurface className={mergeClasses(props.isWide && styles.wide)}>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle>{props.title}</DialogTitle>
            <DialogContent className={styles.content}>
              {error !== null && <ErrorNote error={error} />}
              {props.children}
            </DialogContent>
            <DialogActions>
              <Button
                type="submit"
                appearance="primary"
                disabled={isWorking || props.isSubmitDisabled}
                icon={isWorking ? <Busy /> : undefined}
              >
                {props.submit}
              </Button>
              <Button disabled={isWorking} onClick={close}>
                {t.shell.cancel}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
