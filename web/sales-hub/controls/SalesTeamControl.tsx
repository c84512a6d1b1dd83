import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { AddRegular, DismissRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { retrieveRows } from "@/api/client";
import type { Table } from "@/api/metadata";
import { type RawRow, type Row, textIn, toRow } from "@/api/rows";
import { addToSalesTeam, removeFromSalesTeam } from "@/api/sales";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { type RecordDialogProps, useDialogs } from "@/ui/dialogs/host";
import { DialogField, lookupColumn } from "@/ui/dialogs/inputs";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { type FieldValue, isLookupValue } from "@/ui/fields/values";
import type { FormControlProps } from "@/ui/form/controls";
import { SectionCard } from "@/ui/form/SectionCard";
import { Initials } from "@/ui/Initials";
import { t } from "@/ui/texts";

const TEAMS = { entitySetName: "teams", primaryId: "teamid" };
const TEMPLATES = { entitySetName: "teamtemplates", primaryId: "teamtemplateid" };

const useStyles = makeStyles({
  list: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  item: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  name: { flexGrow: 1, minWidth: 0 },
  muted: { color: tokens.colorNeutralForeground3 },
});

const membersKey = (id: string) => ["list", "team", "members", id];

/** The members of the record's own access teams; these give rights to just this record. */
function useMembers(id: string) {
  return useQuery({
    queryKey: membersKey(id),
    queryFn: async (): Promise<Row[]> => {
      const teams = await retrieveRows(TEAMS, {
        select: ["teamid"],
        filter: `_regardingobjectid_value eq ${id} and systemmanaged eq true`,
        expand: [
          { property: "teammembership_association", select: ["systemuserid", "fullname", "title"] },
        ],
      });
      const members = teams.flatMap((team) => {
        const users = team.expanded.teammembership_association;
        return Array.isArray(users)
          ? (users as RawRow[]).map((user) => toRow(user, "systemuserid"))
          : [];
      });
      return [...new Map(members.map((member) => [member.id, member])).values()];
    },
  });
}

function useTemplate(table: Table) {
  return useQuery({
    queryKey: ["list", "teamtemplate", table.objectTypeCode ?? 0],
    enabled: table.objectTypeCode !== undefined,
    staleTime: 600_000,
    queryFn: async () => {
      const templates = await retrieveRows(TEMPLATES, {
        select: ["teamtemplateid", "teamtemplatename"],
        filter: `objecttypecode eq ${table.objectTypeCode}`,
        top: 1,
      });
      return templates[0]?.id ?? null;
    },
  });
}

export function SalesTeamControl({ session, row, title, isReadOnly }: FormControlProps) {
  const styles = useStyles();
  const client = useQueryClient();
  const dialogs = useDialogs();
  const members = useMembers(row.id);
  const template = useTemplate(session.table);
  const [problem, setProblem] = useState<unknown>(null);
  const { table } = session;
  const remove = async (userId: string) => {
    setProblem(null);
    try {
      await removeFromSalesTeam({
        userId,
        table: table.logicalName,
        primaryId: table.primaryId,
        recordId: row.id,
        templateId: template.data ?? "",
      });
      await client.invalidateQueries({ queryKey: membersKey(row.id) });
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const failure = problem ?? members.error ?? template.error;
  const people = members.data ?? [];
  return (
    <SectionCard
      title={title}
      actions={
        !isReadOnly &&
        template.data && (
          <Button
            size="small"
            appearance="subtle"
            icon={<AddRegular />}
            aria-label={t.sales.team.add}
            onClick={() =>
              dialogs.open((close) => (
                <AddSalesTeamMemberDialog table={table} row={row} onClose={close} />
              ))
            }
          />
        )
      }
    >
      {failure !== null && <ErrorNote error={failure} />}
      {members.isSuccess && people.length === 0 && (
        <Text className={styles.muted}>
          {template.isSuccess && !template.data ? t.sales.team.noTemplate : t.sales.team.none}
        </Text>
      )}
      {people.length > 0 && (
        <ul className={styles.list}>
          {people.map((person) => (
            <li key={person.id} className={styles.item}>
              <Initials name={textIn(person, "fullname")} />
              <span className={styles.name}>
                <Text block>{textIn(person, "fullname")}</Text>
                <Text size={200} className={styles.muted}>
                  {textIn(person, "title")}
                </Text>
              </span>
              {!isReadOnly && template.data && (
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label={t.form.subgrid.remove(textIn(person, "fullname"))}
                  onClick={() => remove(person.id)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}

export function AddSalesTeamMemberDialog({ table, row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const template = useTemplate(table);
  const [user, setUser] = useState<FieldValue>(null);
  return (
    <FormDialog
      title={t.sales.team.add}
      submit={t.shell.save}
      isSubmitDisabled={!isLookupValue(user) || !template.data}
      onClose={onClose}
      onSubmit={async () => {
        if (!isLookupValue(user) || !template.data) {
          return;
        }
        await addToSalesTeam({
          userId: user.id,
          table: table.logicalName,
          primaryId: table.primaryId,
          recordId: row.id,
          templateId: template.data,
        });
        await client.invalidateQueries({ queryKey: membersKey(row.id) });
      }}
    >
      {template.isSuccess && !template.data && <Text role="note">{t.sales.team.noTemplate}</Text>}
      <DialogField
        column={lookupColumn(t.sales.team.member, "systemuser", "systemusers", true)}
        value={user}
        onChange={setUser}
        lookupFilter="isdisabled eq false"
      />
    </FormDialog>
  );
}
