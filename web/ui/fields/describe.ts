import type { Column } from "@/api/metadata";
import { formatDate, formatDateTime } from "@/ui/format";
import { t } from "@/ui/texts";
import { choicesOf, type FieldValue, isEmpty, isLookupValue, partiesOf } from "./values";

/** A value in words, for where no input shows it. */
export function describeValue(column: Column, value: FieldValue): string {
  if (isEmpty(value)) {
    return t.form.conflict.empty;
  }
  if (isLookupValue(value)) {
    return value.name;
  }
  const option = (key: number) =>
    column.options?.find((each) => each.value === key)?.label ?? String(key);
  if (Array.isArray(value)) {
    return column.type === "party"
      ? partiesOf(value)
          .map((party) => party.name)
          .join("; ")
      : choicesOf(value).map(option).join("; ");
  }
  if (typeof value === "boolean") {
    return value ? t.shell.yes : t.shell.no;
  }
  if (typeof value === "number") {
    return option(value);
  }
  if (column.type === "datetime") {
    return formatDateTime(String(value));
  }
  return column.type === "date" ? formatDate(String(value)) : String(value);
}
