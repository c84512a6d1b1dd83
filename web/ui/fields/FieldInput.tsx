import { ChoiceInput, ChoicesInput, YesNoInput } from "./ChoiceInputs";
import { DateInput, DateTimeInput } from "./DateInputs";
import { LookupInput } from "./LookupInput";
import { NumberInput } from "./NumberInput";
import { PartyInput } from "./PartyInput";
import { MemoInput, TextInput } from "./TextInputs";
import type { FieldInputProps } from "./types";

/** The input for a column, by its type. All inputs are controlled. */
export function FieldInput(props: FieldInputProps) {
  switch (props.column.type) {
    case "memo":
      return <MemoInput {...props} />;
    case "whole":
    case "big":
    case "decimal":
    case "money":
      return <NumberInput {...props} />;
    case "yesno":
      return <YesNoInput {...props} />;
    case "choice":
    case "state":
    case "status":
      return <ChoiceInput {...props} />;
    case "choices":
      return <ChoicesInput {...props} />;
    case "date":
      return <DateInput {...props} />;
    case "datetime":
      return <DateTimeInput {...props} />;
    case "lookup":
    case "owner":
    case "customer":
      return <LookupInput {...props} />;
    case "party":
      return <PartyInput {...props} />;
    case "text":
    case "id":
      return <TextInput {...props} />;
  }
}
