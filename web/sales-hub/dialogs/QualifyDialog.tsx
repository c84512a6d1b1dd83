import {
  Button,
  Checkbox,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Subtitle2,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { updateRow } from "@/api/client";
import { textIn } from "@/api/rows";
import {
  type Duplicate,
  type PlannedRow,
  previewQualification,
  type QualificationPlan,
  qualifyLead,
} from "@/api/sales";
import { useGo } from "@/ui/AppLink";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import type { RecordDialogProps } from "@/ui/dialogs/host";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import { useNotify } from "@/ui/feedback/notify";
import { toPayload } from "@/ui/fields/values";
import { recordPath } from "@/ui/paths";
import { refreshTables } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  plan: {
    display: "grid",
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: "repeat(auto-fit, minmax(230px, 1fr))",
  },
  part: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    minWidth: 0,
  },
  head: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS },
  values: { margin: 0, display: "grid", gap: "2px" },
  value: { display: "flex", flexDirection: "column", minWidth: 0 },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  text: { margin: 0, overflowWrap: "anywhere" },
  duplicates: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
  },
  duplicate: {
    display: "flex",
    justifyContent: "space-between",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
  },
  badge: { flexShrink: 0 },
});

type Part = keyof QualificationPlan;

const PARTS: readonly Part[] = ["account", "contact", "opportunity"];
const LINK: Partial<Record<Part, string>> = {
  account: "parentaccountid",
  contact: "parentcontactid",
};

/** Shows what a qualification will do before it is done, and lets the seller choose. */
export function QualifyDialog({ table, row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const notify = useNotify();
  const go = useGo();
  const styles = useStyles();
  const [without, setWithout] = useState<ReadonlySet<Part>>(new Set());
  const [problem, setProblem] = useState<unknown>(null);
  const [isIgnoring, setIgnoring] = useState(false);
  const queryKey = ["page", "qualification", row.id];
  const preview = useQuery({ queryKey, queryFn: () => previewQualification(row.id), staleTime: 0 });
  const plan = preview.data;

  const choose = async (part: Part, duplicate: Duplicate | null) => {
    const column = LINK[part];
    if (!column) {
      return;
    }
    setProblem(null);
    try {
      const value = duplicate
        ? { table: duplicate.table, id: duplicate.id, name: duplicate.name }
        : null;
      await updateRow(table, row.id, toPayload(table, { [column]: value }), null);
      await client.invalidateQueries({ queryKey });
      await refreshTables(client, ["lead"]);
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const submit = async () => {
    const makes = (part: Part) => plan?.[part].action === "create" && !without.has(part);
    const opportunityId = await qualifyLead(row.id, {
      createAccount: makes("account"),
      createContact: makes("contact"),
      createOpportunity: makes("opportunity"),
      ignoreDuplicates: isIgnoring || !hasDuplicates,
    });
    await refreshTables(client, ["lead", "account", "contact", "opportunity", "activitypointer"]);
    notify(t.sales.qualify.done);
    if (opportunityId) {
      go(recordPath("opportunity", opportunityId));
    }
  };
  const hasDuplicates = PARTS.some(
    (part) =>
      plan?.[part].action === "create" && plan[part].duplicates.length > 0 && !without.has(part),
  );
  return (
    <FormDialog
      title={`${t.sales.qualify.title}: ${textIn(row, table.primaryName)}`}
      submit={t.sales.qualify.submit}
      isWide
      isSubmitDisabled={!plan || (hasDuplicates && !isIgnoring)}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text>{t.sales.qualify.lead}</Text>
      {preview.isPending && <Loading />}
      {preview.error && <ErrorNote error={preview.error} onRetry={() => preview.refetch()} />}
      {problem !== null && <ErrorNote error={problem} />}
      {plan?.account.action === "reuse" && (
        <MessageBar intent="info">
          <MessageBarBody>{plan.account.reason ?? t.sales.qualify.existing}</MessageBarBody>
        </MessageBar>
      )}
      {plan && (
        <div className={styles.plan}>
          {PARTS.map((part) => (
            <Planned
              key={part}
              part={part}
              planned={plan[part]}
              isMade={!without.has(part)}
              onMade={(isMade) =>
                setWithout((current) => {
                  const next = new Set(current);
                  if (isMade) {
                    next.delete(part);
                  } else {
                    next.add(part);
                  }
                  return next;
                })
              }
              onUse={(duplicate) => choose(part, duplicate)}
            />
          ))}
        </div>
      )}
      {hasDuplicates && (
        <Checkbox
          label={t.sales.qualify.ignore}
          checked={isIgnoring}
          onChange={(_, data) => setIgnoring(data.checked === true)}
        />
      )}
    </FormDialog>
  );
}

interface PlannedProps {
  part: Part;
  planned: PlannedRow;
  isMade: boolean;
  onMade: (isMade: boolean) => void;
  onUse: (duplicate: Duplicate | null) => void;
}

function Planned({ part, planned, isMade, onMade, onUse }: PlannedProps) {
  const styles = useStyles();
  const name = t.sales.qualify[part];
  const isCreated = planned.action === "create";
  const action = isCreated && !isMade ? "none" : planned.action;
  return (
    <section className={styles.part} aria-label={name}>
      <div className={styles.head}>
        <Subtitle2 as="h3" style={{ margin: 0 }}>
          {name}
        </Subtitle2>
        <Tint tone={action === "create" ? "brand" : "neutral"}>{t.sales.qualify[action]}</Tint>
      </div>
      {planned.name && <Text weight="semibold">{planned.name}</Text>}
      {planned.reason && planned.action === "none" && <Text size={200}>{planned.reason}</Text>}
      {isCreated && (
        <Checkbox
          label={t.sales.qualify.make(name)}
          checked={isMade}
          onChange={(_, data) => onMade(data.checked === true)}
        />
      )}
      {planned.action === "reuse" && LINK[part] && (
        <Button size="small" onClick={() => onUse(null)}>
          {t.sales.qualify.make(name)}
        </Button>
      )}
      {action !== "none" && (
        <dl className={styles.values}>
          {planned.values
            .filter((each) => each.text)
            .map((each) => (
              <div key={each.column} className={styles.value}>
                <dt className={styles.label}>{each.label}</dt>
                <dd className={styles.text}>{each.text}</dd>
              </div>
            ))}
        </dl>
      )}
      {isCreated && isMade && planned.duplicates.length > 0 && (
        <>
          <Text weight="semibold" size={200}>
            {t.sales.qualify.duplicates}
          </Text>
          <ul className={styles.duplicates}>
            {planned.duplicates.map((duplicate) => (
              <li key={duplicate.id} className={styles.duplicate}>
                <span>
                  <Text block>{duplicate.name}</Text>
                  <Text size={200} className={styles.label}>
                    {t.sales.qualify.matched(duplicate.matched.join(", "))}
                  </Text>
                </span>
                <Button size="small" onClick={() => onUse(duplicate)}>
                  {t.sales.qualify.use}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
