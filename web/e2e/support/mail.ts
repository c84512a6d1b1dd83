// Mails as they lie in the outbox, where no mail server is configured.
import type { Page } from "@playwright/test";

interface Attachment {
  name: string;
  type: string;
  url: string;
}

interface Mail {
  to: string;
  subject: string;
  text?: string;
  attachments: Attachment[];
}

/** Newest first; `administrator` may look into the outbox. */
export async function mailsTo(administrator: Page, address: string): Promise<Mail[]> {
  const answer = await administrator.request.get("/api/data/v9.2/cl_RetrieveOutbox(Top=50)");
  const { mails } = (await answer.json()) as { mails: Mail[] };
  return mails.filter((mail) => mail.to.includes(address));
}

export async function invitationTo(administrator: Page, address: string): Promise<string> {
  for (const mail of await mailsTo(administrator, address)) {
    const calendar = mail.attachments.find((each) => each.type.startsWith("text/calendar"));
    if (calendar) {
      return (await administrator.request.get(calendar.url)).text();
    }
  }
  throw new Error(`No invitation went to ${address}.`);
}

/** What the mail program of `address` answers to an invitation: accepted. */
export function answerOf(invitation: string, address: string): string {
  const lines = invitation.replace(/\r\n[ \t]/g, "").split("\r\n");
  const kept = lines.filter((line) => /^(UID|SEQUENCE|DTSTART|DTEND|ORGANIZER)[;:]/.test(line));
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Northwind Traders//Mail//EN",
    "METHOD:REPLY",
    "BEGIN:VEVENT",
    ...kept,
    `DTSTAMP:${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${address}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}
