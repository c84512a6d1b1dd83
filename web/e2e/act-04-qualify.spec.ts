// Daisy sees what will be made, qualifies the lead and finds the deal in Develop (step 5).
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { find } from "./support/workspace";

test("a lead is qualified into account, contact and opportunity", async ({ as }) => {
  const daisy = await as("daisy");
  await daisy.goto("/app/");
  await find(daisy, "Mona Lindgren", "Lead");
  await daisy.getByRole("main").getByRole("button", { name: "Qualify", exact: true }).click();
  const dialog = daisy.getByRole("dialog", { name: /^Qualify lead/ });
  await expect(dialog.getByText("Northwind Traders").first()).toBeVisible();
  await look(daisy, "04-qualify-dialog");
  await dialog.getByRole("button", { name: "Qualify", exact: true }).click();

  const process = daisy.getByRole("region", { name: /^Process Lead to Opportunity/ });
  await expect(process.getByRole("button", { name: /Develop.*active/ })).toBeVisible();
  await expect(daisy.getByRole("heading", { level: 1 })).toContainText("Glider surfboard");
  await expect(daisy.getByText(/three surf schools/).first()).toBeVisible();
  await look(daisy, "04-opportunity");

  await find(daisy, "Mona Lindgren", "Lead");
  await expect(daisy.getByText(/^Read-only/)).toBeVisible();
  await look(daisy, "04-lead-qualified");
});
