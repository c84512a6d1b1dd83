import { Text } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { retrieveRows } from "@/api/client";
import type { Column, Table } from "@/api/metadata";
import { type Row, textIn, valueIn } from "@/api/rows";
import { closeOpportunity } from "@/api/sales";
import { AppLink } from "@/ui/AppLink";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import type { RecordDialogProps } from "@/ui/dialogs/host";
import { DialogField, lookupColumn } from "@/ui/dialogs/inputs";
import { useNotify } from "@/ui/feedback/notify";
import { type FieldValue, isLookupValue } from "@/ui/fields/values";
import { userZone } from "@/ui/format";
import { recordPath } from "@/ui/paths";
import { refreshTables } from "@/ui/queries";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import { todayIn } from "@/ui/zone";

export type Outcome = "won" | "lost";

const STATE: Record<Outcome, number> = { won: 1, lost: 2 };

const CHANGED = ["opportunity", "account", "quote", "activitypointer", "lead"];

function useOpenQuotes(opportunityId: string) {
  return useQuery({
    queryKey: ["list", "quote", "open", opportunityId],
    queryFn: () =>
      retrieveRows(
        { entitySetName: "quotes", primaryId: "quoteid" },
        {
          select: ["quoteid", "name", "quotenumber"],
          filter: `_opportunityid_value eq ${opportunityId} and (statecode eq 0 or statecode eq 1)`,
        },
      ),
  });
}

function reasonsOf(table: Table, outcome: Outcome): Column {
  const options = table.column.get("statuscode")?.options ?? [];
  return {
    name: "statuscode",
    label: t.sales.close.reason,
    type: "choice",
    required: true,
    options: options.filter((option) => option.state === STATE[outcome]),
  };
}

/** What the deal is worth when nobody says otherwise: its total, else the estimate. */
export function expectedRevenue(row: Row): string | null {
  const value = valueIn(row, "totalamount") || valueIn(row, "estimatedvalue");
  return value === null ? null : String(value);
}

export function CloseOpportunityDialog(props: RecordDialogProps & { outcome: Outcome }) {
  const { table, row, onClose, outcome } = props;
  const client = useQueryClient();
  const notify = useNotify();
  const { currency } = useSession();
  const reasons = reasonsOf(table, outcome);
  const [reason, setReason] = useState<FieldValue>(reasons.options?.[0]?.value ?? -1);
  const [revenue, setRevenue] = useState<FieldValue>(
    outcome === "won" ? expectedRevenue(row) : null,
  );
  const [date, setDate] = useState<FieldValue>(todayIn(userZone()));
  const [competitor, setCompetitor] = useState<FieldValue>(null);
  const [description, setDescription] = useState<FieldValue>(null);
  const quotes = useOpenQuotes(row.id).data ?? [];

  const submit = async () => {
    await closeOpportunity(outcome, {
      opportunityId: row.id,
      subject: t.sales.close.subject(textIn(row, table.primaryName)),
      status: typeof reason === "number" ? reason : -1,
      actualRevenue: typeof revenue === "string" ? revenue : null,
      actualEnd: `${String(date ?? todayIn(userZone()))}T12:00:00Z`,
      description: typeof description === "string" ? description : "",
      competitorId: isLookupValue(competitor) ? competitor.id : null,
    });
    await refreshTables(client, CHANGED);
    notify(outcome === "won" ? t.sales.close.doneWon : t.sales.close.doneLost);
  };
  const isBlocked = outcome === "won" && quotes.length > 0;
  return (
    <FormDialog
      title={outcome === "won" ? t.sales.close.won : t.sales.close.lost}
      submit={outcome === "won" ? t.sales.close.won : t.sales.close.lost}
      isSubmitDisabled={isBlocked}
      onSubmit={submit}
      onClose={onClose}
    >
      {outcome === "won" && <Text>{t.sales.close.wonText}</Text>}
      {quotes.length > 0 && (
        <Text role="note">
          {t.sales.close.openQuotes(quotes.length)}{" "}
          {quotes.map((quote) => (
            <AppLink isInline key={quote.id} to={recordPath("quote", quote.id)} onClick={onClose}>
              {textIn(quote, "quotenumber") || textIn(quote, "name")}{" "}
            </AppLink>
          ))}
        </Text>
      )}
      <DialogField column={reasons} value={reason} onChange={setReason} />
      <DialogField
        column={{ name: "actualrevenue", label: t.sales.close.revenue, type: "money", min: 0 }}
        value={revenue}
        currencySymbol={currency.symbol}
        onChange={setRevenue}
      />
      <DialogField
        column={{ name: "actualend", label: t.sales.close.date, type: "date", required: true }}
        value={date}
        onChange={setDate}
      />
      {outcome === "lost" && (
        <DialogField
          column={lookupColumn(t.sales.close.competitor, "competitor", "competitors")}
          value={competitor}
          onChange={setCompetitor}
        />
      )}
      <DialogField
        column={{ name: "description", label: t.sales.close.description, type: "memo" }}
        value={description}
        onChange={setDescription}
      />
    </FormDialog>
  );
}

export const CloseWonDialog = (props: RecordDialogProps) => (
  <CloseOpportunityDialog {...props} outcome="won" />
);

export const CloseLostDialog = (props: RecordDialogProps) => (
  <CloseOpportunityDialog {...props} outcome="lost" />
);
