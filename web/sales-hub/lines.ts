// The line tables of the sales documents.
export interface LineTable {
  table: string;
  /** The lookup of a line to its document. */
  parent: string;
}

export const LINES: Record<string, LineTable> = {
  opportunity: { table: "opportunityproduct", parent: "opportunityid" },
  quote: { table: "quotedetail", parent: "quoteid" },
  salesorder: { table: "salesorderdetail", parent: "salesorderid" },
  invoice: { table: "invoicedetail", parent: "invoiceid" },
};

/** Of the document, in the order in which they add up; the server has added them up. */
export const TOTALS = [
  "totallineitemamount",
  "discountpercentage",
  "discountamount",
  "totalamountlessfreight",
  "freightamount",
  "totaltax",
  "totalamount",
];
