import { t } from "@/ui/texts";

const LABELS: Record<string, string> = {
  annotation: t.form.timeline.note,
  post: t.form.timeline.post,
  task: t.form.timeline.task,
  phonecall: t.form.timeline.phonecall,
  appointment: t.form.timeline.appointment,
  email: t.form.timeline.email,
  opportunityclose: "Opportunity close",
  quoteclose: "Quote close",
  orderclose: "Order close",
  letter: "Letter",
  fax: "Fax",
  campaignresponse: "Campaign response",
};

export const kindLabel = (kind: string): string => LABELS[kind] ?? kind;
