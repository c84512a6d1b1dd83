import { Field, Input, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { ApiError } from "@/api/error";
import { type FulfilmentOrder, type PickedLine, pickOrder } from "@/api/office";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { parseDecimal } from "@/ui/fields/decimal";
import { userLocale } from "@/ui/format";
import { t } from "@/ui/texts";

const words = t.office.orders;

const useStyles = makeStyles({
  line: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) 110px 120px",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
  },
  quantity: { width: "100%", minWidth: 0, "& input": { minWidth: 0, width: "100%" } },
});

interface PickDialogProps {
  order: FulfilmentOrder;
  onDone: () => Promise<void>;
  onClose: () => void;
}

const isPositive = (quantity: string): boolean =>
  /[1-9]/.test(quantity) && !quantity.startsWith("-");

/** The quantities to send: texts as typed, made canonical; null when one of them is no quantity. */
export function pickedLines(
  typed: Readonly<Record<string, string>>,
  locale: string,
): PickedLine[] | null {
  const lines: PickedLine[] = [];
  for (const [id, text] of Object.entries(typed)) {
    if (text.trim() === "") {
      continue;
    }
    const quantity = parseDecimal(text, locale);
    if (quantity === null || quantity.startsWith("-")) {
      return null;
    }
    if (isPositive(quantity)) {
      lines.push({ LineId: id, Quantity: quantity });
    }
  }
  return lines;
}

export function PickDialog({ order, onDone, onClose }: PickDialogProps) {
  const styles = useStyles();
  const open = (order.lines ?? []).filter((line) => isPositive(line.toPick));
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(open.map((line) => [line.id, line.toPick])),
  );
  const submit = async () => {
    const lines = pickedLines(typed, userLocale());
    if (!lines || lines.length === 0) {
      throw new ApiError(t.form.noNumber);
    }
    await pickOrder(order.id, lines);
    await onDone();
  };
  return (
    <FormDialog
      title={`${words.pickTitle} ${order.number}`}
      submit={words.steps.pick}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text>{words.pickText}</Text>
      {open.map((line) => (
        <div key={line.id} className={styles.line}>
          <Text>{line.name}</Text>
          <Field>
            <Input
              className={styles.quantity}
              inputMode="decimal"
              aria-label={words.pickQuantity(line.name)}
              value={typed[line.id] ?? ""}
              onChange={(_, data) => setTyped({ ...typed, [line.id]: data.value })}
            />
          </Field>
          <Text>{words.pickOf(line.toPick, line.unit)}</Text>
        </div>
      ))}
    </FormDialog>
  );
}
