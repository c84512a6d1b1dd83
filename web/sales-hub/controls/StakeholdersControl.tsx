import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { AddRegular, DismissRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createRow, deleteRow, retrieveRows } from "@/api/client";
import type { Column, Table } from "@/api/metadata";
import { type Row, textIn, valueIn } from "@/api/rows";
import { AppLink } from "@/ui/AppLink";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { type RecordDialogProps, useDialogs } from "@/ui/dialogs/host";
import { DialogField } from "@/ui/dialogs/inputs";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { type FieldValue, isLookupValue } from "@/ui/fields/values";
import type { FormControlProps } from "@/ui/form/controls";
import { SectionCard } from "@/ui/form/SectionCard";
import { recordPath } from "@/ui/paths";
import { t } from "@/ui/texts";

const CONNECTIONS = { entitySetName: "connections", primaryId: "connectionid" };
const STAKEHOLDER_CATEGORY = 1000;

const useStyles = makeStyles({
  list: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  item: {
    display: "flex",
    justifyContent: "space-between",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
  },
  person: { display: "flex", flexDirection: "column", minWidth: 0 },
  muted: { color: tokens.colorNeutralForeground3 },
});

const keyOf = (id: string) => ["list", "connection", id];

function useConnections(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () =>
      retrieveRows(CONNECTIONS, {
        select: ["connectionid", "_record2id_value", "_record2roleid_value"],
        filter: `_record1id_value eq ${id} and _record2roleid_value ne null`,
        orderBy: ["createdon asc"],
      }),
  });
}

export function StakeholdersControl({ session, row, title, isReadOnly }: FormControlProps) {
  const styles = useStyles();
  const client = useQueryClient();
  const dialogs = useDialogs();
  const [problem, setProblem] = useState<unknown>(null);
  const connections = useConnections(row.id);
  const people = (connections.data ?? []).filter((each) =>
    ["contact", "account"].includes(each.cells.record2id?.table ?? ""),
  );
  const remove = async (connection: Row) => {
    setProblem(null);
    try {
      await deleteRow(CONNECTIONS, connection.id, null);
      await client.invalidateQueries({ queryKey: keyOf(row.id) });
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const failure = problem ?? connections.error;
  return (
    <SectionCard
      title={title}
      actions={
        !isReadOnly && (
          <Button
            size="small"
            appearance="subtle"
            icon={<AddRegular />}
            aria-label={t.sales.stakeholders.add}
            onClick={() =>
              dialogs.open((close) => (
                <AddStakeholderDialog table={session.table} row={row} onClose={close} />
              ))
            }
          />
        )
      }
    >
      {failure !== null && <ErrorNote error={failure} />}
      {connections.isSuccess && people.length === 0 && (
        <Text className={styles.muted}>{t.sales.stakeholders.none}</Text>
      )}
      {people.length > 0 && (
        <ul className={styles.list}>
          {people.map((connection) => (
            <li key={connection.id} className={styles.item}>
              <span className={styles.person}>
                <AppLink
                  to={recordPath(
                    connection.cells.record2id?.table ?? "",
                    String(valueIn(connection, "record2id")),
                  )}
                >
                  {textIn(connection, "record2id")}
                </AppLink>
                <Text size={200} className={styles.muted}>
                  {textIn(connection, "record2roleid")}
                </Text>
              </span>
              {!isReadOnly && (
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label={t.form.subgrid.remove(textIn(connection, "record2id"))}
                  onClick={() => remove(connection)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}

const PERSON: Column = {
  name: "record2id",
  label: t.sales.stakeholders.person,
  type: "lookup",
  required: true,
  targets: [
    { table: "contact", set: "contacts", navigation: "record2id_contact", label: "Contact" },
    { table: "account", set: "accounts", navigation: "record2id_account", label: "Account" },
  ],
};

const ROLE: Column = {
  name: "record2roleid",
  label: t.sales.stakeholders.role,
  type: "lookup",
  required: true,
  targets: [
    { table: "connectionrole", set: "connectionroles", navigation: "record2roleid", label: "Role" },
  ],
};

const linkTo = (table: Table, id: string) => `/${table.entitySetName}(${id})`;

export function AddStakeholderDialog({ table, row, onClose }: RecordDialogProps) {
  const client = useQueryClient();
  const [person, setPerson] = useState<FieldValue>(null);
  const [role, setRole] = useState<FieldValue>(null);
  return (
    <FormDialog
      title={t.sales.stakeholders.add}
      submit={t.shell.save}
      isSubmitDisabled={!isLookupValue(person) || !isLookupValue(role)}
      onClose={onClose}
      onSubmit={async () => {
        if (!isLookupValue(person) || !isLookupValue(role)) {
          return;
        }
        const set = PERSON.targets?.find((target) => target.table === person.table)?.set;
        await createRow(CONNECTIONS, {
          [`record1id_${table.logicalName}@odata.bind`]: linkTo(table, row.id),
          [`record2id_${person.table}@odata.bind`]: `/${set}(${person.id})`,
          "record2roleid@odata.bind": `/connectionroles(${role.id})`,
        });
        await client.invalidateQueries({ queryKey: keyOf(row.id) });
      }}
    >
      <DialogField column={PERSON} value={person} onChange={setPerson} />
      <DialogField
        column={ROLE}
        value={role}
        onChange={setRole}
        lookupFilter={`category eq ${STAKEHOLDER_CATEGORY} and statecode eq 0`}
      />
    </FormDialog>
  );
}
