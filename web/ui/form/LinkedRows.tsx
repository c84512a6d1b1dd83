import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { associate, disassociate, retrieveRow } from "@/api/client";
import type { Column } from "@/api/metadata";
import { type RawRow, textIn, toRow } from "@/api/rows";
import { AppLink } from "@/ui/AppLink";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { LookupInput } from "@/ui/fields/LookupInput";
import { isLookupValue } from "@/ui/fields/values";
import { recordPath } from "@/ui/paths";
import { tableQuery } from "@/ui/queries";
import { t } from "@/ui/texts";
import { SectionCard } from "./SectionCard";
import type { SubgridProps } from "./SubgridSection";

const useStyles = makeStyles({
  list: { listStyle: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalS,
    minHeight: "32px",
  },
  none: { color: tokens.colorNeutralForeground3 },
});

/** Rows linked many to many, such as the competitors of an opportunity. */
export function LinkedRows({ parent, row, label, subgrid, isReadOnly }: SubgridProps) {
  const styles = useStyles();
  const client = useQueryClient();
  const { data: table } = useSuspenseQuery(tableQuery(subgrid.table));
  const navigation = subgrid.manyToMany ?? "";
  const [problem, setProblem] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const queryKey = ["record", parent.logicalName, row.id, navigation];
  const linked = useQuery({
    queryKey,
    queryFn: async () => {
      const answer = await retrieveRow(parent, row.id, {
        select: [parent.primaryId],
        expand: [{ property: navigation, select: [table.primaryId, table.primaryName] }],
      });
      const items = answer.expanded[navigation];
      return Array.isArray(items)
        ? (items as RawRow[]).map((raw) => toRow(raw, table.primaryId))
        : [];
    },
  });
  const change = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
      await client.invalidateQueries({ queryKey });
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const link = (relatedId: string) => ({
    id: row.id,
    navigation,
    relatedSet: table.entitySetName,
    relatedId,
  });
  const column: Column = {
    name: navigation,
    label: t.form.subgrid.add(table.displayName),
    type: "lookup",
    targets: [
      { table: table.logicalName, set: table.entitySetName, navigation, label: table.displayName },
    ],
  };
  const items = linked.data ?? [];
  const failure = problem ?? linked.error;
  return (
    <SectionCard title={label}>
      {failure !== null && <ErrorNote error={failure} />}
      {items.length === 0 && !linked.isPending && (
        <Text className={styles.none}>{t.form.subgrid.none(table.pluralName)}</Text>
      )}
      {items.length > 0 && (
        <ul className={styles.list}>
          {items.map((item) => {
            const name = textIn(item, table.primaryName);
            return (
              <li key={item.id} className={styles.item}>
                <AppLink to={recordPath(table.logicalName, item.id)}>{name}</AppLink>
                {!isReadOnly && (
                  <Button
                    appearance="subtle"
                    size="small"
                    icon={<DismissRegular />}
                    aria-label={t.form.subgrid.remove(name)}
                    onClick={() => change(() => disassociate(parent, link(item.id)))}
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
      {!isReadOnly && (
        <LookupInput
          key={turn}
          column={column}
          label={column.label}
          value={null}
          onChange={() => undefined}
          onCommit={(value) => {
            setTurn(turn + 1);
            if (isLookupValue(value)) {
              void change(() => associate(parent, link(value.id)));
            }
          }}
        />
      )}
    </SectionCard>
  );
}
