import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  Text,
} from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/api/error";
import { attachTranscript, type CalendarOutcome, openCalendarFile, sendEmail } from "@/api/sales";
import { FileField } from "@/ui/dialogs/FileField";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import type { RecordDialogProps } from "@/ui/dialogs/host";
import { useClosing } from "@/ui/dialogs/useClosing";
import { useNotify } from "@/ui/feedback/notify";
import { toBase64 } from "@/ui/files";
import { refreshTables } from "@/ui/queries";
import { t } from "@/ui/texts";
import { ActivityForm } from "@/ui/timeline/ActivityForm";

const MAX_BYTES = 10 * 1024 * 1024;

function checked(file: File | null): File {
  if (!file) {
    throw new ApiError(t.sales.appointment.chooseFile);
  }
  if (file.size > MAX_BYTES) {
    throw new ApiError(t.sales.appointment.tooBig);
  }
  return file;
}

export function BookAppointmentDialog({ table, row, onClose }: RecordDialogProps) {
  const { isOpen, close } = useClosing(onClose);
  return (
    <Dialog open={isOpen} modalType="modal" onOpenChange={(_, data) => !data.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle
            action={
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={t.shell.close}
                onClick={close}
              />
            }
          >
            {t.sales.appointment.bookTitle}
          </DialogTitle>
          <DialogContent>
            <ActivityForm kind="appointment" table={table} row={row} onDone={close} />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

export function OpenCalendarFileDialog({ row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const notify = useNotify();
  const [file, setFile] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<CalendarOutcome | null>(null);
  return (
    <FormDialog
      title={t.sales.appointment.calendarTitle}
      submit={t.sales.appointment.calendarSubmit}
      onClose={onClose}
      onSubmit={async () => {
        const chosen = checked(file);
        const answer = await openCalendarFile(row.id, chosen.name, await toBase64(chosen));
        await refreshTables(client, ["appointment", "activitypointer"]);
        if (answer.Outcome !== "applied") {
          // The reason stays on the screen; only success may close the dialog.
          setOutcome(answer);
          throw new ApiError(`${t.sales.appointment[answer.Outcome]}: ${answer.Message}`);
        }
        notify(`${t.sales.appointment.applied}: ${answer.Message}`);
      }}
    >
      <Text>{t.sales.appointment.calendarText}</Text>
      {outcome?.Outcome === "held" && (
        <MessageBar intent="warning">
          <MessageBarBody>{t.sales.appointment.held}</MessageBarBody>
        </MessageBar>
      )}
      <FileField
        label={t.sales.appointment.file}
        accept=".ics,.eml"
        file={file}
        onChange={(next) => {
          setFile(next);
          setOutcome(null);
        }}
      />
    </FormDialog>
  );
}

export function AttachTranscriptDialog({ row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const notify = useNotify();
  const [file, setFile] = useState<File | null>(null);
  return (
    <FormDialog
      title={t.sales.appointment.transcriptTitle}
      submit={t.sales.appointment.transcriptSubmit}
      onClose={onClose}
      onSubmit={async () => {
        const chosen = checked(file);
        await attachTranscript(row.id, chosen.name, await toBase64(chosen));
        await refreshTables(client, ["appointment"]);
        notify(t.sales.appointment.transcriptDone);
      }}
    >
      <Text>{t.sales.appointment.transcriptText}</Text>
      <FileField label={t.sales.appointment.file} accept=".vtt" file={file} onChange={setFile} />
    </FormDialog>
  );
}

export function SendEmailDialog({ row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const notify = useNotify();
  return (
    <FormDialog
      title={t.sales.email.sendTitle}
      submit={t.sales.email.send}
      onClose={onClose}
      onSubmit={async () => {
        await sendEmail(row.id);
        await refreshTables(client, ["email", "activitypointer"]);
        notify(t.sales.email.sent);
      }}
    >
      <Text>{t.sales.email.sendText}</Text>
    </FormDialog>
  );
}
