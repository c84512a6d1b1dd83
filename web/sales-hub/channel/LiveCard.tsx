// A record as a card: read anew at each view, by the rights of whoever looks.
import { Button, Field, makeStyles, Subtitle2, Text, tokens } from "@fluentui/react-components";
import { EditRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { updateRow } from "@/api/client";
import { type CardField, type RecordCard, retrieveCard } from "@/api/sales";
import { AppLink } from "@/ui/AppLink";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import { FieldInput } from "@/ui/fields/FieldInput";
import { validateField } from "@/ui/fields/validate";
import { type FieldValue, toPayload } from "@/ui/fields/values";
import { NamedIcon } from "@/ui/icons";
import { useLiveTables } from "@/ui/live";
import { recordPath } from "@/ui/paths";
import { refreshTables, tableQuery } from "@/ui/queries";
import { useSession } from "@/ui/session";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderTop: `3px solid ${tokens.colorBrandBackground}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  kind: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground3,
  },
  fields: { margin: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  head: { display: "flex", justifyContent: "space-between", alignItems: "center" },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, overflowWrap: "anywhere", fontVariantNumeric: "tabular-nums" },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalXS },
});

export function LiveCard({ table, id }: { table: string; id: string }) {
  const styles = useStyles();
  useLiveTables([table]);
  const card = useQuery({
    queryKey: ["card", table, id],
    queryFn: () => retrieveCard(table, id),
    staleTime: 0,
  });
  if (card.isPending) {
    return <Loading />;
  }
  if (card.error) {
    return <ErrorNote error={card.error} onRetry={() => card.refetch()} />;
  }
  const { title, tableLabel, access, fields } = card.data;
  const isReadable = access === "read" || access === "write";
  return (
    <article className={styles.card} aria-label={`${tableLabel} ${title}`}>
      <Text size={200} className={styles.kind}>
        <NamedIcon name={table} /> {tableLabel}
      </Text>
      <Subtitle2 as="h2" style={{ margin: 0 }}>
        {isReadable ? <AppLink to={recordPath(table, id)}>{title}</AppLink> : title}
      </Subtitle2>
      {access === "none" && <Text>{t.sales.channels.cardNone(title)}</Text>}
      {access === "gone" && <Text>{t.sales.channels.cardGone}</Text>}
      {isReadable && fields && (
        <dl className={styles.fields}>
          {fields.map((field) => (
            <CardValue key={field.column} card={card.data} field={field} />
          ))}
        </dl>
      )}
    </article>
  );
}

function CardValue({ card, field }: { card: RecordCard; field: CardField }) {
  const styles = useStyles();
  const [isEditing, setEditing] = useState(false);
  const canEdit = card.access === "write" && field.editable;
  return (
    <div>
      <dt className={styles.label}>{field.label}</dt>
      <dd className={styles.value}>
        {isEditing ? (
          <Suspense fallback={<Loading />}>
            <CardEditor card={card} field={field} onDone={() => setEditing(false)} />
          </Suspense>
        ) : (
          <span className={styles.head}>
            <Text>{field.text || "–"}</Text>
            {canEdit && (
              <Button
                size="small"
                appearance="transparent"
                icon={<EditRegular />}
                aria-label={t.sales.channels.edit(field.label)}
                onClick={() => setEditing(true)}
              />
            )}
          </span>
        )}
      </dd>
    </div>
  );
}

interface CardEditorProps {
  card: RecordCard;
  field: CardField;
  onDone: () => void;
}

function CardEditor({ card, field, onDone }: CardEditorProps) {
  const styles = useStyles();
  const client = useQueryClient();
  const { currency } = useSession();
  const { data: table } = useSuspenseQuery(tableQuery(card.table));
  const column = table.column.get(field.column);
  const isNumber = ["money", "decimal", "whole", "big"].includes(field.type);
  const [value, setValue] = useState<FieldValue>(
    isNumber && field.value !== null ? String(field.value) : field.value,
  );
  const [problem, setProblem] = useState<unknown>(null);
  const [error, setError] = useState<string | null>(null);
  if (!column) {
    return null;
  }
  const save = async () => {
    const wrong = validateField(column, value);
    setError(wrong);
    if (wrong) {
      return;
    }
    setProblem(null);
    try {
      const payload = toPayload(table, { [column.name]: value });
      await updateRow(table, card.id, payload, card.etag ?? null);
      await client.invalidateQueries({ queryKey: ["card", card.table, card.id] });
      await refreshTables(client, [card.table]);
      onDone();
    } catch (thrown) {
      setProblem(thrown);
      await client.invalidateQueries({ queryKey: ["card", card.table, card.id] });
    }
  };
  return (
    <>
      {problem !== null && <ErrorNote error={problem} />}
      <Field validationState={error ? "error" : "none"} validationMessage={error ?? undefined}>
        <FieldInput
          column={column}
          value={value}
          label={field.label}
          autoFocus
          currencySymbol={currency.symbol}
          onChange={setValue}
          onCommit={setValue}
        />
      </Field>
      <div className={styles.buttons}>
        <Button size="small" appearance="primary" onClick={save}>
          {t.shell.save}
        </Button>
        <Button size="small" onClick={onDone}>
          {t.shell.cancel}
        </Button>
      </div>
    </>
  );
}
