import { Field } from "@fluentui/react-components";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createRow } from "@/api/client";
import { ApiError, toApiError } from "@/api/error";
import type { Column, Table } from "@/api/metadata";
import { textIn } from "@/api/rows";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { FieldInput } from "@/ui/fields/FieldInput";
import { type FieldErrors, validateDraft } from "@/ui/fields/validate";
import { type Draft, type FieldValue, type LookupValue, toPayload } from "@/ui/fields/values";
import { tableQuery } from "@/ui/queries";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";

interface CreateDialogProps {
  tableName: string;
  /** What was typed into the lookup. */
  name: string;
  onDone: (created: LookupValue) => void;
  onClose: () => void;
}

const MOST = 8;

/** The few fields that make a new row: what is required, and the first ones of the form. */
function quickColumns(table: Table): Column[] {
  const first = table.forms[0]?.tabs[0]?.sections.flatMap((section) => section.columns ?? []) ?? [];
  const required = table.columns
    .filter((column) => column.required && !["owner", "state", "status"].includes(column.type))
    .map((column) => column.name);
  const names = [...new Set([...required, ...first])];
  return names
    .map((each) => table.column.get(each))
    .filter((column): column is Column => column !== undefined && column.readOnly !== true)
    .slice(0, Math.max(MOST, required.length));
}

/** "Mona Yates" for a contact is a first and a last name. */
function startValues(table: Table, columns: readonly Column[], name: string): Draft {
  const typed = name.trim();
  if (!typed) {
    return {};
  }
  if (columns.some((column) => column.name === table.primaryName)) {
    return { [table.primaryName]: typed };
  }
  const [first = "", ...rest] = typed.split(/\s+/);
  return rest.length > 0 ? { firstname: first, lastname: rest.join(" ") } : { lastname: first };
}

export function CreateDialog({ tableName, name, onDone, onClose }: CreateDialogProps) {
  const { data: table } = useSuspenseQuery(tableQuery(tableName));
  const { currency } = useSession();
  const columns = quickColumns(table);
  const [draft, setDraft] = useState<Draft>(() => startValues(table, columns, name));
  const [errors, setErrors] = useState<FieldErrors>({});
  const set = (column: Column, value: FieldValue) => {
    setDraft((current) => ({ ...current, [column.name]: value }));
    setErrors(({ [column.name]: _, ...rest }) => rest);
  };
  const submit = async () => {
    const found = validateDraft(
      table,
      columns.map((column) => column.name),
      draft,
    );
    setErrors(found);
    if (Object.keys(found).length > 0) {
      throw new ApiError(t.form.requiredMissing(Object.keys(found).length));
    }
    try {
      const row = await createRow(table, toPayload(table, draft));
      onDone({ table: tableName, id: row.id, name: textIn(row, table.primaryName) });
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.target) {
        setErrors({ [error.target]: error.message });
      }
      throw error;
    }
  };
  return (
    <FormDialog
      title={t.form.newRecord(table.displayName)}
      submit={t.form.create}
      onSubmit={submit}
      onClose={onClose}
    >
      {columns.map((column) => (
        <Field
          key={column.name}
          label={column.label}
          required={column.required}
          validationState={errors[column.name] ? "error" : "none"}
          validationMessage={errors[column.name]}
        >
          <FieldInput
            column={column}
            value={draft[column.name] ?? null}
            currencySymbol={currency.symbol}
            onChange={(value) => set(column, value)}
            onCommit={(value) => set(column, value)}
          />
        </Field>
      ))}
    </FormDialog>
  );
}
