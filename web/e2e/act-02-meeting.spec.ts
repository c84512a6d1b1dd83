// Daisy opens the lead, books a meeting, Mona answers the invitation and enters as a guest (step 3).
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { answerOf, invitationTo } from "./support/mail";
import { chooseFile } from "./support/workspace";

test("a meeting is booked, answered by a calendar file and entered by a guest", async ({
  as,
  guest,
}) => {
  const daisy = await as("daisy");
  await daisy.goto("/app/t/lead");
  await daisy.getByRole("link", { name: "Mona Lindgren" }).click();
  await expect(daisy.getByRole("heading", { level: 1 })).toContainText("Mona Lindgren");
  const process = daisy.getByRole("region", { name: /^Process Lead to Opportunity/ });
  await expect(process.getByRole("button", { name: /Qualify.*active/ })).toBeVisible();
  await look(daisy, "02-lead");
  await process.getByRole("button", { name: /Qualify.*active/ }).click();
  await look(daisy, "02-stage-qualify");
  await daisy.keyboard.press("Escape");

  await daisy.getByRole("button", { name: "Book appointment" }).click();
  const booking = daisy.getByRole("dialog", { name: "Book appointment" });
  await booking.getByLabel("Subject").fill("Surfboards for three schools");
  await booking.getByLabel("Agenda").fill("Your season\nBoards and leashes\nTerms");
  await look(daisy, "02-book-appointment");
  await booking.getByRole("button", { name: "Add", exact: true }).click();
  await expect(booking).toBeHidden();
  await daisy.getByRole("link", { name: "Surfboards for three schools" }).click();
  await expect(daisy.getByRole("heading", { level: 1 })).toHaveText("Surfboards for three schools");
  await look(daisy, "02-appointment");

  const ada = await as("ada");
  await ada.goto("/app/office/outbox");
  await ada.getByRole("button", { name: /Surfboards for three schools/ }).click();
  await look(ada, "02-invitation");
  const invitation = await invitationTo(ada, "mona@northwind.example");

  await daisy.getByRole("button", { name: "Open .ics or .eml" }).click();
  await chooseFile(daisy, "answer.ics", answerOf(invitation, "mona@northwind.example"));
  await look(daisy, "02-open-answer");
  await daisy.getByRole("dialog").getByRole("button", { name: "Open", exact: true }).click();
  await expect(daisy.getByText("Accepted").first()).toBeVisible();
  await look(daisy, "02-answered");

  const [room] = await Promise.all([
    daisy.waitForEvent("popup"),
    daisy.getByRole("button", { name: "Join meeting" }).click(),
  ]);
  const mona = await guest();
  await mona.goto(room.url());
  await expect(mona.getByRole("heading", { name: "Agenda" })).toBeVisible();
  await look(mona, "02-meeting-page");
  await mona.getByLabel("Your name").fill("Mona Lindgren");
  await mona.getByRole("button", { name: "Enter the meeting" }).click();
  await expect(mona.getByRole("status")).toContainText("Welcome, Mona Lindgren");
  await look(mona, "02-meeting-entered");
});
