// The meeting's transcript becomes findings, a task and a mail that only Daisy sends (step 4).
import { expect, test } from "./support/company";
import { look } from "./support/look";
import { mailsTo } from "./support/mail";
import { chooseFile, find, tab } from "./support/workspace";

const TRANSCRIPT = `WEBVTT

00:00:00.000 --> 00:00:09.000
<v Daisy Phillips>Hello Mona, thank you for your time. What do your schools need for the season?</v>

00:00:10.000 --> 00:00:31.000
<v Mona Lindgren>We love the Glider surfboard. Twenty boards by March would be great. Is the delivery included in the price?</v>

00:00:32.000 --> 00:00:44.000
<v Daisy Phillips>Delivery comes on top, and the leashes are in stock. I'm happy to put that into a quote.</v>

00:00:45.000 --> 00:01:08.000
<v Mona Lindgren>Good. Honestly, Waveline Supply offers a better price, and last year's delivery was a terrible disaster for us.</v>

00:01:09.000 --> 00:01:24.000
<v Daisy Phillips>I understand. I'll send you the quote by Friday. When do you decide?</v>

00:01:25.000 --> 00:01:44.000
<v Mona Lindgren>By the end of the month. It was a pleasure, we are very excited about this.</v>
`;

test("a transcript shows insights, makes a task and drafts the follow-up mail", async ({ as }) => {
  const daisy = await as("daisy");
  await daisy.goto("/app/");
  await find(daisy, "Mona Lindgren", "Lead");
  await daisy.getByRole("link", { name: "Surfboards for three schools" }).click();
  await expect(daisy.getByRole("heading", { level: 1 })).toHaveText("Surfboards for three schools");
  await tab(daisy, "Insights");
  await look(daisy, "03-no-insights");
  await daisy.getByRole("main").getByRole("button", { name: "Attach transcript" }).last().click();
  await chooseFile(daisy, "meeting.vtt", TRANSCRIPT);
  await look(daisy, "03-attach-transcript");
  await daisy.getByRole("dialog").getByRole("button", { name: "Attach", exact: true }).click();
  await expect(daisy.getByRole("heading", { name: "Sentiment over time" })).toBeVisible();
  await expect(daisy.getByText("Delivery comes on top").first()).toBeVisible();
  await look(daisy, "03-insights");
  await daisy.getByRole("heading", { name: "Topics" }).scrollIntoViewIfNeeded();
  await look(daisy, "03-insights-findings");

  await daisy.getByRole("button", { name: "Make a task" }).first().click();
  await expect(daisy.getByRole("link", { name: "Open task" }).first()).toBeVisible();
  await daisy.getByRole("button", { name: "Draft a follow-up mail" }).click();
  await expect(daisy.getByRole("button", { name: "Send", exact: true })).toBeVisible();
  await look(daisy, "03-follow-up-draft");
  const ada = await as("ada");
  const subjects = async () =>
    (await mailsTo(ada, "mona@northwind.example")).map((mail) => mail.subject);
  const before = await subjects();
  await daisy.getByRole("button", { name: "Send", exact: true }).click();
  await daisy.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
  await expect(daisy.getByRole("dialog")).toBeHidden();
  await expect.poll(async () => (await subjects()).length).toBe(before.length + 1);
  await look(daisy, "03-follow-up-sent");
});
