import { Dropdown, Input, makeStyles, Option, Select, Switch } from "@fluentui/react-components";
import { t } from "@/ui/texts";
import { ariaOf, type FieldInputProps } from "./types";
import { choicesOf } from "./values";

const useStyles = makeStyles({ full: { width: "100%", minWidth: 0 } });

export function ChoiceInput(props: FieldInputProps) {
  const styles = useStyles();
  const { column, value, onChange, onCommit, readOnly, autoFocus, inCell } = props;
  if (readOnly) {
    // A closed list that cannot be opened: its text, as the other fields show theirs.
    const chosen = column.options?.find((option) => option.value === value);
    return (
      <Input
        {...ariaOf(props)}
        className={styles.full}
        appearance={inCell ? "underline" : "filled-darker"}
        value={chosen?.label ?? ""}
        readOnly
      />
    );
  }
  const isEmptyAllowed = !column.required || value === null;
  const choose = (text: string) => {
    const next = text === "" ? null : Number(text);
    onChange(next);
    onCommit(next);
  };
  return (
    <Select
      {...ariaOf(props)}
      className={styles.full}
      appearance={inCell ? "underline" : "outline"}
      value={value === null ? "" : String(value)}
      autoFocus={autoFocus}
      onChange={(_, data) => choose(data.value)}
    >
      {isEmptyAllowed && <option value="">{t.form.choose}</option>}
      {(column.options ?? []).map((option) => (
        <option key={option.value} value={String(option.value)}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

export function YesNoInput(props: FieldInputProps) {
  const { column, value, onChange, onCommit, readOnly, inCell } = props;
  const isOn = value === true;
  const label = (on: boolean) =>
    column.options?.find((option) => option.value === (on ? 1 : 0))?.label ??
    (on ? t.shell.yes : t.shell.no);
  return (
    <Switch
      {...ariaOf(props)}
      checked={isOn}
      disabled={readOnly}
      label={inCell ? undefined : label(isOn)}
      onChange={(_, data) => {
        onChange(data.checked);
        onCommit(data.checked);
      }}
    />
  );
}

export function ChoicesInput(props: FieldInputProps) {
  const styles = useStyles();
  const { column, onChange, onCommit, readOnly, inCell } = props;
  const chosen = choicesOf(props.value);
  const options = column.options ?? [];
  const text = options
    .filter((option) => chosen.includes(option.value))
    .map((option) => option.label)
    .join("; ");
  return (
    <Dropdown
      {...ariaOf(props)}
      className={styles.full}
      appearance={inCell ? "underline" : "outline"}
      multiselect
      disabled={readOnly}
      value={text}
      selectedOptions={chosen.map(String)}
      onOptionSelect={(_, data) => onChange(data.selectedOptions.map(Number))}
      onOpenChange={(_, data) => {
        if (!data.open) {
          onCommit(chosen);
        }
      }}
    >
      {options.map((option) => (
        <Option key={option.value} value={String(option.value)}>
          {option.label}
        </Option>
      ))}
    </Dropdown>
  );
}
