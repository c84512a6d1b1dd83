// The buyer of the demo company in the shop, as a browser without scripts: her invoices with their
// files, and an order on account at Finance's own prices and credit.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startCompany } from "./company.mjs";

const BUYER = "aoife.ahern@blue-reef-group.example";

class Browser {
  #cookies = new Map();
  constructor(origin) {
    this.origin = origin;
  }
  async fetch(target, options = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(this.origin + target, {
      redirect: "manual",
      ...options,
      headers: { ...options.headers, Cookie: cookie },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      this.#cookies.set(name, value);
    }
    return answer;
  }
  async page(target) {
    const answer = await this.fetch(target);
    assert.equal(answer.status, 200, target);
    return answer.text();
  }
  /** Fills what the page hides in its form, and sends it. */
  async submit(page, target, fields) {
    const html = await this.page(page);
    const form = new URLSearchParams(fields);
    for (const name of ["csrf", "checkout", "total"]) {
      const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(html);
      if (found) {
        form.set(name, found[1]);
      }
    }
    return this.fetch(target, { method: "POST", body: form });
  }
}

describe("the demo company's buyer", () => {
  let company;
  let browser;
  before(async () => {
    company = await startCompany({ content: "--demo" });
    browser = new Browser(company.url);
  });
  after(() => company.stop());

  it("signs in with what the page says", async () => {
    const page = await browser.page("/shop/sign-in");
    assert.ok(page.includes(BUYER));
    const password = /the password <b>([^<]+)<\/b>/.exec(page)[1];
    const answer = await browser.submit("/shop/sign-in", "/shop/sign-in", { email: BUYER, password });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "/shop/account");
  });

  it("finds the files of her invoices", async () => {
    let links = [];
    // Jobs make them soon after the start.
    for (let tries = 0; links.length < 4 && tries < 100; tries += 1) {
      const page = await browser.page("/shop/account/invoices");
      links = [...page.matchAll(/href="(\/shop\/account\/documents\/[^"]+)"/g)].map((each) => each[1]);
      await sleep(100);
    }
    assert.equal(links.length, 4, "two invoices, each as PDF and as e-invoice");
    const [pdf, ubl] = await Promise.all(links.slice(0, 2).map((link) => browser.fetch(link)));
    assert.equal(pdf.headers.get("content-type"), "application/pdf");
    assert.match(pdf.headers.get("content-disposition"), /INV-AWIE-\d+\.pdf$/);
    assert.equal(Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString(), "%PDF-");
    assert.match(await ubl.text(), /<Invoice /);
    const stranger = await new Browser(company.url).fetch(links[0]);
    assert.notEqual(stranger.status, 200);
  });

  it("orders on account within her limits, and not above them", async () => {
    const add = (quantity) =>
      browser.submit("/shop/products/SB-100", "/shop/cart/add", { product: "SB-100", quantity });
    assert.equal((await add("4")).status, 303);
    const placed = await browser.submit("/shop/checkout", "/shop/checkout", {
      purchaseorder: "PO-9001",
    });
    assert.equal(placed.status, 303, await placed.text());
    const order = placed.headers.get("location");
    assert.match(order, /^\/shop\/account\/orders\//);
    const page = await browser.page(order.split("?")[0]);
    assert.ok(page.includes("PO-9001"));
    // Her organisation lets her spend 15,000 a month.
    assert.equal((await add("40")).status, 303);
    const refused = await browser.submit("/shop/checkout", "/shop/checkout", {});
    assert.notEqual(refused.status, 303);
    assert.match(await refused.text(), /limit/i);
  });
});
