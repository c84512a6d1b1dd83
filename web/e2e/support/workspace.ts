// The parts of the workspace that the acts use, by their roles and names.
import { expect, type Locator, type Page } from "@playwright/test";

/** The open bell. */
export const inbox = (page: Page): Locator => page.getByRole("dialog", { name: "Notifications" });

/** Goes to a record as people do: Ctrl+K, a few letters, Enter. */
export async function find(page: Page, words: string, kind: string): Promise<void> {
  // The keys work as soon as the frame stands.
  await expect(page.getByRole("button", { name: "Search" })).toBeVisible();
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Records, pages and commands" });
  await box.fill(words);
  await page
    .getByRole("option", { name: new RegExp(`${words}.*${kind}`) })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(words);
}

/** Gives a file to the open dialog. */
export async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByRole("dialog")
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

export const tab = (page: Page, name: string): Promise<void> =>
  page.getByRole("tab", { name, exact: true }).click();

/** Chooses a record in a lookup field: types its name and takes the first one found. */
export async function pick(scope: Locator, label: string, words: string): Promise<void> {
  const box = scope.getByRole("combobox", { name: label });
  const option = scope
    .page()
    .getByRole("option", { name: new RegExp(`^${words}`) })
    .first();
  // While the focus is on its way back from the dialog before, the box forgets what was typed.
  await expect(async () => {
    await box.fill(words);
    await option.click({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await expect(box).toHaveValue(new RegExp(`^${words}`));
}

/** Answers the open dialog. */
export async function confirm(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}
