// A channel: the team talks, and the cards of the record beside it change while they watch.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createRow, retrieveRow } from "@/api/client";
import { toApiError } from "@/api/error";
import { type Row, textIn, valueIn } from "@/api/rows";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { useDialogs } from "@/ui/dialogs/host";
import { DialogField, lookupColumn } from "@/ui/dialogs/inputs";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import { type FieldValue, isLookupValue } from "@/ui/fields/values";
import { SectionCard } from "@/ui/form/SectionCard";
import { Initials } from "@/ui/Initials";
import { useLiveTables } from "@/ui/live";
import { PageHead } from "@/ui/PageHead";
import { t } from "@/ui/texts";
import { MEMBERS, membersKey, useChannel, useMembers } from "./data";
import { LiveCard } from "./LiveCard";
import { Messages } from "./Messages";

const useStyles = makeStyles({
  body: {
    flexGrow: 1,
    minHeight: 0,
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) 340px",
    gap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalL}`,
    "@media (max-width: 1000px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  page: { display: "flex", flexDirection: "column", height: "100%", minHeight: 0 },
  side: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    overflowY: "auto",
    minHeight: 0,
  },
  members: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  member: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
});

export function ChannelPage({ id }: { id: string }) {
  const styles = useStyles();
  useLiveTables(["cl_channelmessage", "cl_channelmember", "cl_channel"]);
  const channel = useChannel(id);
  if (channel.error && !channel.data) {
    throw toApiError(channel.error);
  }
  if (!channel.data) {
    return <Loading />;
  }
  return (
    <div className={styles.page}>
      <PageHead
        title={textIn(channel.data, "cl_name")}
        crumbs={[{ label: t.sales.channels.title, path: "/channels" }]}
      />
      <div className={styles.body}>
        <Messages channelId={id} />
        <aside className={styles.side} aria-label={t.sales.channels.cards}>
          <Cards channel={channel.data} />
          <Members channelId={id} />
        </aside>
      </div>
    </div>
  );
}

const OPPORTUNITIES = { entitySetName: "opportunities", primaryId: "opportunityid" };

/** The record of the channel, and for an opportunity its account. */
function Cards({ channel }: { channel: Row }) {
  const table = textIn(channel, "cl_recordtable");
  const id = textIn(channel, "cl_recordid");
  const account = useQuery({
    queryKey: ["record", "opportunity", id, "account"],
    enabled: table === "opportunity",
    // Who may not read the opportunity is not told which account it belongs to.
    retry: false,
    queryFn: async () => {
      const row = await retrieveRow(OPPORTUNITIES, id, { select: ["_parentaccountid_value"] });
      const value = valueIn(row, "parentaccountid");
      return typeof value === "string" ? value : null;
    },
  });
  return (
    <>
      {table && id && <LiveCard table={table} id={id} />}
      {account.data && <LiveCard table="account" id={account.data} />}
    </>
  );
}

function Members({ channelId }: { channelId: string }) {
  const styles = useStyles();
  const dialogs = useDialogs();
  const members = useMembers(channelId);
  return (
    <SectionCard
      title={t.sales.channels.members}
      actions={
        <Button
          size="small"
          appearance="subtle"
          icon={<AddRegular />}
          aria-label={t.sales.channels.addMember}
          onClick={() =>
            dialogs.open((close) => <AddMemberDialog channelId={channelId} onClose={close} />)
          }
        />
      }
    >
      {members.error && <ErrorNote error={members.error} />}
      <ul className={styles.members}>
        {(members.data ?? []).map((person) => (
          <li key={person.id} className={styles.member}>
            <Initials name={person.name} />
            <Text>{person.name}</Text>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

function AddMemberDialog({ channelId, onClose }: { channelId: string; onClose: () => void }) {
  const client = useQueryClient();
  const [user, setUser] = useState<FieldValue>(null);
  return (
    <FormDialog
      title={t.sales.channels.addMember}
      submit={t.shell.save}
      isSubmitDisabled={!isLookupValue(user)}
      onClose={onClose}
      onSubmit={async () => {
        if (isLookupValue(user)) {
          await createRow(MEMBERS, {
            "cl_channelid@odata.bind": `/cl_channels(${channelId})`,
            "cl_userid@odata.bind": `/systemusers(${user.id})`,
          });
          await client.invalidateQueries({ queryKey: membersKey(channelId) });
        }
      }}
    >
      <DialogField
        column={lookupColumn(t.sales.team.member, "systemuser", "systemusers", true)}
        value={user}
        onChange={setUser}
        lookupFilter="isdisabled eq false"
      />
    </FormDialog>
  );
}
