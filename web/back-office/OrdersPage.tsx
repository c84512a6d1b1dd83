import { Select } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type FulfilmentOrder, retrieveOrders } from "@/api/office";
import { AppLink } from "@/ui/AppLink";
import { type DataColumn, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { formatDate } from "@/ui/format";
import { useLiveTables } from "@/ui/live";
import { Loaded, PageBody } from "@/ui/PageBody";
import { PageHead } from "@/ui/PageHead";
import { pageQuery } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";

const words = t.office.orders;

export const ordersQuery = pageQuery("orders", [], retrieveOrders);

export const orderPath = (id: string): string => `/office/orders/${id}`;

const COLUMNS: readonly DataColumn<FulfilmentOrder>[] = [
  {
    key: "number",
    label: words.number,
    width: "160px",
    render: (order) => <AppLink to={orderPath(order.id)}>{order.number}</AppLink>,
  },
  {
    key: "customer",
    label: words.customer,
    render: (order) => `${order.customer} (${order.customerAccount})`,
  },
  {
    key: "ordered",
    label: words.ordered,
    width: "130px",
    render: (order) => formatDate(order.orderedOn),
  },
  {
    key: "status",
    label: words.status,
    width: "170px",
    render: (order) => <Tint tone={order.next ? "brand" : "neutral"}>{order.statusLabel}</Tint>,
  },
  {
    key: "next",
    label: words.next,
    width: "120px",
    render: (order) => (order.next ? words.steps[order.next] : "–"),
  },
  {
    key: "total",
    label: words.total,
    isNumber: true,
    width: "140px",
    render: (order) => order.totalText,
  },
];

export function OrdersPage() {
  useLiveTables(["salesorder", "invoice"]);
  const orders = useQuery(ordersQuery);
  const [isAll, setAll] = useState(false);
  return (
    <>
      <PageHead title={words.title}>
        <Select
          aria-label={words.filter}
          value={isAll ? "all" : "open"}
          onChange={(_, data) => setAll(data.value === "all")}
        >
          <option value="open">{words.open}</option>
          <option value="all">{words.all}</option>
        </Select>
      </PageHead>
      <PageBody>
        <Loaded query={orders}>
          {(all) => {
            const shown = isAll ? all : all.filter((order) => order.next !== null);
            return shown.length === 0 ? (
              <EmptyState title={words.none} />
            ) : (
              <DataTable
                label={words.title}
                columns={COLUMNS}
                items={shown}
                keyOf={(order) => order.id}
              />
            );
          }}
        </Loaded>
      </PageBody>
    </>
  );
}
