import {
  Button,
  makeStyles,
  mergeClasses,
  Text,
  Textarea,
  tokens,
} from "@fluentui/react-components";
import { SendRegular } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { createRow } from "@/api/client";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { t } from "@/ui/texts";
import { MESSAGES, messagesKey, useMembers } from "./data";
import { mentionAt, type Person, toWire } from "./mentions";

const useStyles = makeStyles({
  form: {
    position: "relative",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: { display: "flex", justifyContent: "space-between", alignItems: "center" },
  hint: { color: tokens.colorNeutralForeground3 },
  people: {
    position: "absolute",
    bottom: "100%",
    left: tokens.spacingHorizontalM,
    margin: 0,
    padding: tokens.spacingHorizontalXS,
    minWidth: "220px",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
    zIndex: 2,
  },
  person: {
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusSmall,
    cursor: "pointer",
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
});

export function MessageForm({ channelId }: { channelId: string }) {
  const styles = useStyles();
  const client = useQueryClient();
  const listId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const members = useMembers(channelId).data ?? [];
  const [text, setText] = useState("");
  const [cursor, setCursor] = useState(0);
  const [mentioned, setMentioned] = useState<readonly Person[]>([]);
  const [index, setIndex] = useState(0);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const mention = mentionAt(text, cursor);
  const typed = mention?.typed.toLowerCase() ?? "";
  const people = mention
    ? members
        .filter(
          (person) =>
            person.name.toLowerCase().startsWith(typed) && person.name.toLowerCase() !== typed,
        )
        .slice(0, 6)
    : [];
  const current = people[Math.min(index, people.length - 1)];

  const choose = (person: Person) => {
    if (!mention) {
      return;
    }
    const before = `${text.slice(0, mention.from)}@${person.name} `;
    setText(before + text.slice(cursor));
    setCursor(before.length);
    setMentioned((known) => [...known.filter((each) => each.id !== person.id), person]);
    setIndex(0);
    box.current?.focus();
  };
  const send = async () => {
    const message = toWire(text, mentioned);
    if (!message || isSending) {
      return;
    }
    setSending(true);
    setProblem(null);
    try {
      await createRow(MESSAGES, {
        cl_text: message,
        "cl_channelid@odata.bind": `/cl_channels(${channelId})`,
      });
      setText("");
      setMentioned([]);
      await client.invalidateQueries({ queryKey: messagesKey(channelId) });
    } catch (thrown) {
      setProblem(thrown);
    }
    setSending(false);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (current && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      choose(current);
    } else if (current && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setIndex((index + step + people.length) % people.length);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {problem !== null && <ErrorNote error={problem} />}
      {people.length > 0 && (
        <div
          id={listId}
          role="listbox"
          className={styles.people}
          aria-label={t.sales.channels.members}
        >
          {people.map((person) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text box has the keys.
            <div
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === current}
              className={mergeClasses(styles.person, person === current && styles.chosen)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              {person.name}
            </div>
          ))}
        </div>
      )}
      <Textarea
        textarea={{ ref: box, rows: 2 }}
        aria-label={t.sales.channels.write}
        aria-controls={people.length > 0 ? listId : undefined}
        aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
        value={text}
        maxLength={4000}
        onChange={(event, data) => {
          setText(data.value);
          setCursor(event.target.selectionStart);
          setIndex(0);
        }}
        onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.row}>
        <Text size={200} className={styles.hint}>
          {t.sales.channels.write} {t.sales.channels.sendHint}
        </Text>
        <Button
          type="submit"
          appearance="primary"
          icon={<SendRegular />}
          disabled={isSending || !text.trim()}
        >
          {t.sales.channels.send}
        </Button>
      </div>
    </form>
  );
}
