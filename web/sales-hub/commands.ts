// The commands of the story's tables, for servers whose metadata names none.
import type { Command } from "@/api/metadata";
import { registerCommands } from "@/ui/commands/visible";
import { t } from "@/ui/texts";

const OPEN = { statecode: [0] };

const channel: Command = {
  name: "openChannel",
  label: t.sales.channels.open,
  icon: "channel",
  dialog: "openChannel",
};

const book: Command = {
  name: "bookAppointment",
  label: t.sales.appointment.bookTitle,
  icon: "appointment",
  dialog: "bookAppointment",
};

const complete = (label = t.form.timeline.complete): Command => ({
  name: "complete",
  label,
  icon: "check",
  update: { statecode: 1 },
  showWhen: { statecode: [0, 3] },
});

export function registerSalesCommands(): void {
  registerCommands("lead", [
    {
      name: "qualify",
      label: t.sales.qualify.submit,
      icon: "check",
      primary: true,
      dialog: "qualifyLead",
      showWhen: OPEN,
    },
    { ...book, showWhen: OPEN },
    {
      name: "disqualify",
      label: t.sales.disqualify.submit,
      icon: "cancel",
      dialog: "disqualifyLead",
      showWhen: OPEN,
    },
    {
      name: "reactivate",
      label: "Reactivate",
      icon: "reopen",
      update: { statecode: 0, statuscode: 1 },
      showWhen: { statecode: [1, 2] },
    },
  ]);
  registerCommands("opportunity", [
    {
      name: "generateQuote",
      label: t.sales.quote.generate,
      icon: "quote",
      dialog: "generateQuote",
      showWhen: OPEN,
    },
    {
      name: "closeWon",
      label: t.sales.close.won,
      icon: "won",
      primary: true,
      dialog: "closeOpportunityWon",
      showWhen: OPEN,
    },
    {
      name: "closeLost",
      label: t.sales.close.lost,
      icon: "lost",
      dialog: "closeOpportunityLost",
      showWhen: OPEN,
    },
    {
      name: "reopen",
      label: "Reopen",
      icon: "reopen",
      update: { statecode: 0, statuscode: 1 },
      showWhen: { statecode: [1, 2] },
    },
    channel,
    { ...book, showWhen: OPEN },
  ]);
  registerCommands("account", [channel, book]);
  registerCommands("contact", [book]);
  registerCommands("quote", [
    {
      name: "activate",
      label: "Activate quote",
      icon: "check",
      primary: true,
      update: { statecode: 1, statuscode: 2 },
      showWhen: OPEN,
    },
    {
      name: "createOrder",
      label: t.sales.quote.orderSubmit,
      icon: "order",
      primary: true,
      dialog: "createOrder",
      showWhen: { statecode: [1, 2] },
    },
    {
      name: "revise",
      label: t.sales.quote.reviseSubmit,
      icon: "edit",
      dialog: "reviseQuote",
      showWhen: { statecode: [1, 3] },
    },
    {
      name: "closeQuote",
      label: t.sales.quote.closeSubmit,
      icon: "cancel",
      dialog: "closeQuote",
      showWhen: { statecode: [1] },
    },
    { name: "pdf", label: "PDF", icon: "pdf", url: "/documents/quotes/{id}.pdf" },
  ]);
  registerCommands("salesorder", [
    { name: "pdf", label: "PDF", icon: "pdf", url: "/documents/salesorders/{id}.pdf" },
  ]);
  registerCommands("invoice", [
    { name: "pdf", label: "PDF", icon: "pdf", url: "/documents/invoices/{id}.pdf" },
    { name: "ubl", label: "E-invoice (XML)", icon: "quote", url: "/documents/invoices/{id}.xml" },
  ]);
  registerCommands("appointment", [
    {
      name: "join",
      label: t.form.timeline.join,
      icon: "appointment",
      primary: true,
      url: "{onlinemeetingjoinurl}",
      showWhen: { onlinemeetingjoinurl: [], statecode: [0, 3] },
    },
    {
      name: "openCalendarFile",
      label: t.sales.appointment.calendarTitle,
      icon: "mail",
      dialog: "openCalendarFile",
      showWhen: { statecode: [0, 3] },
    },
    {
      name: "attachTranscript",
      label: t.sales.appointment.transcriptTitle,
      icon: "quote",
      dialog: "attachTranscript",
    },
    complete(),
    {
      name: "cancel",
      label: "Cancel appointment",
      icon: "cancel",
      update: { statecode: 2 },
      confirm: "The people invited are told that it is cancelled.",
      showWhen: { statecode: [0, 3] },
    },
  ]);
  registerCommands("task", [complete()]);
  registerCommands("phonecall", [complete()]);
  registerCommands("email", [
    {
      name: "send",
      label: t.sales.email.send,
      icon: "mail",
      primary: true,
      dialog: "sendEmail",
      showWhen: OPEN,
    },
  ]);
}
