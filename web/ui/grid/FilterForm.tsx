import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  Select,
  Text,
  tokens,
} from "@fluentui/react-components";
import { type FormEvent, useState } from "react";
import { type Column, isLookup, isNumeric } from "@/api/metadata";
import { parseDecimal } from "@/ui/fields/decimal";
import { LookupInput } from "@/ui/fields/LookupInput";
import { isLookupValue, type LookupValue } from "@/ui/fields/values";
import { userLocale } from "@/ui/format";
import { t } from "@/ui/texts";
import { type ColumnFilter, needsValue, type Operator, operatorsOf } from "./filters";

const useStyles = makeStyles({
  form: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    width: "260px",
  },
  choices: { display: "flex", flexDirection: "column", maxHeight: "240px", overflowY: "auto" },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS },
});

interface FilterFormProps {
  column: Column;
  filter: ColumnFilter | undefined;
  onApply: (filter: ColumnFilter | null) => void;
}

export function FilterForm({ column, filter, onApply }: FilterFormProps) {
  const styles = useStyles();
  const operators = operatorsOf(column);
  const [operator, setOperator] = useState<Operator>(filter?.o ?? operators[0] ?? "eq");
  const [value, setValue] = useState<string | number[]>(filter?.v ?? "");
  const [lookup, setLookup] = useState<LookupValue | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!needsValue(operator)) {
      onApply({ c: column.name, o: operator });
      return;
    }
    const given = isLookup(column) ? (lookup?.id ?? value) : value;
    const text =
      typeof given === "string" && isNumeric(column) ? parseDecimal(given, userLocale()) : given;
    const isSet = text !== null && text.length > 0;
    onApply(isSet ? { c: column.name, o: operator, v: text } : null);
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <Text weight="semibold">{t.grid.filterTitle(column.label)}</Text>
      {operators.length > 1 && (
        <Field label={t.grid.operator}>
          <Select value={operator} onChange={(_, data) => setOperator(data.value as Operator)}>
            {operators.map((each) => (
              <option key={each} value={each}>
                {t.grid.operators[each]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {needsValue(operator) && (
        <FilterValue
          column={column}
          value={value}
          lookup={lookup}
          onValue={setValue}
          onLookup={setLookup}
        />
      )}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary">
          {t.grid.apply}
        </Button>
        <Button disabled={!filter} onClick={() => onApply(null)}>
          {t.grid.clear}
        </Button>
      </div>
    </form>
  );
}

interface FilterValueProps {
  column: Column;
  value: string | number[];
  lookup: LookupValue | null;
  onValue: (value: string | number[]) => void;
  onLookup: (value: LookupValue | null) => void;
}

function FilterValue({ column, value, lookup, onValue, onLookup }: FilterValueProps) {
  const styles = useStyles();
  if (isLookup(column)) {
    return (
      <LookupInput
        column={{ ...column, type: "lookup", required: false }}
        label={column.label}
        value={lookup}
        inCell
        onChange={(next) => onLookup(isLookupValue(next) ? next : null)}
        onCommit={() => undefined}
      />
    );
  }
  if (column.type === "yesno") {
    return (
      <Field label={t.grid.value}>
        <Select value={String(value)} onChange={(_, data) => onValue(data.value)}>
          <option value="">{t.form.choose}</option>
          <option value="1">{t.shell.yes}</option>
          <option value="0">{t.shell.no}</option>
        </Select>
      </Field>
    );
  }
  if (column.options?.length) {
    const chosen = Array.isArray(value) ? value : [];
    return (
      <fieldset className={styles.choices} style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>{t.grid.value}</legend>
        {column.options.map((option) => (
          <Checkbox
            key={option.value}
            label={option.label}
            checked={chosen.includes(option.value)}
            onChange={(_, data) =>
              onValue(
                data.checked
                  ? [...chosen, option.value]
                  : chosen.filter((each) => each !== option.value),
              )
            }
          />
        ))}
      </fieldset>
    );
  }
  const isDay = column.type === "date" || column.type === "datetime";
  return (
    <Field label={t.grid.value}>
      <Input
        type={isDay ? "date" : "text"}
        value={String(value)}
        autoFocus
        onChange={(_, data) => onValue(data.value)}
      />
    </Field>
  );
}
