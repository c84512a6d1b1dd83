// The team gathers around the deal: channel with live cards, stakeholder, competitor, sales team (step 6).
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { confirm, find, pick, tab } from "./support/workspace";

test("the deal gets stakeholders, competitors, a sales team and a channel", async ({ as }) => {
  const daisy = await as("daisy");
  await daisy.goto("/app/");
  await find(daisy, "Glider surfboard", "Opportunity");

  await daisy.getByRole("button", { name: "Add stakeholder" }).click();
  const dialog = daisy.getByRole("dialog");
  await pick(dialog, "Person", "Mona Lindgren");
  await pick(dialog, "Role", "Decision Maker");
  await look(daisy, "05-add-stakeholder");
  await confirm(daisy, "Save");
  // The focus goes back to where it came from; until then it would leave the next field again.
  await expect(daisy.getByRole("button", { name: "Add stakeholder" })).toBeFocused();
  await expect(daisy.getByRole("main").getByText("Decision Maker")).toBeVisible();

  await daisy.getByRole("combobox", { name: "Add competitor" }).fill("Waveline");
  await daisy.getByRole("option", { name: /^Waveline Supply/ }).click();
  await expect(daisy.getByRole("link", { name: "Waveline Supply" })).toBeVisible();

  await daisy.getByRole("button", { name: "Add member" }).click();
  await pick(daisy.getByRole("dialog"), "Member", "Tom Becker");
  await daisy.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(daisy.getByRole("main").getByText("Tom Becker")).toBeVisible();
  await daisy.getByRole("heading", { name: "Competitors" }).scrollIntoViewIfNeeded();
  await look(daisy, "05-people-around-the-deal");

  await tab(daisy, "Conversation");
  await daisy.getByRole("main").getByRole("button", { name: "Open a channel" }).last().click();
  await look(daisy, "05-open-channel");
  await daisy.getByRole("dialog").getByRole("button", { name: "Open a channel" }).click();
  await expect(daisy.getByRole("article", { name: /^Opportunity/ })).toBeVisible();
  await expect(daisy.getByRole("article", { name: /^Account Northwind/ })).toBeVisible();
  await daisy.getByRole("textbox", { name: /^Write a message/ }).fill("Who checks the stock, @Tom");
  await daisy.getByRole("option", { name: "Tom Becker" }).click();
  await daisy.getByRole("button", { name: "Send" }).click();
  await expect(daisy.getByText("Who checks the stock")).toBeVisible();
  await look(daisy, "05-channel");

  const tom = await as("tom");
  await tom.getByRole("button", { name: /^Notifications, / }).click();
  await tom
    .getByRole("dialog")
    .getByRole("button", { name: /Who checks the stock/ })
    .click();
  const card = tom.getByRole("article", { name: /^Opportunity/ });
  await expect(card).toBeVisible();
  const daisysCard = daisy.getByRole("article", { name: /^Opportunity/ });
  await daisysCard.getByRole("button", { name: "Edit Description" }).click();
  await look(daisy, "05-card-editing");
  await daisysCard.getByLabel("Description").fill("Twenty boards by March.");
  await daisysCard.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText("Twenty boards by March.");
  await look(tom, "05-card-changed");
});
