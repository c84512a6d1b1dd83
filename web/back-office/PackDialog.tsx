import { Field, Input, Text } from "@fluentui/react-components";
import { useState } from "react";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { t } from "@/ui/texts";

const words = t.office.orders;

interface PackDialogProps {
  onPack: (tracking: string) => Promise<void>;
  onClose: () => void;
}

export function PackDialog({ onPack, onClose }: PackDialogProps) {
  const [tracking, setTracking] = useState("");
  return (
    <FormDialog
      title={words.steps.pack}
      submit={words.steps.pack}
      onClose={onClose}
      onSubmit={() => onPack(tracking.trim())}
    >
      <Text>{words.packText}</Text>
      <Field label={words.tracking}>
        <Input value={tracking} maxLength={60} onChange={(_, data) => setTracking(data.value)} />
      </Field>
    </FormDialog>
  );
}
