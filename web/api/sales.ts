// The sales pages: docs/contracts/web-workspace.md §7 and §8.
import { callAction, callFunction } from "./client";

export type PlanAction = "create" | "reuse" | "none";

export interface Duplicate {
  table: string;
  id: string;
  name: string;
  matched: string[];
}

export interface PlannedRow {
  action: PlanAction;
  reason?: string;
  id?: string;
  name?: string;
  values: { column: string; label: string; text: string }[];
  duplicates: Duplicate[];
}

export interface QualificationPlan {
  account: PlannedRow;
  contact: PlannedRow;
  opportunity: PlannedRow;
}

export const previewQualification = (leadId: string): Promise<QualificationPlan> =>
  callFunction("cl_PreviewQualification", {}, { entitySetName: "leads", id: leadId });

export interface QualifyChoice {
  createAccount: boolean;
  createContact: boolean;
  createOpportunity: boolean;
  ignoreDuplicates: boolean;
}

interface CreatedRow {
  "@odata.type"?: string;
  [column: string]: unknown;
}

/** Qualifies a lead; answers the id of the opportunity when one was made. */
export async function qualifyLead(leadId: string, choice: QualifyChoice): Promise<string | null> {
  const answer = await callAction<{ value?: CreatedRow[] } | undefined>(
    "QualifyLead",
    {
      CreateAccount: choice.createAccount,
      CreateContact: choice.createContact,
      CreateOpportunity: choice.createOpportunity,
      Status: 3,
      ...(choice.ignoreDuplicates ? { SuppressDuplicateDetection: true } : {}),
    },
    { entitySetName: "leads", id: leadId },
  );
  const opportunity = answer?.value?.find((row) => typeof row.opportunityid === "string");
  return opportunity ? String(opportunity.opportunityid) : null;
}

export interface CloseOpportunity {
  opportunityId: string;
  subject: string;
  status: number;
  actualRevenue: string | null;
  actualEnd: string;
  description: string;
  competitorId: string | null;
}

export function closeOpportunity(outcome: "won" | "lost", close: CloseOpportunity): Promise<void> {
  return callAction(outcome === "won" ? "WinOpportunity" : "LoseOpportunity", {
    Status: close.status,
    OpportunityClose: {
      "@odata.type": "Microsoft.Dynamics.CRM.opportunityclose",
      subject: close.subject,
      actualend: close.actualEnd,
      description: close.description || null,
      ...(close.actualRevenue ? { actualrevenue: close.actualRevenue } : {}),
      "opportunityid@odata.bind": `/opportunities(${close.opportunityId})`,
      ...(close.competitorId
        ? { "competitorid@odata.bind": `/competitors(${close.competitorId})` }
        : {}),
    },
  });
}

export async function generateQuote(opportunityId: string): Promise<string> {
  const quote = await callAction<{ quoteid: string }>("GenerateQuoteFromOpportunity", {
    OpportunityId: opportunityId,
    ColumnSet: { AllColumns: true },
  });
  return quote.quoteid;
}

export function closeQuote(
  quoteId: string,
  close: { status: number; subject: string; actualEnd: string; description: string },
): Promise<void> {
  return callAction("CloseQuote", {
    Status: close.status,
    QuoteClose: {
      "@odata.type": "Microsoft.Dynamics.CRM.quoteclose",
      subject: close.subject,
      actualend: close.actualEnd,
      description: close.description || null,
      "quoteid@odata.bind": `/quotes(${quoteId})`,
    },
  });
}

export async function reviseQuote(quoteId: string): Promise<string> {
  const quote = await callAction<{ quoteid: string }>("ReviseQuote", {
    QuoteId: quoteId,
    ColumnSet: { AllColumns: true },
  });
  return quote.quoteid;
}

export async function convertQuoteToOrder(
  quoteId: string,
  close: { subject: string; date: string; description: string } | null,
): Promise<string> {
  const order = await callAction<{ salesorderid: string }>("ConvertQuoteToSalesOrder", {
    QuoteId: quoteId,
    ColumnSet: { AllColumns: true },
    ...(close
      ? {
          QuoteCloseDate: close.date,
          QuoteCloseStatus: 4,
          QuoteCloseSubject: close.subject,
          QuoteCloseDescription: close.description,
        }
      : {}),
  });
  return order.salesorderid;
}

export const recalculate = (table: string, id: string): Promise<void> =>
  callAction("RecalculatePrice", { entityLogicalName: table, entityId: id });

export const sendEmail = (emailId: string): Promise<void> =>
  callAction("SendEmail", { IssueSend: true }, { entitySetName: "emails", id: emailId });

export interface CardField {
  column: string;
  label: string;
  type: string;
  value: string | number | boolean | null;
  text: string;
  editable: boolean;
}

export interface RecordCard {
  table: string;
  tableLabel: string;
  id: string;
  title: string;
  access: "write" | "read" | "none" | "gone";
  etag?: string;
  fields?: CardField[];
}

export const retrieveCard = (table: string, id: string): Promise<RecordCard> =>
  callFunction("cl_RetrieveRecordCard", { LogicalName: table, RecordId: id });

export const openChannel = (
  table: string,
  id: string,
  name: string,
): Promise<{ ChannelId: string }> =>
  callAction("cl_OpenChannel", {
    LogicalName: table,
    RecordId: id,
    ...(name ? { Name: name } : {}),
  });

export interface CalendarOutcome {
  Outcome: "applied" | "ignored" | "held";
  Message: string;
}

const appointment = (id: string) => ({ entitySetName: "appointments", id });

export const openCalendarFile = (
  id: string,
  name: string,
  content: string,
): Promise<CalendarOutcome> =>
  callAction("cl_OpenCalendarFile", { FileName: name, Content: content }, appointment(id));

export const attachTranscript = (id: string, name: string, content: string): Promise<void> =>
  callAction("cl_AttachTranscript", { FileName: name, Content: content }, appointment(id));

export const draftFollowUp = (id: string): Promise<{ EmailId: string }> =>
  callAction("cl_DraftFollowUp", undefined, appointment(id));

export const taskFromActionItem = (id: string, itemId: string): Promise<{ TaskId: string }> =>
  callAction("cl_CreateTaskFromActionItem", { ActionItemId: itemId }, appointment(id));

export interface Finding {
  at: number;
  speaker: string;
  text: string;
}

export interface Mentioned {
  name: string;
  count: number;
  sentences: Finding[];
}

export interface ActionItem {
  id: string;
  text: string;
  kind: string;
  dueOn?: string;
  owner?: string;
  at: number;
  taskId?: string;
}

export interface Speaker {
  name: string;
  side: "seller" | "customer" | "unknown";
  talkSeconds: number;
  share: number;
  wordsPerMinute?: number;
  longestMonologueSeconds?: number;
  positive?: number;
  negative?: number;
}

export interface Insights {
  analysedOn: string;
  durationSeconds: number;
  overall: "positive" | "neutral" | "negative";
  sentiment: { from: number; to: number; score: number; text?: string }[];
  talkToListen: { sellerShare: number; customerShare: number };
  speakers: Speaker[];
  questions: Finding[];
  topics: Mentioned[];
  competitors: Mentioned[];
  actionItems: ActionItem[];
  cues: Finding[];
}

export async function retrieveInsights(appointmentId: string): Promise<Insights | null> {
  const insights = await callFunction<Insights | undefined>(
    "cl_RetrieveInsights",
    {},
    appointment(appointmentId),
  );
  return insights?.analysedOn ? insights : null;
}

export interface Dashboard {
  currency: string;
  figures: { id: string; label: string; text: string; link?: string; note?: string }[];
  chain: { step: string; label: string; count: number; link: string }[];
  pipeline: {
    stage: string;
    count: number;
    amount: number | string;
    text: string;
    link?: string;
  }[];
  wonLost: {
    label: string;
    won: number | string;
    wonText: string;
    wonCount: number;
    lost: number | string;
    lostText: string;
    lostCount: number;
  }[];
  leadSources: { label: string; count: number }[];
  cash: { label: string; amount: number | string; text: string }[];
}

export const retrieveDashboard = (): Promise<Dashboard> =>
  callFunction("cl_RetrieveSalesDashboard");

export const addToSalesTeam = (request: {
  userId: string;
  table: string;
  primaryId: string;
  recordId: string;
  templateId: string;
}): Promise<void> =>
  callAction("AddUserToRecordTeam", recordTeam(request), {
    entitySetName: "systemusers",
    id: request.userId,
  });

export const removeFromSalesTeam = (request: {
  userId: string;
  table: string;
  primaryId: string;
  recordId: string;
  templateId: string;
}): Promise<void> =>
  callAction("RemoveUserFromRecordTeam", recordTeam(request), {
    entitySetName: "systemusers",
    id: request.userId,
  });

function recordTeam(request: {
  table: string;
  primaryId: string;
  recordId: string;
  templateId: string;
}): Record<string, unknown> {
  return {
    Record: {
      "@odata.type": `Microsoft.Dynamics.CRM.${request.table}`,
      [request.primaryId]: request.recordId,
    },
    TeamTemplate: {
      "@odata.type": "Microsoft.Dynamics.CRM.teamtemplate",
      teamtemplateid: request.templateId,
    },
  };
}
