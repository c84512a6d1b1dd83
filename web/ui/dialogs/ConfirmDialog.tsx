import { Text } from "@fluentui/react-components";
import { FormDialog } from "./FormDialog";

interface ConfirmDialogProps {
  title: string;
  text: string;
  confirm: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

export function ConfirmDialog({ title, text, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <FormDialog title={title} submit={confirm} onSubmit={onConfirm} onClose={onClose} isDanger>
      <Text>{text}</Text>
    </FormDialog>
  );
}
