import { Button, Field, makeStyles, Text, tokens } from "@fluentui/react-components";
import { AttachRegular } from "@fluentui/react-icons";
import { type DragEvent, useId, useRef } from "react";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  drop: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalL,
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  input: { display: "none" },
});

interface FileFieldProps {
  label: string;
  accept: string;
  file: File | null;
  error?: string | undefined;
  onChange: (file: File | null) => void;
}

/** A file to choose or to drop. */
export function FileField({ label, accept, file, error, onChange }: FileFieldProps) {
  const styles = useStyles();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    onChange(event.dataTransfer.files[0] ?? null);
  };
  return (
    <Field
      label={{ children: label, htmlFor: id }}
      required
      validationState={error ? "error" : "none"}
      validationMessage={error}
    >
      <div className={styles.drop} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <Button icon={<AttachRegular />} onClick={() => input.current?.click()}>
          {t.shell.open}…
        </Button>
        <Text>{file?.name ?? accept}</Text>
        <input
          ref={input}
          id={id}
          type="file"
          accept={accept}
          className={styles.input}
          onChange={(event) => onChange(event.target.files?.[0] ?? null)}
        />
      </div>
    </Field>
  );
}
