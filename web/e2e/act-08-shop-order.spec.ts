// Mona signs in to the shop and orders again, on account, with Paul's coupon (step 11).
import type { Page } from "@playwright/test";
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { mailsTo } from "./support/mail";

const PASSWORD = "twenty boards by the sea";

/** The one-time link that went to the buyer when the deal was won. */
async function passwordLink(ada: Page): Promise<string> {
  for (const mail of await mailsTo(ada, "mona@northwind.example")) {
    const link = /\S*\/shop\/set-password\?token=[\w-]+/.exec(mail.text ?? "");
    if (link) {
      const { pathname, search } = new URL(link[0]);
      return pathname + search;
    }
  }
  throw new Error("No link went to Mona.");
}

async function makeCoupon(paul: Page): Promise<void> {
  await paul.goto("/app/t/cl_coupon/new");
  await paul.getByLabel("Code").fill("SPRING10");
  await paul.getByLabel("Description").fill("Ten per cent for the new season");
  await paul.getByLabel("Discount percent").fill("10");
  await look(paul, "08-new-coupon");
  await paul.getByRole("main").getByRole("button", { name: "Create", exact: true }).click();
  await expect(paul.getByRole("button", { name: "Activate" })).toBeVisible();
  await look(paul, "08-coupon");
}

async function useCoupon(mona: Page): Promise<void> {
  await mona.getByLabel("Coupon code").fill("SPRING10");
  await mona.getByRole("button", { name: "Use it" }).click();
}

test("the buyer orders on account, within both limits, with a coupon", async ({ as, guest }) => {
  const ada = await as("ada");
  await ada.goto("/app/office/outbox");
  await look(ada, "08-outbox");
  const mona = await guest();
  await mona.goto(await passwordLink(ada));
  await look(mona, "08-set-password");
  await mona.getByLabel("New password").fill(PASSWORD);
  await mona.getByLabel("The same again").fill(PASSWORD);
  await mona.getByRole("button", { name: "Save and sign in" }).click();
  await expect(mona.getByRole("heading", { level: 1 })).toHaveText("Northwind Traders");
  await look(mona, "08-account");
  await mona.getByRole("link", { name: "Prices" }).click();
  await expect(mona.getByRole("row", { name: /Glider surfboard/ })).toContainText("597.08");
  await look(mona, "08-agreed-prices");
  await mona.getByRole("link", { name: /Glider surfboard/ }).click();
  await mona.getByLabel("Quantity").fill("2");
  await look(mona, "08-product");
  await mona.getByRole("button", { name: "Put into the cart" }).click();
  await expect(mona.getByRole("status")).toHaveText("It is in your cart.");
  await mona.goto("/shop/cart");
  await look(mona, "08-cart-full");

  const paul = await as("paul");
  await makeCoupon(paul);
  await useCoupon(mona);
  await expect(mona.getByRole("alert")).toBeVisible();
  await look(mona, "08-coupon-refused");
  await paul.getByRole("button", { name: "Activate" }).click();
  await expect(paul.getByRole("button", { name: "Deactivate" })).toBeVisible();
  await look(paul, "08-coupon-active");
  await useCoupon(mona);
  await expect(mona.getByText(/SPRING10/).first()).toBeVisible();
  await look(mona, "08-cart");

  const ines = await as("ines");
  await ines.goto("/app/office/credit");
  await ines.getByRole("button", { name: /^Change the credit of Northwind/ }).click();
  await ines.getByRole("dialog").getByLabel("Credit limit").fill("25000");
  await look(ines, "08-credit");
  await ines.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(ines.getByRole("row", { name: /Northwind Traders/ })).toContainText("25,000.00");
  await look(ines, "08-credit-set");

  await mona.goto("/shop/account/buyers");
  await mona.getByLabel(/^Spending limit of Mona/).fill("5000");
  await look(mona, "08-spending-limit");
  await mona.getByRole("button", { name: "Save" }).click();
  await mona.goto("/shop/checkout");
  await mona.getByLabel("Your purchase order number").fill("NW-2027-01");
  await look(mona, "08-checkout");
  await mona.getByRole("button", { name: /^Order for/ }).click();
  await expect(mona.getByRole("heading", { level: 1, name: /^Order/ })).toBeVisible();
  await look(mona, "08-ordered");
  await mona.goto("/shop/account/invoices");
  await expect(mona.getByRole("table")).toBeVisible();
  await look(mona, "08-invoices");
});
