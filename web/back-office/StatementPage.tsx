// Matching: each line of a bank statement with the invoices it pays, and why.
import { Button, Checkbox, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  type BankLine,
  type BankStatement,
  type InvoiceMatch,
  matchLine,
  postStatement,
  retrieveStatement,
} from "@/api/office";
import { AppLink } from "@/ui/AppLink";
import { type DataColumn, DataTable } from "@/ui/DataTable";
import { ConfirmDialog } from "@/ui/dialogs/ConfirmDialog";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { useDialogs } from "@/ui/dialogs/host";
import { useNotify } from "@/ui/feedback/notify";
import { formatDate } from "@/ui/format";
import { Loaded, PageBody } from "@/ui/PageBody";
import { PageHead } from "@/ui/PageHead";
import { listPath } from "@/ui/paths";
import { pageQuery, refreshTables } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";

const words = t.office.bank;

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "2px" },
  muted: { color: tokens.colorNeutralForeground3 },
  proposal: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingVerticalXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  grow: { flexGrow: 1, display: "flex", flexDirection: "column" },
});

const COLORS = {
  open: "warning",
  matched: "brand",
  posted: "good",
  reversed: "bad",
  ignored: "neutral",
} as const;

export function StatementPage({ id }: { id: string }) {
  const statement = useQuery(pageQuery("statement", [id], () => retrieveStatement(id)));
  const title = statement.data ? words.number(statement.data.number) : words.statement;
  return (
    <>
      <PageHead title={title} crumbs={[{ label: words.title, path: "/office/bank" }]}>
        {statement.data && <PostButton statement={statement.data} />}
      </PageHead>
      <PageBody>
        <Loaded query={statement}>{(data) => <Lines statement={data} />}</Loaded>
      </PageBody>
    </>
  );
}

function PostButton({ statement }: { statement: BankStatement }) {
  const dialogs = useDialogs();
  const client = useQueryClient();
  const notify = useNotify();
  const hasMatched = statement.lines?.some((line) => line.status === "matched") ?? false;
  return (
    <Button
      appearance="primary"
      disabled={!hasMatched}
      onClick={() =>
        dialogs.open((close) => (
          <ConfirmDialog
            title={words.post}
            text={words.postText}
            confirm={words.post}
            onClose={close}
            onConfirm={async () => {
              const done = await postStatement(statement.id);
              await refreshTables(client, ["invoice", "salesorder"]);
              notify(words.posted(done.Posted, done.Settled));
            }}
          />
        ))
      }
    >
      {words.post}
    </Button>
  );
}

function Lines({ statement }: { statement: BankStatement }) {
  const styles = useStyles();
  const columns: readonly DataColumn<BankLine>[] = [
    {
      key: "booked",
      label: words.booked,
      width: "120px",
      render: (line) => formatDate(line.bookedOn),
    },
    {
      key: "payer",
      label: words.payer,
      render: (line) => (
        <span className={styles.stack}>
          <Text>{line.payer}</Text>
          <Text size={200} className={styles.muted}>
            {[line.reference, line.text].filter(Boolean).join(" · ")}
          </Text>
        </span>
      ),
    },
    {
      key: "amount",
      label: words.amount,
      isNumber: true,
      width: "130px",
      render: (line) => line.amountText,
    },
    { key: "match", label: words.match, render: (line) => <Match line={line} /> },
    {
      key: "status",
      label: words.status,
      width: "120px",
      render: (line) => <Tint tone={COLORS[line.status]}>{words.lineStates[line.status]}</Tint>,
    },
    {
      key: "action",
      label: t.shell.actions,
      isLabelHidden: true,
      width: "150px",
      render: (line) => <LineAction line={line} isPosted={statement.status === "posted"} />,
    },
  ];
  return (
    <DataTable
      label={words.lines}
      columns={columns}
      items={statement.lines ?? []}
      keyOf={(line) => line.id}
    />
  );
}

function Match({ line }: { line: BankLine }) {
  const styles = useStyles();
  return (
    <span className={styles.stack}>
      {line.matches.map((match) => (
        <Text key={match.invoiceId}>
          {match.invoiceNumber} · {match.customer} · {match.amountText}
        </Text>
      ))}
      {(line.explanation || line.confidence || line.voucher) && (
        <Text size={200} className={styles.muted}>
          {[
            line.explanation,
            line.confidence && words.confidence[line.confidence],
            line.voucher && words.voucher(line.voucher),
          ]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      )}
    </span>
  );
}

function LineAction({ line, isPosted }: { line: BankLine; isPosted: boolean }) {
  const dialogs = useDialogs();
  if (isPosted || (line.status !== "open" && line.status !== "matched")) {
    return null;
  }
  return (
    <Button
      size="small"
      onClick={() => dialogs.open((close) => <MatchDialog line={line} onClose={close} />)}
    >
      {words.choose}
    </Button>
  );
}

/** Matched ones first, each invoice once. */
export function candidates(line: BankLine): InvoiceMatch[] {
  const isMatched = (id: string) => line.matches.some((match) => match.invoiceId === id);
  return [...line.matches, ...line.proposals.filter((each) => !isMatched(each.invoiceId))];
}

function MatchDialog({ line, onClose }: { line: BankLine; onClose: () => void }) {
  const styles = useStyles();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    line.matches.map((match) => match.invoiceId),
  );
  const offered = candidates(line);
  const isTakingOff = chosen.length === 0 && line.matches.length > 0;
  return (
    <FormDialog
      title={words.chooseTitle}
      submit={isTakingOff ? words.unmatch : words.take}
      isSubmitDisabled={chosen.length === 0 && line.matches.length === 0}
      onClose={onClose}
      onSubmit={async () => {
        await matchLine(line.id, [...chosen]);
        await client.invalidateQueries({ queryKey: ["page"] });
      }}
    >
      <Text>
        {line.payer} · {line.amountText} · {formatDate(line.bookedOn)}
      </Text>
      {offered.length === 0 && (
        <Text>
          {words.noProposals}{" "}
          <AppLink isInline to={listPath("invoice")} onClick={onClose}>
            {t.shell.open}
          </AppLink>
        </Text>
      )}
      {offered.map((match) => (
        <div key={match.invoiceId} className={styles.proposal}>
          <Checkbox
            checked={chosen.includes(match.invoiceId)}
            aria-label={match.invoiceNumber}
            onChange={(_, data) =>
              setChosen(
                data.checked
                  ? [...chosen, match.invoiceId]
                  : chosen.filter((each) => each !== match.invoiceId),
              )
            }
          />
          <span className={styles.grow}>
            <Text weight="semibold">
              {match.invoiceNumber} · {match.customer}
            </Text>
            <Text size={200} className={styles.muted}>
              {[words.openAmount(match.openText), match.reason].filter(Boolean).join(" · ")}
            </Text>
          </span>
        </div>
      ))}
    </FormDialog>
  );
}
