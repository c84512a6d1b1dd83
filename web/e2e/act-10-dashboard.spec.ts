// The dashboard has followed every step (step 12), and the books of both sides agree (step 9).
import { expect, test } from "./support/company";
import { look } from "./support/look";

test("the dashboard shows the cash, and no map shows a difference", async ({ as }) => {
  const sam = await as("sam");
  await sam.goto("/app/");
  await expect(sam.getByRole("heading", { name: "Cash collected" })).toBeVisible();
  await look(sam, "10-dashboard");
  await sam
    .getByRole("heading", { name: "Cash collected" })
    .evaluate((head) => head.scrollIntoView());
  await look(sam, "10-dashboard-cash");
  await sam.goto("/app/t/opportunity");
  await sam.getByRole("button", { name: /^View / }).click();
  await look(sam, "10-opportunity-views");

  const ada = await as("ada");
  await ada.goto("/app/office/maps");
  await expect(ada.getByRole("table")).toBeVisible();
  await look(ada, "10-maps");
});
