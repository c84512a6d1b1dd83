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

/** Goods that came in: nothing of this depends on what the demo company has on its shelves. */
async function receive(clerk: Page, product: string): Promise<void> {
  const session = await clerk.request.get("/auth/session");
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const answer = await clerk.request.post("/api/data/v9.2/cl_AdjustInventory", {
    headers: { "X-CSRF-Token": csrfToken },
    data: { ItemNumber: product, Quantity: 100 },
  });
  expect(answer.status(), await answer.text()).toBe(204);
}

const step = (page: Page, name: string) =>
  page.getByRole("main").getByRole("button", { name, exact: true }).first().click();

test("an order is confirmed, picked in two turns, packed and invoiced", async ({ as }) => {
  const ines = await as("ines");
  for (const product of ["SB-100", "AC-300", "AC-320"]) {
    await receive(ines, product);
  }
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
  const papers = documents.getByRole("row", { name: /Invoice/ }).getByRole("link");
  await expect(papers.first()).toHaveAttribute("href", /^\/documents\/.+\.pdf$/);
});
