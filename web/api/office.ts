// The back office: docs/contracts/web-workspace.md §8. Amounts and quantities are decimal texts.
import { callAction, callFunction } from "./client";

export type FulfilmentStep = "confirm" | "pick" | "pack" | "invoice";

export interface OrderLine {
  id: string;
  number: number;
  product: string;
  name: string;
  unit: string;
  ordered: string;
  picked: string;
  packed: string;
  invoiced: string;
  toPick: string;
  toPack: string;
  onHand?: string;
  priceText: string;
  amountText: string;
}

export interface OrderDocument {
  kind: "confirmation" | "pickingList" | "packingSlip" | "invoice";
  number: string;
  postedOn: string;
  totalText?: string;
  links: { label: string; url: string }[];
}

export interface FulfilmentOrder {
  id: string;
  number: string;
  salesOrderId?: string;
  name?: string;
  customer: string;
  customerAccount: string;
  customerReference?: string;
  orderedOn: string;
  status: string;
  statusLabel: string;
  next: FulfilmentStep | null;
  currency: string;
  totalText: string;
  totals?: { label: string; text: string; strong?: boolean }[];
  lines?: OrderLine[];
  documents?: OrderDocument[];
}

export const retrieveOrders = async (): Promise<FulfilmentOrder[]> =>
  (await callFunction<{ orders: FulfilmentOrder[] }>("cl_RetrieveFulfilmentOrders")).orders;

export const retrieveOrder = (id: string): Promise<FulfilmentOrder> =>
  callFunction<FulfilmentOrder>("cl_RetrieveFulfilmentOrder", { OrderId: id });

export const confirmOrder = (id: string): Promise<FulfilmentOrder> =>
  callAction<FulfilmentOrder>("cl_ConfirmOrder", { OrderId: id });

export interface PickedLine {
  LineId: string;
  Quantity: string;
}

export const pickOrder = (id: string, lines: PickedLine[]): Promise<FulfilmentOrder> =>
  callAction<FulfilmentOrder>("cl_PickOrder", { OrderId: id, Lines: lines });

export const packOrder = (id: string, trackingNumber: string): Promise<FulfilmentOrder> =>
  callAction<FulfilmentOrder>("cl_PackOrder", {
    OrderId: id,
    ...(trackingNumber ? { TrackingNumber: trackingNumber } : {}),
  });

export const invoiceOrder = (id: string): Promise<FulfilmentOrder> =>
  callAction<FulfilmentOrder>("cl_InvoiceOrder", { OrderId: id });

export interface CustomerCredit {
  account: string;
  name: string;
  kind: "prospect" | "customer";
  currency: string;
  creditLimit: string;
  creditLimitText: string;
  balanceText: string;
  openOrdersText: string;
  availableText: string;
  onHold: boolean;
  accountId?: string;
}

export const retrieveCredit = async (): Promise<CustomerCredit[]> =>
  (await callFunction<{ customers: CustomerCredit[] }>("cl_RetrieveCustomerCredit")).customers;

export const setCredit = (account: string, limit: string, onHold: boolean): Promise<void> =>
  callAction("cl_SetCustomerCredit", {
    CustomerAccount: account,
    CreditLimit: limit,
    OnHold: onHold,
  });

export interface InvoiceMatch {
  invoiceId: string;
  invoiceNumber: string;
  customer: string;
  openText: string;
  amountText: string;
  reason?: string;
}

export interface BankLine {
  id: string;
  bookedOn: string;
  amount: string;
  amountText: string;
  payer: string;
  text: string;
  reference: string;
  status: "open" | "matched" | "posted" | "reversed" | "ignored";
  confidence?: "high" | "medium" | "low";
  explanation?: string;
  voucher?: string;
  matches: InvoiceMatch[];
  proposals: InvoiceMatch[];
}

export interface BankStatement {
  id: string;
  account: string;
  iban: string;
  number: string;
  from: string;
  to: string;
  openingText: string;
  closingText: string;
  currency: string;
  lineCount: number;
  openCount: number;
  status: "open" | "posted";
  lines?: BankLine[];
}

export const retrieveStatements = async (): Promise<BankStatement[]> =>
  (await callFunction<{ statements: BankStatement[] }>("cl_RetrieveBankStatements")).statements;

export const retrieveStatement = (id: string): Promise<BankStatement> =>
  callFunction<BankStatement>("cl_RetrieveBankStatement", { StatementId: id });

export const importStatement = (name: string, content: string): Promise<{ StatementId: string }> =>
  callAction("cl_ImportBankStatement", { FileName: name, Content: content });

export const matchLine = (lineId: string, invoiceIds: string[]): Promise<void> =>
  callAction("cl_MatchBankLine", {
    LineId: lineId,
    Invoices: invoiceIds.map((InvoiceId) => ({ InvoiceId })),
  });

export interface PostedStatement {
  Posted: number;
  Settled: number;
  Open: number;
}

export const postStatement = (id: string): Promise<PostedStatement> =>
  callAction("cl_PostBankStatement", { StatementId: id });

export type MapMode = "live" | "paused" | "stopped";

export interface MapColumn {
  sales: string;
  finance: string;
  direction: "both" | "toFinance" | "toSales";
  owner?: "sales" | "finance";
  note?: string;
}

export interface SyncMap {
  name: string;
  label: string;
  salesTable: string;
  financeTable: string;
  mode: MapMode;
  pairs: number;
  differences: number;
  waiting: number;
  columns: MapColumn[];
}

export interface MapDifference {
  key: string;
  title: string;
  kind: "value" | "missingInFinance" | "missingInSales" | "error";
  salesTable?: string;
  salesId?: string;
  financeTable?: string;
  financeId?: string;
  column?: string;
  salesValue?: string;
  financeValue?: string;
  message?: string;
}

export const retrieveMaps = (): Promise<{ checkedOn: string; maps: SyncMap[] }> =>
  callFunction("cl_RetrieveMaps");

export const retrieveDifferences = (
  map: string,
): Promise<{ checkedOn: string; rows: MapDifference[] }> =>
  callFunction("cl_RetrieveMapDifferences", { Map: map });

export const setMapMode = (map: string, mode: MapMode): Promise<void> =>
  callAction("cl_SetMapMode", { Map: map, Mode: mode });

export interface OutboxMail {
  id: string;
  createdOn: string;
  from: string;
  to: string;
  cc?: string;
  subject: string;
  status: "queued" | "sent" | "stored" | "failed";
  error?: string;
  text?: string;
  html?: string;
  attachments: { name: string; type: string; size: number; url: string }[];
}

export const retrieveOutbox = async (): Promise<OutboxMail[]> =>
  (await callFunction<{ mails: OutboxMail[] }>("cl_RetrieveOutbox", { Top: 100 })).mails;
