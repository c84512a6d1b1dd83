import { Checkbox, Field, Radio, RadioGroup, Text } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { retrieveRow, retrieveRows } from "@/api/client";
import type { Column } from "@/api/metadata";
import { type Row, textIn, valueIn } from "@/api/rows";
import {
  closeOpportunity,
  closeQuote,
  convertQuoteToOrder,
  generateQuote,
  reviseQuote,
} from "@/api/sales";
import { useGo } from "@/ui/AppLink";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import type { RecordDialogProps } from "@/ui/dialogs/host";
import { DialogField } from "@/ui/dialogs/inputs";
import { useNotify } from "@/ui/feedback/notify";
import type { FieldValue } from "@/ui/fields/values";
import { userZone } from "@/ui/format";
import { recordPath } from "@/ui/paths";
import { refreshTables } from "@/ui/queries";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import { todayIn } from "@/ui/zone";
import { expectedRevenue } from "./CloseOpportunityDialog";

const OPPORTUNITIES = { entitySetName: "opportunities", primaryId: "opportunityid" };
const ACTIVE = 1;
const CLOSED = 3;
const REVISED = 7;
const CHANGED = ["quote", "opportunity", "salesorder", "account", "activitypointer"];

const noon = (date: FieldValue): string => `${String(date ?? todayIn(userZone()))}T12:00:00Z`;

export function GenerateQuoteDialog({ row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const go = useGo();
  return (
    <FormDialog
      title={t.sales.quote.generateTitle}
      submit={t.sales.quote.generate}
      onClose={onClose}
      onSubmit={async () => {
        const id = await generateQuote(row.id);
        await refreshTables(client, CHANGED);
        go(recordPath("quote", id));
      }}
    >
      <Text>{t.sales.quote.generateText}</Text>
    </FormDialog>
  );
}

export function ReviseQuoteDialog({ table, row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const go = useGo();
  return (
    <FormDialog
      title={t.sales.quote.reviseTitle}
      submit={t.sales.quote.reviseSubmit}
      onClose={onClose}
      onSubmit={async () => {
        if (valueIn(row, "statecode") === ACTIVE) {
          await closeQuote(row.id, {
            status: REVISED,
            subject: t.sales.quote.subject(textIn(row, table.primaryName)),
            actualEnd: noon(null),
            description: "",
          });
        }
        const id = await reviseQuote(row.id);
        await refreshTables(client, CHANGED);
        go(recordPath("quote", id));
      }}
    >
      <Text>{t.sales.quote.reviseText}</Text>
    </FormDialog>
  );
}

/** The open opportunity behind a quote, and whether this is its last open quote. */
function useOpportunity(row: Row) {
  const id = valueIn(row, "opportunityid");
  return useQuery({
    queryKey: ["list", "quote", "opportunity", row.id, id],
    enabled: typeof id === "string",
    queryFn: async () => {
      const opportunityId = String(id);
      const [opportunity, openQuotes] = await Promise.all([
        retrieveRow(OPPORTUNITIES, opportunityId, {
          select: ["opportunityid", "name", "statecode", "totalamount", "estimatedvalue"],
        }),
        retrieveRows(
          { entitySetName: "quotes", primaryId: "quoteid" },
          {
            select: ["quoteid"],
            filter: `_opportunityid_value eq ${opportunityId} and (statecode eq 0 or statecode eq 1)`,
          },
        ),
      ]);
      return {
        opportunity,
        isOpen: valueIn(opportunity, "statecode") === 0,
        isLastQuote: openQuotes.every((quote) => quote.id === row.id),
      };
    },
  });
}

export function CloseQuoteDialog({ table, row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const go = useGo();
  const options =
    table.column.get("statuscode")?.options?.filter((option) => option.state === CLOSED) ?? [];
  const [reason, setReason] = useState<FieldValue>(options[0]?.value ?? 5);
  const [date, setDate] = useState<FieldValue>(todayIn(userZone()));
  const [description, setDescription] = useState<FieldValue>(null);
  const [isRevised, setRevised] = useState(false);
  const [opportunityToo, setOpportunityToo] = useState("open");
  const behind = useOpportunity(row).data;
  const isOffered = behind?.isOpen && behind.isLastQuote && !isRevised && reason !== REVISED;
  const column: Column = {
    name: "statuscode",
    label: t.sales.quote.reason,
    type: "choice",
    required: true,
    options,
  };
  const submit = async () => {
    const words = typeof description === "string" ? description : "";
    await closeQuote(row.id, {
      status: isRevised ? REVISED : Number(reason),
      subject: t.sales.quote.subject(textIn(row, table.primaryName)),
      actualEnd: noon(date),
      description: words,
    });
    if (behind && isOffered && opportunityToo === "lost") {
      await closeOpportunity("lost", {
        opportunityId: behind.opportunity.id,
        subject: t.sales.close.subject(textIn(behind.opportunity, "name")),
        status: -1,
        actualRevenue: null,
        actualEnd: noon(date),
        description: words,
        competitorId: null,
      });
    }
    const revision = isRevised || reason === REVISED ? await reviseQuote(row.id) : null;
    await refreshTables(client, CHANGED);
    if (revision) {
      go(recordPath("quote", revision));
    }
  };
  return (
    <FormDialog
      title={t.sales.quote.closeTitle}
      submit={t.sales.quote.closeSubmit}
      onSubmit={submit}
      onClose={onClose}
    >
      <DialogField column={column} value={reason} onChange={setReason} />
      <DialogField
        column={{ name: "actualend", label: t.sales.close.date, type: "date", required: true }}
        value={date}
        onChange={setDate}
      />
      <DialogField
        column={{ name: "description", label: t.sales.close.description, type: "memo" }}
        value={description}
        onChange={setDescription}
      />
      <Checkbox
        label={t.sales.quote.revise}
        checked={isRevised}
        onChange={(_, data) => setRevised(data.checked === true)}
      />
      {isOffered && (
        <Field label={t.sales.quote.lastOpen}>
          <RadioGroup value={opportunityToo} onChange={(_, data) => setOpportunityToo(data.value)}>
            <Radio value="open" label={t.sales.quote.leaveOpen} />
            <Radio value="lost" label={t.sales.quote.asLost} />
          </RadioGroup>
        </Field>
      )}
    </FormDialog>
  );
}

export function CreateOrderDialog({ table, row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const go = useGo();
  const notify = useNotify();
  const { currency } = useSession();
  const behind = useOpportunity(row).data;
  const [date, setDate] = useState<FieldValue>(todayIn(userZone()));
  const [description, setDescription] = useState<FieldValue>(null);
  const [closesOpportunity, setClosesOpportunity] = useState(true);
  const [revenue, setRevenue] = useState<FieldValue>(
    String(valueIn(row, "totalamountlessfreight") ?? valueIn(row, "totalamount") ?? ""),
  );
  const name = textIn(row, table.primaryName);
  const submit = async () => {
    const words = typeof description === "string" ? description : "";
    const isActive = valueIn(row, "statecode") === ACTIVE;
    const orderId = await convertQuoteToOrder(
      row.id,
      isActive
        ? { subject: t.sales.quote.subject(name), date: noon(date), description: words }
        : null,
    );
    if (behind?.isOpen && closesOpportunity) {
      await closeOpportunity("won", {
        opportunityId: behind.opportunity.id,
        subject: t.sales.close.subject(textIn(behind.opportunity, "name")),
        status: -1,
        actualRevenue: typeof revenue === "string" ? revenue : expectedRevenue(behind.opportunity),
        actualEnd: noon(date),
        description: words,
        competitorId: null,
      });
    }
    await refreshTables(client, CHANGED);
    notify(t.sales.quote.orderDone);
    go(recordPath("salesorder", orderId));
  };
  return (
    <FormDialog
      title={t.sales.quote.orderTitle}
      submit={t.sales.quote.orderSubmit}
      onSubmit={submit}
      onClose={onClose}
    >
      <DialogField
        column={{ name: "datewon", label: t.sales.quote.dateWon, type: "date", required: true }}
        value={date}
        onChange={setDate}
      />
      <DialogField
        column={{ name: "description", label: t.sales.close.description, type: "memo" }}
        value={description}
        onChange={setDescription}
      />
      {behind?.isOpen && (
        <>
          <Checkbox
            label={t.sales.quote.closeOpportunity}
            checked={closesOpportunity}
            onChange={(_, data) => setClosesOpportunity(data.checked === true)}
          />
          {closesOpportunity && (
            <>
              <DialogField
                column={{
                  name: "actualrevenue",
                  label: t.sales.close.revenue,
                  type: "money",
                  min: 0,
                }}
                value={revenue}
                currencySymbol={currency.symbol}
                onChange={setRevenue}
              />
              <Text size={200}>{t.sales.close.wonText}</Text>
            </>
          )}
        </>
      )}
    </FormDialog>
  );
}
