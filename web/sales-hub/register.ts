// Tells forms and command bars what the Sales Hub has for them. Everything is loaded when first
// used.
import { type ComponentType, lazy } from "react";
import { type RecordDialogProps, registerDialog } from "@/ui/dialogs/host";
import { type FormControlProps, registerControl } from "@/ui/form/controls";
import { registerSalesCommands } from "./commands";

/** One part of a module, loaded when it is first drawn. */
function later<P>(load: () => Promise<Record<string, unknown>>, name: string): ComponentType<P> {
  return lazy(async () => {
    const module = await load();
    return { default: module[name] as ComponentType<P> };
  }) as unknown as ComponentType<P>;
}

const lead = () => import("./dialogs/QualifyDialog");
const disqualify = () => import("./dialogs/DisqualifyDialog");
const opportunity = () => import("./dialogs/CloseOpportunityDialog");
const quote = () => import("./dialogs/quoteDialogs");
const appointment = () => import("./dialogs/appointmentDialogs");

const DIALOGS: Record<string, [() => Promise<Record<string, unknown>>, string]> = {
  qualifyLead: [lead, "QualifyDialog"],
  disqualifyLead: [disqualify, "DisqualifyDialog"],
  closeOpportunityWon: [opportunity, "CloseWonDialog"],
  closeOpportunityLost: [opportunity, "CloseLostDialog"],
  generateQuote: [quote, "GenerateQuoteDialog"],
  closeQuote: [quote, "CloseQuoteDialog"],
  reviseQuote: [quote, "ReviseQuoteDialog"],
  createOrder: [quote, "CreateOrderDialog"],
  addProducts: [() => import("./dialogs/AddProductDialog"), "AddProductDialog"],
  addStakeholder: [() => import("./controls/StakeholdersControl"), "AddStakeholderDialog"],
  addSalesTeamMember: [() => import("./controls/SalesTeamControl"), "AddSalesTeamMemberDialog"],
  openChannel: [() => import("./dialogs/OpenChannelDialog"), "OpenChannelDialog"],
  bookAppointment: [appointment, "BookAppointmentDialog"],
  openCalendarFile: [appointment, "OpenCalendarFileDialog"],
  attachTranscript: [appointment, "AttachTranscriptDialog"],
  sendEmail: [appointment, "SendEmailDialog"],
};

const small = () => import("./controls/smallControls");

const CONTROLS: Record<string, [() => Promise<Record<string, unknown>>, string]> = {
  timeline: [() => import("@/ui/timeline/Timeline"), "Timeline"],
  lines: [() => import("./controls/LinesControl"), "LinesControl"],
  stakeholders: [() => import("./controls/StakeholdersControl"), "StakeholdersControl"],
  salesTeam: [() => import("./controls/SalesTeamControl"), "SalesTeamControl"],
  competitors: [small, "CompetitorsControl"],
  channels: [small, "ChannelsControl"],
  attendees: [small, "AttendeesControl"],
  insights: [() => import("./insights/InsightsControl"), "InsightsControl"],
};

export function registerSalesHub(): void {
  for (const [name, [load, part]] of Object.entries(DIALOGS)) {
    registerDialog(name, later<RecordDialogProps>(load, part));
  }
  for (const [name, [load, part]] of Object.entries(CONTROLS)) {
    registerControl(name, later<FormControlProps>(load, part));
  }
  registerSalesCommands();
}
