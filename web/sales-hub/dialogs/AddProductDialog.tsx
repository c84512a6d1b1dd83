import { Switch, Text } from "@fluentui/react-components";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createRow, retrieveRow } from "@/api/client";
import { ApiError, toApiError } from "@/api/error";
import type { Column, Table } from "@/api/metadata";
import { textIn, valueIn } from "@/api/rows";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import type { RecordDialogProps } from "@/ui/dialogs/host";
import { DialogField } from "@/ui/dialogs/inputs";
import { useNotify } from "@/ui/feedback/notify";
import { type FieldErrors, validateField } from "@/ui/fields/validate";
import { type Draft, type FieldValue, isLookupValue, toPayload } from "@/ui/fields/values";
import { refreshTables, tableQuery } from "@/ui/queries";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import { LINES } from "../lines";

const PRODUCTS = { entitySetName: "products", primaryId: "productid" };
const CATALOGUE = ["productid", "quantity", "uomid", "manualdiscountamount"];
const WRITE_IN = [
  "productdescription",
  "quantity",
  "uomid",
  "priceperunit",
  "manualdiscountamount",
];
const REQUIRED = ["productid", "productdescription", "quantity"];

function columnsOf(table: Table, isWriteIn: boolean): Column[] {
  return (isWriteIn ? WRITE_IN : CATALOGUE)
    .map((name) => table.column.get(name))
    .filter((column): column is Column => column !== undefined)
    .map((column) => ({
      ...column,
      required: REQUIRED.includes(column.name) || (isWriteIn && column.name === "priceperunit"),
    }));
}

/** The unit a product is usually sold in. */
async function defaultUnit(productId: string): Promise<Draft> {
  const product = await retrieveRow(PRODUCTS, productId, { select: ["_defaultuomid_value"] });
  const id = valueIn(product, "defaultuomid");
  return typeof id === "string"
    ? { uomid: { table: "uom", id, name: textIn(product, "defaultuomid") } }
    : {};
}

export function AddProductDialog({ table: parent, row, onClose }: RecordDialogProps) {
  const lines = LINES[parent.logicalName];
  const { data: table } = useSuspenseQuery(tableQuery(lines?.table ?? "opportunityproduct"));
  const client = useQueryClient();
  const notify = useNotify();
  const { currency } = useSession();
  const [isWriteIn, setWriteIn] = useState(false);
  const [draft, setDraft] = useState<Draft>({ quantity: "1" });
  const [errors, setErrors] = useState<FieldErrors>({});
  const columns = columnsOf(table, isWriteIn);

  const set = (column: Column, value: FieldValue) => {
    setDraft((current) => ({ ...current, [column.name]: value }));
    setErrors(({ [column.name]: _, ...rest }) => rest);
    if (column.name === "productid" && isLookupValue(value)) {
      // The unit is a help; without it the server takes the product's own.
      defaultUnit(value.id)
        .then((unit) => setDraft((current) => ({ ...unit, ...current, ...unit })))
        .catch(() => undefined);
    }
  };
  const submit = async () => {
    const found = Object.fromEntries(
      columns.flatMap((column) => {
        const error = validateField(column, draft[column.name] ?? null);
        return error ? [[column.name, error]] : [];
      }),
    );
    setErrors(found);
    if (Object.keys(found).length > 0) {
      throw new ApiError(t.form.requiredMissing(Object.keys(found).length));
    }
    const shown = Object.fromEntries(
      columns.map((column) => [column.name, draft[column.name] ?? null]),
    );
    const given = Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null));
    const link = {
      table: parent.logicalName,
      id: row.id,
      name: textIn(row, parent.primaryName),
    };
    try {
      await createRow(table, {
        ...toPayload(table, { ...given, [lines?.parent ?? ""]: link }),
        isproductoverridden: isWriteIn,
        ...(isWriteIn ? { ispriceoverridden: true } : {}),
      });
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.target) {
        setErrors({ [error.target]: error.message });
      }
      throw error;
    }
    await refreshTables(client, [parent.logicalName, table.logicalName]);
    const product = draft.productid;
    notify(
      t.sales.products.added(
        isLookupValue(product) && !isWriteIn
          ? product.name
          : String(draft.productdescription ?? ""),
      ),
    );
  };
  const needsList = parent.column.has("pricelevelid") && valueIn(row, "pricelevelid") === null;
  return (
    <FormDialog
      title={t.sales.products.title}
      submit={t.sales.products.submit}
      onSubmit={submit}
      onClose={onClose}
    >
      {needsList && !isWriteIn && <Text role="note">{t.sales.products.missingList}</Text>}
      <Switch
        label={t.sales.products.writeIn}
        checked={isWriteIn}
        onChange={(_, data) => setWriteIn(data.checked)}
      />
      {columns.map((column) => (
        <DialogField
          key={column.name}
          column={column}
          value={draft[column.name] ?? null}
          error={errors[column.name]}
          currencySymbol={currency.symbol}
          onChange={(value) => set(column, value)}
        />
      ))}
    </FormDialog>
  );
}
