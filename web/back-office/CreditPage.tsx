import { Button, makeStyles, SearchBox, Text } from "@fluentui/react-components";
import { EditRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type CustomerCredit, retrieveCredit, setCredit } from "@/api/office";
import { AppLink } from "@/ui/AppLink";
import { type DataColumn, DataTable } from "@/ui/DataTable";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { useDialogs } from "@/ui/dialogs/host";
import { DialogField } from "@/ui/dialogs/inputs";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { useNotify } from "@/ui/feedback/notify";
import type { FieldValue } from "@/ui/fields/values";
import { useLiveTables } from "@/ui/live";
import { Loaded, PageBody } from "@/ui/PageBody";
import { PageHead } from "@/ui/PageHead";
import { recordPath } from "@/ui/paths";
import { pageQuery } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";

const words = t.office.credit;
const creditQuery = pageQuery("credit", [], retrieveCredit);

const useStyles = makeStyles({ find: { maxWidth: "320px" } });

export function CreditPage() {
  const styles = useStyles();
  useLiveTables(["account", "salesorder", "invoice"]);
  const dialogs = useDialogs();
  const credit = useQuery(creditQuery);
  const [find, setFind] = useState("");
  const columns: readonly DataColumn<CustomerCredit>[] = [
    { key: "account", label: words.account, width: "170px", render: (each) => each.account },
    {
      key: "name",
      label: words.name,
      render: (each) =>
        each.accountId ? (
          <AppLink to={recordPath("account", each.accountId)}>{each.name}</AppLink>
        ) : (
          each.name
        ),
    },
    {
      key: "kind",
      label: words.kind,
      width: "110px",
      render: (each) => (
        <Tint tone={each.kind === "customer" ? "brand" : "neutral"}>{words[each.kind]}</Tint>
      ),
    },
    { key: "limit", label: words.limit, isNumber: true, render: (each) => each.creditLimitText },
    { key: "balance", label: words.balance, isNumber: true, render: (each) => each.balanceText },
    { key: "open", label: words.open, isNumber: true, render: (each) => each.openOrdersText },
    {
      key: "available",
      label: words.available,
      isNumber: true,
      render: (each) => each.availableText,
    },
    {
      key: "hold",
      label: words.onHold,
      width: "80px",
      render: (each) => (each.onHold ? t.shell.yes : t.shell.no),
    },
    {
      key: "edit",
      label: t.shell.actions,
      isLabelHidden: true,
      width: "60px",
      render: (each) => (
        <Button
          size="small"
          appearance="subtle"
          icon={<EditRegular />}
          aria-label={words.edit(each.name)}
          onClick={() => dialogs.open((close) => <CreditDialog customer={each} onClose={close} />)}
        />
      ),
    },
  ];
  return (
    <>
      <PageHead title={words.title}>
        <SearchBox
          className={styles.find}
          aria-label={words.find}
          value={find}
          onChange={(_, data) => setFind(data.value)}
        />
      </PageHead>
      <PageBody>
        <Text>{words.text}</Text>
        <Loaded query={credit}>
          {(customers) => {
            const typed = find.trim().toLowerCase();
            const shown = customers.filter((each) =>
              `${each.account} ${each.name}`.toLowerCase().includes(typed),
            );
            return shown.length === 0 ? (
              <EmptyState title={words.none} />
            ) : (
              <DataTable
                label={words.title}
                columns={columns}
                items={shown}
                keyOf={(each) => each.account}
              />
            );
          }}
        </Loaded>
      </PageBody>
    </>
  );
}

function CreditDialog({ customer, onClose }: { customer: CustomerCredit; onClose: () => void }) {
  const client = useQueryClient();
  const notify = useNotify();
  const [limit, setLimit] = useState<FieldValue>(customer.creditLimit);
  const [onHold, setOnHold] = useState<FieldValue>(customer.onHold);
  return (
    <FormDialog
      title={words.editTitle(customer.name)}
      submit={t.shell.save}
      onClose={onClose}
      onSubmit={async () => {
        const amount = typeof limit === "string" && limit !== "" ? limit : "0";
        await setCredit(customer.account, amount, onHold === true);
        await client.invalidateQueries({ queryKey: creditQuery.queryKey });
        notify(words.saved);
      }}
    >
      <DialogField
        column={{ name: "limit", label: words.limit, type: "money", min: 0 }}
        value={limit}
        currencySymbol={customer.currency}
        onChange={setLimit}
      />
      <DialogField
        column={{ name: "hold", label: words.onHold, type: "yesno" }}
        value={onHold}
        onChange={setOnHold}
      />
    </FormDialog>
  );
}
