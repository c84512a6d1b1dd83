// Mona's payment comes with the bank statement and settles her invoice (step 11).
import type { Page } from "@playwright/test";
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { chooseFile, confirm, find, tab } from "./support/workspace";

interface Invoice {
  number: string;
  total: string;
}

/** The open invoice of the story, as the clerk's workspace tells it. */
async function openInvoice(ines: Page): Promise<Invoice> {
  const answer = await ines.request.get(
    "/api/data/v9.2/invoices?$select=invoicenumber,totalamount&$orderby=createdon desc&$top=1",
  );
  const { value } = (await answer.json()) as {
    value: { invoicenumber: string; totalamount: number }[];
  };
  const [invoice] = value;
  if (!invoice) {
    throw new Error("There is no invoice to pay.");
  }
  return { number: invoice.invoicenumber, total: invoice.totalamount.toFixed(2) };
}

/** A statement begins where the one before it ended: in cents. */
async function lastBalance(ines: Page): Promise<number> {
  const answer = await ines.request.get("/api/data/v9.2/cl_RetrieveBankStatements()");
  const { statements } = (await answer.json()) as {
    statements: { to: string; number: string; closingText: string }[];
  };
  const [last] = statements
    .filter((each) => each.closingText.startsWith("€"))
    .sort((a, b) => b.to.localeCompare(a.to) || b.number.localeCompare(a.number));
  return last ? Number(last.closingText.replace(/[^\d-]/g, "")) : 0;
}

const euros = (cents: number): string => (cents / 100).toFixed(2);

const balance = (code: string, amount: string, day: string) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt>` +
  `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;

function statement({ number, total }: Invoice, opening: number): string {
  const day = new Date().toISOString().slice(0, 10);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>' +
    `<GrpHdr><MsgId>M-1</MsgId><CreDtTm>${day}T20:00:00</CreDtTm></GrpHdr>` +
    "<Stmt><Id>NW-2027-001</Id><Acct><Id><IBAN>IE29AIBK93115212345678</IBAN></Id><Ccy>EUR</Ccy></Acct>" +
    balance("OPBD", euros(opening), day) +
    balance("CLBD", euros(opening + Math.round(Number(total) * 100)), day) +
    `<Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">${total}</Amt><CdtDbtInd>CRDT</CdtDbtInd>` +
    `<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><NtryDtls><TxDtls>` +
    "<Refs><EndToEndId>NW-1</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Northwind Traders</Nm>" +
    "</Pty></Dbtr><DbtrAcct><Id><IBAN>GB29NWBK60161331926819</IBAN></Id></DbtrAcct></RltdPties>" +
    `<RmtInf><Ustrd>Invoice ${number}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>` +
    "</Stmt></BkToCstmrStmt></Document>"
  );
}

test("a bank statement settles the invoice", async ({ as }) => {
  const ines = await as("ines");
  await ines.goto("/app/office/bank");
  await expect(ines.getByRole("heading", { level: 1, name: "Bank" })).toBeVisible();
  await look(ines, "09-bank");
  const invoice = await openInvoice(ines);
  await ines.getByRole("button", { name: "Import statement" }).click();
  await chooseFile(ines, "statement.xml", statement(invoice, await lastBalance(ines)));
  await look(ines, "09-import");
  await confirm(ines, "Import statement");
  await expect(ines.getByRole("table", { name: "Lines" })).toContainText(invoice.number);
  await look(ines, "09-statement");
  await ines.getByRole("button", { name: "Post matched lines" }).click();
  await look(ines, "09-post");
  await confirm(ines, "Post matched lines");
  await expect(ines.getByRole("table", { name: "Lines" })).toContainText("Posted");
  await look(ines, "09-posted");

  const daisy = await as("daisy");
  await daisy.goto("/app/");
  await find(daisy, "Northwind Traders", "Account");
  await tab(daisy, "Sales");
  await daisy
    .getByRole("link", { name: new RegExp(invoice.number) })
    .first()
    .click();
  await expect(daisy.getByRole("main").getByText("Paid").first()).toBeVisible();
  await look(daisy, "09-invoice-paid");
});
