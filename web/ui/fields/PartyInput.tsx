import { makeStyles, Tag, TagGroup, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { t } from "@/ui/texts";
import { LookupInput } from "./LookupInput";
import type { FieldInputProps } from "./types";
import { isLookupValue, type PartyValue, partiesOf } from "./values";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, width: "100%" },
  tags: { flexWrap: "wrap", rowGap: tokens.spacingVerticalXS },
});

const keyOf = (party: PartyValue): string => party.id || party.address || party.name;

/** The participants of an activity: people of the targets, each once. */
export function PartyInput(props: FieldInputProps) {
  const styles = useStyles();
  const { column, onChange, onCommit, readOnly } = props;
  const parties = partiesOf(props.value);
  // The search field starts afresh after each person.
  const [turn, setTurn] = useState(0);
  const set = (next: readonly PartyValue[]) => {
    onChange(next);
    onCommit(next);
  };
  return (
    <div className={styles.root}>
      {parties.length > 0 && (
        <TagGroup
          className={styles.tags}
          aria-label={column.label}
          size="small"
          onDismiss={(_, data) => set(parties.filter((party) => keyOf(party) !== data.value))}
        >
          {parties.map((party) => (
            <Tag
              key={keyOf(party)}
              value={keyOf(party)}
              dismissible={!readOnly}
              dismissIcon={{ "aria-label": t.form.removeParty(party.name) }}
            >
              {party.answer ? `${party.name} · ${party.answer}` : party.name}
            </Tag>
          ))}
        </TagGroup>
      )}
      {!readOnly && (
        <LookupInput
          {...props}
          key={turn}
          column={{ ...column, type: "lookup", required: false }}
          label={t.form.addParty(column.label)}
          value={null}
          onChange={() => undefined}
          onCommit={(value) => {
            if (isLookupValue(value) && !parties.some((party) => party.id === value.id)) {
              set([...parties, value]);
            }
            setTurn(turn + 1);
          }}
        />
      )}
    </div>
  );
}
