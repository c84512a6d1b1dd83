import { Input, makeStyles, Text } from "@fluentui/react-components";
import { useState } from "react";
import { userLocale } from "@/ui/format";
import { formatDecimal, parseDecimal } from "./decimal";
import { ariaOf, type FieldInputProps } from "./types";

const useStyles = makeStyles({ full: { width: "100%", minWidth: 0 } });

/**
 * A number as a decimal text. While the field has the focus it shows what was typed; a text that is
 * no number stays in the field, and the check says so.
 */
export function NumberInput(props: FieldInputProps) {
  const styles = useStyles();
  const { column, readOnly, inCell, autoFocus, onChange, onCommit, currencySymbol } = props;
  const locale = userLocale();
  const value = typeof props.value === "string" ? props.value : "";
  const fraction = column.type === "money" ? (column.precision ?? 2) : 0;
  const [typed, setTyped] = useState<string | null>(null);

  const shown = typed ?? formatDecimal(value, { locale, fraction });
  const decimalOf = (text: string) => {
    const trimmed = text.trim();
    return trimmed === "" ? null : (parseDecimal(trimmed, locale) ?? trimmed);
  };

  return (
    <Input
      {...ariaOf(props)}
      className={styles.full}
      appearance={inCell ? "underline" : readOnly ? "filled-darker" : "outline"}
      inputMode="decimal"
      value={shown}
      readOnly={readOnly}
      autoFocus={autoFocus}
      contentBefore={
        column.type === "money" && currencySymbol ? (
          <Text size={200}>{currencySymbol}</Text>
        ) : undefined
      }
      onFocus={(event) => {
        if (!readOnly) {
          setTyped(formatDecimal(value, { locale, fraction, grouped: false }));
          event.currentTarget.select();
        }
      }}
      onChange={(_, data) => {
        setTyped(data.value);
        onChange(decimalOf(data.value));
      }}
      onBlur={() => {
        if (typed !== null) {
          const finished = decimalOf(typed);
          setTyped(null);
          onCommit(finished);
        }
      }}
    />
  );
}
