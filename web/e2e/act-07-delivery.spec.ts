// The clerk confirms, the warehouse picks in two turns and packs, the clerk invoices (steps 9 and 10).
import type { Page } from "@playwright/test";
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { confirm } from "./support/workspace";

async function openOrder(page: Page): Promise<void> {
  await page.goto("/app/office/orders");
  const row = page.getByRole("row", { name: /Northwind Traders/ });
  await row.getByRole("link").first().click();
  await expect(page.getByRole("table", { name: "Lines" })).toBeVisible();
}

const step = (page: Page, name: string) =>
  page.getByRole("main").getByRole("button", { name, exact: true }).first().click();

test("an order is confirmed, picked in two turns, packed and invoiced", async ({ as }) => {
  const ines = await as("ines");
  await ines.goto("/app/office/orders");
  await expect(ines.getByRole("row", { name: /Northwind Traders/ })).toBeVisible();
  await look(ines, "07-orders");
  await openOrder(ines);
  await step(ines, "Confirm");
  await look(ines, "07-confirm");
  await confirm(ines, "Confirm");
  await expect(ines.getByRole("table", { name: "Documents" })).toContainText("Confirmation");

  const otto = await as("otto");
  await openOrder(otto);
  await step(otto, "Pick");
  await otto.getByRole("textbox", { name: /^Picked of Glider/ }).fill("12");
  await look(otto, "07-pick");
  await confirm(otto, "Pick");
  await expect(otto.getByText("Partially picked").first()).toBeVisible();
  await look(otto, "07-partly-picked");
  await step(otto, "Pick");
  await confirm(otto, "Pick");
  await step(otto, "Pack");
  await otto.getByLabel("Tracking number").fill("DHL-4711");
  await look(otto, "07-pack");
  await confirm(otto, "Pack");
  await expect(otto.getByRole("table", { name: "Documents" })).toContainText("Packing slip");

  await openOrder(ines);
  await step(ines, "Invoice");
  await confirm(ines, "Invoice");
  const documents = ines.getByRole("table", { name: "Documents" });
  await expect(documents.getByRole("row", { name: /Invoice/ })).toBeVisible();
  await look(ines, "07-invoiced");
  const addresses = await documents
    .getByRole("row", { name: /Invoice/ })
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(addresses.length).toBeGreaterThan(0);
  for (const address of addresses) {
    expect((await ines.request.get(address)).status(), address).toBe(200);
  }
});
