import type { Column } from "@/api/metadata";
import type { FieldValue } from "./values";

export interface FieldInputProps {
  column: Column;
  value: FieldValue;
  /** Each change while somebody types. */
  onChange: (value: FieldValue) => void;
  /** The value is finished: the field was left or something was chosen. */
  onCommit: (value: FieldValue) => void;
  id?: string;
  /** Set where no visible label belongs to the input (cells of a grid). */
  label?: string;
  describedBy?: string;
  readOnly?: boolean;
  invalid?: boolean;
  autoFocus?: boolean;
  /** Inside a grid: no frame, and a choice opens at once. */
  inCell?: boolean;
  currencySymbol?: string;
  /** Of a lookup: an additional condition in OData. */
  lookupFilter?: string;
}

export const ariaOf = (props: FieldInputProps) => ({
  id: props.id,
  "aria-label": props.label,
  "aria-describedby": props.describedBy,
  "aria-invalid": props.invalid || undefined,
  "aria-required": props.column.required || undefined,
});
