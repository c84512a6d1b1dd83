// Mona asks to become a partner; Daisy sees the lead at once (steps 1 and 2 of the story).
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { inbox } from "./support/workspace";

test("a shop request is a lead in Daisy's list and bell without a reload", async ({
  as,
  guest,
}) => {
  const daisy = await as("daisy");
  await daisy.goto("/app/t/lead");
  await expect(daisy.getByRole("grid", { name: "Leads: My Open Leads" })).toBeVisible();
  await look(daisy, "01-leads-before");

  const mona = await guest();
  await mona.goto("/shop/");
  await look(mona, "01-shop-home");
  await mona.getByRole("link", { name: "Surfboards" }).first().click();
  await expect(mona.getByRole("heading", { level: 1, name: "Surfboards" })).toBeVisible();
  await look(mona, "01-shop-surfboards");
  await mona
    .getByRole("link", { name: /Glider surfboard/ })
    .first()
    .click();
  await look(mona, "01-shop-product");
  await mona.getByRole("link", { name: "Request this product" }).click();
  const opened = Date.now();
  await mona.getByLabel("First name").fill("Mona");
  await mona.getByLabel("Last name").fill("Lindgren");
  await mona.getByLabel("Company").fill("Northwind Traders");
  await mona.getByLabel("E-mail").fill("mona@northwind.example");
  await mona.getByLabel("Phone").fill("+353 1 555 0142");
  await mona.getByLabel("Country").fill("Ireland");
  await mona.getByLabel("City").fill("Bundoran");
  await mona
    .getByLabel("What would you like to buy?")
    .fill("We open three surf schools in spring and need twenty surfboards with leashes by March.");
  await look(mona, "01-shop-request");
  // Who sends the form within two seconds is taken for a program.
  await expect.poll(() => Date.now() - opened).toBeGreaterThan(2_100);
  await mona.getByRole("button", { name: "Send the request" }).click();
  await expect(mona.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await look(mona, "01-shop-thank-you");

  await expect(daisy.getByRole("row", { name: /Mona Lindgren/ })).toBeVisible();
  await daisy.getByRole("button", { name: /^Notifications, / }).click();
  await expect(inbox(daisy).getByRole("button", { name: /Northwind Traders/ })).toBeVisible();
  await look(daisy, "01-lead-arrives");
});
