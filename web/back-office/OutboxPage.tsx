// What went out by mail, or would have: readable in the browser, attachments and links included.
import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { AttachRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type OutboxMail, retrieveOutbox } from "@/api/office";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import { formatDateTime, formatRelative } from "@/ui/format";
import { useLiveTables } from "@/ui/live";
import { PageHead } from "@/ui/PageHead";
import { pageQuery } from "@/ui/queries";
import { SafeHtml } from "@/ui/SafeHtml";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";

const words = t.office.outbox;
const outboxQuery = pageQuery("outbox", [], retrieveOutbox);

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", height: "100%", minHeight: 0 },
  body: {
    flexGrow: 1,
    minHeight: 0,
    display: "grid",
    gridTemplateColumns: "340px minmax(0, 1fr)",
    gap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalL}`,
  },
  panel: {
    minHeight: 0,
    overflowY: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  list: { listStyle: "none", margin: 0, padding: tokens.spacingHorizontalXS },
  mail: {
    width: "100%",
    justifyContent: "flex-start",
    textAlign: "left",
    padding: tokens.spacingHorizontalM,
    fontWeight: tokens.fontWeightRegular,
    minWidth: 0,
  },
  current: { backgroundColor: tokens.colorNeutralBackground1Selected },
  lines: { display: "flex", flexDirection: "column", minWidth: 0, flexGrow: 1 },
  muted: { color: tokens.colorNeutralForeground3 },
  reader: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    height: "100%",
    boxSizing: "border-box",
  },
  head: { margin: 0, display: "grid", gridTemplateColumns: "70px 1fr", gap: "2px" },
  value: { margin: 0, overflowWrap: "anywhere" },
  mailBody: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingTop: tokens.spacingVerticalM,
    maxWidth: "80ch",
    overflowWrap: "anywhere",
  },
  text: { whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  files: { display: "flex", gap: tokens.spacingHorizontalS, flexWrap: "wrap" },
});

const COLORS = {
  queued: "warning",
  sent: "good",
  stored: "neutral",
  failed: "bad",
} as const;

export function OutboxPage() {
  const styles = useStyles();
  useLiveTables(["email"]);
  const outbox = useQuery({ ...outboxQuery, refetchInterval: 10_000 });
  const [chosen, setChosen] = useState<string | null>(null);
  const mails = outbox.data ?? [];
  const current = mails.find((mail) => mail.id === chosen) ?? mails[0];
  return (
    <div className={styles.page}>
      <PageHead title={words.title} />
      {outbox.error && <ErrorNote error={outbox.error} onRetry={() => outbox.refetch()} />}
      {outbox.isPending && <Loading />}
      {outbox.isSuccess && mails.length === 0 && <EmptyState title={words.none} />}
      {mails.length > 0 && (
        <div className={styles.body}>
          <nav className={styles.panel} aria-label={words.list}>
            <ul className={styles.list}>
              {mails.map((mail) => (
                <li key={mail.id}>
                  <Button
                    appearance="subtle"
                    className={mergeClasses(styles.mail, mail === current && styles.current)}
                    aria-current={mail === current || undefined}
                    onClick={() => setChosen(mail.id)}
                  >
                    <span className={styles.lines}>
                      <Text weight="semibold" truncate wrap={false}>
                        {mail.subject}
                      </Text>
                      <Text size={200} truncate wrap={false}>
                        {mail.to}
                      </Text>
                      <Text size={200} className={styles.muted}>
                        {formatRelative(mail.createdOn)} · {words.status[mail.status]}
                      </Text>
                    </span>
                  </Button>
                </li>
              ))}
            </ul>
          </nav>
          <div className={styles.panel}>{current && <Reader mail={current} />}</div>
        </div>
      )}
    </div>
  );
}

function Reader({ mail }: { mail: OutboxMail }) {
  const styles = useStyles();
  const rows = [
    [words.from, mail.from],
    [words.to, mail.to],
    [words.cc, mail.cc ?? ""],
  ].filter(([, value]) => value);
  return (
    <article className={styles.reader} aria-label={mail.subject}>
      <Text as="h2" size={500} weight="semibold" style={{ margin: 0 }}>
        {mail.subject}
      </Text>
      <span>
        <Tint tone={COLORS[mail.status]}>{words.status[mail.status]}</Tint>{" "}
        <Text size={200} className={styles.muted}>
          {formatDateTime(mail.createdOn)}
        </Text>
      </span>
      {mail.error && <ErrorNote error={new Error(mail.error)} />}
      <dl className={styles.head}>
        {rows.map(([label, value]) => [
          <dt key={`${label}-label`} className={styles.muted}>
            {label}
          </dt>,
          <dd key={label} className={styles.value}>
            {value}
          </dd>,
        ])}
      </dl>
      {mail.attachments.length > 0 && (
        <div className={styles.files}>
          {mail.attachments.map((file) => (
            <Button
              key={file.url}
              as="a"
              size="small"
              icon={<AttachRegular />}
              href={file.url}
              download={file.name}
            >
              {file.name}
            </Button>
          ))}
        </div>
      )}
      <div className={styles.mailBody}>
        {mail.html ? (
          <SafeHtml html={mail.html} />
        ) : (
          <Text className={styles.text}>{mail.text}</Text>
        )}
      </div>
    </article>
  );
}
