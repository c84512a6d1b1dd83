// Products, quote, revision, order: the deal is won (steps 7 and 8).
import type { Page } from "@playwright/test";
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { confirm, find, pick, tab } from "./support/workspace";

async function addProduct(daisy: Page, product: string, quantity: string): Promise<void> {
  await daisy.getByRole("button", { name: "Add product" }).click();
  const dialog = daisy.getByRole("dialog", { name: "Add product" });
  await pick(dialog, "Product", product);
  await dialog.getByLabel("Quantity").fill(quantity);
  if (product.startsWith("Glider")) {
    await look(daisy, "06-add-product");
  }
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("a deal is quoted, revised, ordered and won", async ({ as }) => {
  const daisy = await as("daisy");
  await daisy.goto("/app/");
  await find(daisy, "Glider surfboard", "Opportunity");
  await tab(daisy, "Products");
  await pick(daisy.getByRole("main"), "Price list", "Partners Europe");
  await addProduct(daisy, "Glider surfboard", "20");
  await addProduct(daisy, "Leash 9 ft", "20");
  await expect(daisy.getByRole("grid", { name: "Products", exact: true })).toContainText(
    "€11,941.60",
  );
  await look(daisy, "06-products");

  await daisy.getByRole("button", { name: "Make the quote" }).click();
  await look(daisy, "06-make-quote");
  await daisy.getByRole("dialog").getByRole("button", { name: "Make the quote" }).click();
  await expect(daisy.getByRole("button", { name: "Activate quote" })).toBeVisible();
  await look(daisy, "06-quote-draft");
  await daisy.getByRole("button", { name: "Activate quote" }).click();
  await expect(daisy.getByRole("button", { name: "Create order" })).toBeVisible();
  await look(daisy, "06-quote-active");

  await daisy.getByRole("button", { name: "Revise", exact: true }).click();
  await look(daisy, "06-revise");
  await confirm(daisy, "Revise");
  await expect(daisy.getByRole("button", { name: "Activate quote" })).toBeVisible();
  await addProduct(daisy, "Board bag, padded", "5");
  await daisy.getByRole("button", { name: "Activate quote" }).click();
  await daisy.getByRole("button", { name: "Create order" }).click();
  await expect(daisy.getByLabel("Actual revenue")).not.toHaveValue("");
  await look(daisy, "06-create-order");
  await confirm(daisy, "Create order");
  await expect(daisy).toHaveURL(/\/t\/salesorder\//);
  await expect(daisy.getByRole("heading", { level: 1 })).toContainText("Glider surfboard");
  await look(daisy, "06-order");

  await find(daisy, "Glider surfboard", "Opportunity");
  await expect(daisy.getByText(/^Read-only: this record is won/)).toBeVisible();
  await look(daisy, "06-opportunity-won");
  await find(daisy, "Northwind Traders", "Account");
  await expect(daisy.getByText("Customer", { exact: true }).first()).toBeVisible();
  await look(daisy, "06-account-customer");
});
