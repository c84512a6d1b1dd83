import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { type Row, textIn, valueIn } from "@/api/rows";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import { formatDateTime, formatRelative } from "@/ui/format";
import { Initials } from "@/ui/Initials";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";
import { useMessages } from "./data";
import { MessageForm } from "./MessageForm";
import { piecesOf } from "./mentions";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    minHeight: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: "hidden",
  },
  scroll: { flexGrow: 1, overflowY: "auto", padding: tokens.spacingHorizontalL },
  list: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
  },
  item: { display: "flex", gap: tokens.spacingHorizontalM },
  body: { display: "flex", flexDirection: "column", minWidth: 0 },
  head: { display: "flex", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  muted: { color: tokens.colorNeutralForeground3 },
  text: { whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  mention: {
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
  },
  own: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    borderRadius: tokens.borderRadiusSmall,
    padding: "0 3px",
  },
});

export function Messages({ channelId }: { channelId: string }) {
  const styles = useStyles();
  const messages = useMessages(channelId);
  const scroll = useRef<HTMLDivElement>(null);
  const count = messages.data?.length ?? 0;
  useEffect(() => {
    // The newest message is what somebody came for.
    if (count > 0) {
      scroll.current?.scrollTo({ top: scroll.current.scrollHeight });
    }
  }, [count]);
  return (
    <section className={styles.root} aria-label={t.sales.channels.messages}>
      <div ref={scroll} className={styles.scroll} tabIndex={0} role="log" aria-live="polite">
        {messages.isPending && <Loading />}
        {messages.error && <ErrorNote error={messages.error} onRetry={() => messages.refetch()} />}
        {messages.isSuccess && count === 0 && <EmptyState title={t.sales.channels.none2} />}
        <ul className={styles.list}>
          {messages.data?.map((message) => (
            <Message key={message.id} message={message} />
          ))}
        </ul>
      </div>
      <MessageForm channelId={channelId} />
    </section>
  );
}

function Message({ message }: { message: Row }) {
  const styles = useStyles();
  const { userId } = useSession();
  const author = textIn(message, "createdby");
  const at = String(valueIn(message, "createdon") ?? "");
  return (
    <li className={styles.item}>
      <Initials name={author} isLarge />
      <div className={styles.body}>
        <div className={styles.head}>
          <Text weight="semibold">{author}</Text>
          <Text size={200} className={styles.muted} title={formatDateTime(at)}>
            {formatRelative(at)}
          </Text>
        </div>
        <Text className={styles.text}>
          {piecesOf(textIn(message, "cl_text")).map((piece, index) =>
            piece.kind === "text" ? (
              piece.text
            ) : (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a message never change places.
                key={index}
                className={mergeClasses(styles.mention, piece.person.id === userId && styles.own)}
              >
                @{piece.person.name}
              </span>
            ),
          )}
        </Text>
      </div>
    </li>
  );
}
