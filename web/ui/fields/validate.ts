// What the browser can already tell. The server checks everything again.
import { type Column, isNumeric, type Table } from "@/api/metadata";
import { t } from "@/ui/texts";
import { type Draft, type FieldValue, isEmpty } from "./values";

const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function validateNumber(column: Column, value: string): string | null {
  if (!/^-?\d+(\.\d+)?$/.test(value)) {
    return column.type === "whole" ? t.form.noWhole : t.form.noNumber;
  }
  if ((column.type === "whole" || column.type === "big") && value.includes(".")) {
    return t.form.noWhole;
  }
  const number = Number(value);
  if (column.min !== undefined && number < column.min) {
    return t.form.below(column.min);
  }
  if (column.max !== undefined && number > column.max) {
    return t.form.above(column.max);
  }
  return null;
}

export function validateField(column: Column, value: FieldValue): string | null {
  if (isEmpty(value)) {
    return column.required ? t.shell.required : null;
  }
  if (isNumeric(column)) {
    return typeof value === "string" ? validateNumber(column, value) : null;
  }
  if (typeof value !== "string") {
    return null;
  }
  if (column.maxLength !== undefined && value.length > column.maxLength) {
    return t.form.tooLong(column.maxLength);
  }
  if (column.format === "email" && !MAIL.test(value)) {
    return t.form.noMail;
  }
  if (column.type === "date" && !/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return t.form.noDate;
  }
  return null;
}

export type FieldErrors = Readonly<Record<string, string>>;

/** Errors of the given columns; for a new row, of every required column as well. */
export function validateDraft(table: Table, names: Iterable<string>, values: Draft): FieldErrors {
  const errors: Record<string, string> = {};
  for (const name of names) {
    const column = table.column.get(name);
    const error = column && !column.readOnly ? validateField(column, values[name] ?? null) : null;
    if (error) {
      errors[name] = error;
    }
  }
  return errors;
}
