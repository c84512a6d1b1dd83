import { makeStyles, Tab, TabList, tokens } from "@fluentui/react-components";
import { Suspense, useState } from "react";
import type { Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { Loading } from "@/ui/feedback/Loading";
import { t } from "@/ui/texts";
import { ActivityForm } from "./ActivityForm";
import type { ActivityKind } from "./drafts";
import { NoteForm } from "./NoteForm";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    paddingBottom: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  tabs: { flexWrap: "wrap" },
});

const KINDS = ["note", "task", "phonecall", "appointment", "email"] as const;

type ComposerKind = (typeof KINDS)[number];

/** Writes into the history of a record: a note, or something to do about it. */
export function Composer({ table, row }: { table: Table; row: Row }) {
  const styles = useStyles();
  const [kind, setKind] = useState<ComposerKind>("note");
  // A finished entry leaves an empty form of the same kind.
  const [turn, setTurn] = useState(0);
  const onDone = () => setTurn(turn + 1);
  const kinds = KINDS.filter((each) => each === "note" || table.hasActivities !== false);
  return (
    <div className={styles.root}>
      <TabList
        size="small"
        className={styles.tabs}
        aria-label={t.form.timeline.composer}
        selectedValue={kind}
        onTabSelect={(_, data) => setKind(data.value as ComposerKind)}
      >
        {kinds.map((each) => (
          <Tab key={each} value={each}>
            {t.form.timeline[each]}
          </Tab>
        ))}
      </TabList>
      {kind === "note" ? (
        <NoteForm key={turn} table={table} row={row} onDone={onDone} />
      ) : (
        <Suspense fallback={<Loading />}>
          <ActivityForm
            key={`${kind}${turn}`}
            kind={kind as ActivityKind}
            table={table}
            row={row}
            onDone={onDone}
          />
        </Suspense>
      )}
    </div>
  );
}
