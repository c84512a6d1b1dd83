import { Field, makeStyles, tokens } from "@fluentui/react-components";
import type { Column } from "@/api/metadata";
import { FieldInput } from "@/ui/fields/FieldInput";
import { useCurrencySymbol } from "./useCurrency";
import type { RecordSession } from "./useRecordSession";

const useStyles = makeStyles({
  field: {
    minWidth: 0,
    "& label": { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  },
});

interface FormFieldProps {
  session: RecordSession;
  column: Column;
  isReadOnly: boolean;
}

/** A column on a form: label, required mark, input, and what is wrong with it. */
export function FormField({ session, column, isReadOnly }: FormFieldProps) {
  const styles = useStyles();
  const currencySymbol = useCurrencySymbol(session);
  const error = session.state.errors[column.name];
  return (
    <Field
      className={styles.field}
      label={column.label}
      required={column.required && !isReadOnly}
      hint={undefined}
      validationState={error ? "error" : "none"}
      validationMessage={error}
    >
      <FieldInput
        column={column}
        value={session.value(column)}
        readOnly={isReadOnly || column.readOnly === true}
        invalid={error !== undefined}
        currencySymbol={currencySymbol}
        onChange={(value) => session.edit(column, value)}
        onCommit={(value) => session.commit(column, value)}
      />
    </Field>
  );
}
