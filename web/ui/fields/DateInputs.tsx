import { FieldContextProvider, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { formatDate, formatDateTime, userZone } from "@/ui/format";
import { t } from "@/ui/texts";
import { fromLocal, toLocal } from "@/ui/zone";
import { ariaOf, type FieldInputProps } from "./types";

const useStyles = makeStyles({
  full: { width: "100%", minWidth: 0 },
  pair: { display: "flex", gap: tokens.spacingHorizontalS },
  day: { flexGrow: 3, flexBasis: 0, minWidth: 0 },
  time: { flexGrow: 2, flexBasis: 0, minWidth: 0 },
});

/** What can only be read needs no picker, and an empty one no pattern to fill in. */
function DateText(props: FieldInputProps) {
  const styles = useStyles();
  const { column, inCell, value } = props;
  const format = column.type === "date" ? formatDate : formatDateTime;
  return (
    <Input
      {...ariaOf(props)}
      className={styles.full}
      appearance={inCell ? "underline" : "filled-darker"}
      value={typeof value === "string" && value ? format(value) : ""}
      readOnly
    />
  );
}

export function DateInput(props: FieldInputProps) {
  return props.readOnly ? <DateText {...props} /> : <DatePicker {...props} />;
}

function DatePicker(props: FieldInputProps) {
  const styles = useStyles();
  const { onChange, onCommit, autoFocus, inCell } = props;
  const value = typeof props.value === "string" ? props.value.slice(0, 10) : "";
  return (
    <Input
      {...ariaOf(props)}
      className={styles.full}
      appearance={inCell ? "underline" : "outline"}
      type="date"
      max="9999-12-31"
      value={value}
      autoFocus={autoFocus}
      onChange={(_, data) => onChange(data.value || null)}
      onBlur={() => onCommit(value || null)}
    />
  );
}

/**
 * A moment, shown and typed in the user's zone. Half a moment (a day without a time) is midnight.
 */
export function DateTimeInput(props: FieldInputProps) {
  return props.readOnly ? <DateText {...props} /> : <DateTimePicker {...props} />;
}

function DateTimePicker(props: FieldInputProps) {
  const styles = useStyles();
  const { column, onChange, onCommit, autoFocus, inCell, label } = props;
  const zone = userZone();
  const value = typeof props.value === "string" ? props.value : "";
  const stored = value ? toLocal(value, zone) : null;
  // A day that is being typed passes through states that are no date; they stay here.
  const [typed, setTyped] = useState<{ date: string; time: string } | null>(null);
  const local = typed ?? stored ?? { date: "", time: "" };

  const change = (next: { date: string; time: string }) => {
    setTyped(next);
    onChange(next.date ? fromLocal(next, zone) : null);
  };
  const leave = () => {
    if (typed) {
      const finished = typed.date ? fromLocal(typed, zone) : null;
      setTyped(null);
      onCommit(finished);
    }
  };
  const appearance = inCell ? "underline" : "outline";
  const name = label ?? column.label;
  return (
    <div
      className={styles.pair}
      onBlur={(event) => {
        // Going from the day to the time is not leaving the field.
        if (!event.currentTarget.contains(event.relatedTarget)) {
          leave();
        }
      }}
    >
      <Input
        {...ariaOf(props)}
        aria-label={label ? t.form.date(name) : undefined}
        className={styles.day}
        appearance={appearance}
        type="date"
        max="9999-12-31"
        value={local.date}
        autoFocus={autoFocus}
        onChange={(_, data) => change({ ...local, date: data.value })}
      />
      {/* Outside of the field's context, or the label of the day would name the time as well. */}
      <FieldContextProvider value={undefined}>
        <Input
          aria-label={t.form.time(name)}
          className={styles.time}
          appearance={appearance}
          type="time"
          value={local.time}
          onChange={(_, data) => change({ ...local, time: data.value })}
        />
      </FieldContextProvider>
    </div>
  );
}
