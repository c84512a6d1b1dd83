// One order on its way through the house: confirm, pick, pack, invoice.
import { Button, Link, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  confirmOrder,
  type FulfilmentOrder,
  type FulfilmentStep,
  invoiceOrder,
  type OrderDocument,
  type OrderLine,
  packOrder,
  retrieveOrder,
} from "@/api/office";
import { AppLink } from "@/ui/AppLink";
import { type DataColumn, DataTable } from "@/ui/DataTable";
import { ConfirmDialog } from "@/ui/dialogs/ConfirmDialog";
import { useDialogs } from "@/ui/dialogs/host";
import { useNotify } from "@/ui/feedback/notify";
import { SectionCard } from "@/ui/form/SectionCard";
import { formatDate } from "@/ui/format";
import { useLiveTables } from "@/ui/live";
import { Loaded, PageBody } from "@/ui/PageBody";
import { PageHead } from "@/ui/PageHead";
import { recordPath } from "@/ui/paths";
import { pageQuery, refreshTables } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";
import { PackDialog } from "./PackDialog";
import { PickDialog } from "./PickDialog";

const words = t.office.orders;

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
    gridTemplateColumns: "minmax(0, 3fr) minmax(0, 2fr)",
    "@media (max-width: 1000px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  facts: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXXL, margin: 0 },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  totals: {
    display: "grid",
    gridTemplateColumns: "1fr auto",
    gap: tokens.spacingVerticalXS,
    margin: 0,
  },
  amount: { margin: 0, textAlign: "right", fontVariantNumeric: "tabular-nums" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  actions: { display: "flex", gap: tokens.spacingHorizontalS, alignItems: "center" },
  links: { display: "flex", gap: tokens.spacingHorizontalM },
});

const LINES: readonly DataColumn<OrderLine>[] = [
  { key: "number", label: words.line, width: "60px", render: (line) => line.number },
  {
    key: "product",
    label: words.product,
    width: "26%",
    render: (line) => `${line.name} (${line.product})`,
  },
  {
    key: "ordered",
    label: words.quantity,
    isNumber: true,
    render: (line) => `${line.ordered} ${line.unit}`,
  },
  { key: "picked", label: words.picked, isNumber: true, render: (line) => line.picked },
  { key: "packed", label: words.packed, isNumber: true, render: (line) => line.packed },
  { key: "invoiced", label: words.invoiced, isNumber: true, render: (line) => line.invoiced },
  { key: "onHand", label: words.onHand, isNumber: true, render: (line) => line.onHand ?? "–" },
  { key: "price", label: words.price, isNumber: true, render: (line) => line.priceText },
  { key: "amount", label: words.amount, isNumber: true, render: (line) => line.amountText },
];

const DOCUMENTS: readonly DataColumn<OrderDocument>[] = [
  { key: "kind", label: words.document, width: "19%", render: (each) => words.kinds[each.kind] },
  { key: "number", label: words.documentNumber, width: "25%", render: (each) => each.number },
  { key: "posted", label: words.posted, width: "17%", render: (each) => formatDate(each.postedOn) },
  {
    key: "total",
    label: words.total,
    isNumber: true,
    width: "17%",
    render: (each) => each.totalText ?? "",
  },
  {
    key: "links",
    label: t.shell.actions,
    isLabelHidden: true,
    render: (each) => <DocumentLinks document={each} />,
  },
];

function DocumentLinks({ document }: { document: OrderDocument }) {
  const styles = useStyles();
  return (
    <span className={styles.links}>
      {document.links.map((link) => (
        <Link key={link.url} href={link.url} target="_blank" rel="noreferrer">
          {link.label}
        </Link>
      ))}
    </span>
  );
}

export function OrderPage({ id }: { id: string }) {
  useLiveTables(["salesorder", "invoice"]);
  const order = useQuery(pageQuery("order", [id], () => retrieveOrder(id)));
  const title = order.data?.number ?? words.number;
  return (
    <>
      <PageHead title={title} crumbs={[{ label: words.title, path: "/office/orders" }]}>
        {order.data && <StepButton order={order.data} />}
      </PageHead>
      <PageBody>
        <Loaded query={order}>{(data) => <OrderDetails order={data} />}</Loaded>
      </PageBody>
    </>
  );
}

/** The one thing to do next. */
function StepButton({ order }: { order: FulfilmentOrder }) {
  const styles = useStyles();
  const dialogs = useDialogs();
  const client = useQueryClient();
  const notify = useNotify();
  const { next } = order;
  const finish = async (step: FulfilmentStep) => {
    await refreshTables(client, ["salesorder", "invoice"]);
    notify(words.done[step]);
  };
  const open = (step: FulfilmentStep) =>
    dialogs.open((close) => {
      if (step === "pick") {
        return <PickDialog order={order} onDone={() => finish("pick")} onClose={close} />;
      }
      if (step === "pack") {
        return (
          <PackDialog
            onClose={close}
            onPack={async (tracking) => {
              await packOrder(order.id, tracking);
              await finish("pack");
            }}
          />
        );
      }
      const post = step === "confirm" ? confirmOrder : invoiceOrder;
      return (
        <ConfirmDialog
          title={`${words.steps[step]} ${order.number}`}
          text={step === "confirm" ? words.confirmText : words.invoiceText}
          confirm={words.steps[step]}
          onClose={close}
          onConfirm={async () => {
            await post(order.id);
            await finish(step);
          }}
        />
      );
    });
  return (
    <span className={styles.actions}>
      <Tint tone={next ? "brand" : "neutral"}>{order.statusLabel}</Tint>
      {next ? (
        <Button appearance="primary" onClick={() => open(next)}>
          {words.steps[next]}
        </Button>
      ) : (
        <Text>{words.nothingToDo}</Text>
      )}
      {next !== "pick" &&
        order.lines?.some((line) => Number(line.toPick) > 0) &&
        next !== "confirm" && <Button onClick={() => open("pick")}>{words.steps.pick}</Button>}
    </span>
  );
}

function OrderDetails({ order }: { order: FulfilmentOrder }) {
  const styles = useStyles();
  const facts = [
    { label: words.customer, value: `${order.customer} (${order.customerAccount})` },
    { label: words.ordered, value: formatDate(order.orderedOn) },
    { label: words.reference, value: order.customerReference ?? "" },
  ].filter((fact) => fact.value);
  return (
    <>
      <SectionCard title={order.name || order.number}>
        <dl className={styles.facts}>
          {facts.map((fact) => (
            <div key={fact.label}>
              <dt className={styles.label}>{fact.label}</dt>
              <dd className={styles.value}>{fact.value}</dd>
            </div>
          ))}
          {order.salesOrderId && (
            <div>
              <dt className={styles.label}>{words.salesOrder}</dt>
              <dd className={styles.value}>
                <AppLink to={recordPath("salesorder", order.salesOrderId)}>{order.number}</AppLink>
              </dd>
            </div>
          )}
        </dl>
      </SectionCard>
      <DataTable
        label={words.lines}
        columns={LINES}
        items={order.lines ?? []}
        keyOf={(line) => line.id}
      />
      <div className={styles.columns}>
        <SectionCard title={words.documents}>
          {order.documents?.length ? (
            <DataTable
              label={words.documents}
              columns={DOCUMENTS}
              items={order.documents}
              keyOf={(each) => `${each.kind}/${each.number}`}
              isPlain
            />
          ) : (
            <Text>{words.documentNone}</Text>
          )}
        </SectionCard>
        <SectionCard title={words.totals}>
          <dl className={styles.totals}>
            {(order.totals ?? []).map((total) => [
              <dt
                key={`${total.label}-label`}
                className={mergeClasses(total.strong && styles.strong)}
              >
                {total.label}
              </dt>,
              <dd
                key={total.label}
                className={mergeClasses(styles.amount, total.strong && styles.strong)}
              >
                {total.text}
              </dd>,
            ])}
          </dl>
        </SectionCard>
      </div>
    </>
  );
}
