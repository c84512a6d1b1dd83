import { describe, expect, it } from "vitest";
import type { BankLine, InvoiceMatch } from "@/api/office";
import { candidates } from "./StatementPage";

const match = (invoiceId: string, reason?: string): InvoiceMatch => ({
  invoiceId,
  invoiceNumber: invoiceId,
  customer: "Northwind Traders",
  openText: "€10.00",
  amountText: "€10.00",
  ...(reason ? { reason } : {}),
});

describe("invoices offered for a bank line", () => {
  it("are the matched ones first, each once", () => {
    const line = {
      matches: [match("b")],
      proposals: [match("a"), match("b", "amount"), match("c")],
    };
    const offered = candidates(line as BankLine);
    expect(offered.map((each) => each.invoiceId)).toEqual(["b", "a", "c"]);
    expect(offered[0]?.reason).toBeUndefined();
  });
});
