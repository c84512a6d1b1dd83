// The way from the sign-in to a qualified lead without a mouse: palette, lead, dialog.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/company";
import { look } from "./support/look";

const focused = (page: Page) => page.locator(":focus");

/** Tab until the control with this name has the focus; nobody needs more than a few dozen. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const label = await focused(page).evaluate(
      (element) => element.getAttribute("aria-label") ?? element.textContent ?? "",
    );
    if (name.test(label.trim())) {
      return;
    }
  }
  throw new Error(`Tab never reaches ${name}.`);
}

test("a lead is found, opened and qualified by keys alone", async ({ as }) => {
  const sam = await as("sam");
  await sam.goto("/app/");
  await expect(sam.getByRole("button", { name: "Search" })).toBeVisible();
  await sam.keyboard.press("?");
  await expect(sam.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await look(sam, "11-shortcuts");
  await sam.keyboard.press("Escape");
  await expect(sam.getByRole("dialog")).toBeHidden();

  // g, l: the list of leads; then into its grid, to the first row, and open it.
  await sam.keyboard.press("g");
  await sam.keyboard.press("l");
  const grid = sam.getByRole("grid", { name: /^Leads/ });
  await expect(grid).toBeVisible();
  await sam.keyboard.press("Control+k");
  const box = sam.getByRole("combobox", { name: "Records, pages and commands" });
  await expect(box).toBeFocused();
  await sam.keyboard.type("Jonas Silva");
  await expect(sam.getByRole("option", { name: /Jonas Silva.*Lead/ })).toBeVisible();
  await look(sam, "11-palette");
  await sam.keyboard.press("Enter");
  await expect(sam.getByRole("heading", { level: 1 })).toContainText("Jonas Silva");

  await tabTo(sam, /^Qualify$/);
  await sam.keyboard.press("Enter");
  const dialog = sam.getByRole("dialog", { name: /^Qualify lead/ });
  await expect(dialog).toContainText("will be created");
  await tabTo(sam, /^Qualify$/);
  await expect(focused(sam)).toBeEnabled();
  await sam.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(sam).toHaveURL(/\/t\/opportunity\//);
  await expect(sam.getByRole("button", { name: /Develop.*active/ })).toBeVisible();
});
