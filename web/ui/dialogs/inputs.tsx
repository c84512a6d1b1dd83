// Inputs of dialogs that are no columns of a table, drawn by the same field inputs.
import { Field } from "@fluentui/react-components";
import { useId } from "react";
import type { Column } from "@/api/metadata";
import { FieldInput } from "@/ui/fields/FieldInput";
import type { FieldValue } from "@/ui/fields/values";

interface DialogFieldProps {
  column: Column;
  value: FieldValue;
  onChange: (value: FieldValue) => void;
  error?: string | undefined;
  currencySymbol?: string;
  lookupFilter?: string;
}

export function DialogField(props: DialogFieldProps) {
  const { column, value, onChange, error } = props;
  const id = useId();
  return (
    <Field
      label={{ children: column.label, htmlFor: id }}
      required={column.required}
      validationState={error ? "error" : "none"}
      validationMessage={error}
    >
      <FieldInput
        id={id}
        column={column}
        value={value}
        onChange={onChange}
        onCommit={onChange}
        {...(props.currencySymbol ? { currencySymbol: props.currencySymbol } : {})}
        {...(props.lookupFilter ? { lookupFilter: props.lookupFilter } : {})}
      />
    </Field>
  );
}

export const lookupColumn = (
  label: string,
  table: string,
  set: string,
  required = false,
): Column => ({
  name: table,
  label,
  type: "lookup",
  required,
  targets: [{ table, set, navigation: table, label }],
});
