import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { retrieveRows } from "@/api/client";
import { quoted } from "@/api/odata";
import { textIn } from "@/api/rows";
import { AppLink } from "@/ui/AppLink";
import { useDialogs } from "@/ui/dialogs/host";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { type FieldValue, partiesOf } from "@/ui/fields/values";
import type { FormControlProps } from "@/ui/form/controls";
import { SectionCard } from "@/ui/form/SectionCard";
import { SubgridSection } from "@/ui/form/SubgridSection";
import { useLiveTables } from "@/ui/live";
import { t } from "@/ui/texts";
import { OpenChannelDialog } from "../dialogs/OpenChannelDialog";

const useStyles = makeStyles({
  list: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
  },
  item: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS },
  muted: { color: tokens.colorNeutralForeground3 },
});

const COMPETITORS: Record<string, string> = {
  opportunity: "opportunitycompetitors_association",
  lead: "leadcompetitors_association",
};

export function CompetitorsControl({ session, row, title, isReadOnly }: FormControlProps) {
  const navigation = COMPETITORS[session.table.logicalName];
  return navigation ? (
    <SubgridSection
      parent={session.table}
      row={row}
      label={title}
      subgrid={{ table: "competitor", manyToMany: navigation }}
      isReadOnly={isReadOnly}
    />
  ) : null;
}

const CHANNELS = { entitySetName: "cl_channels", primaryId: "cl_channelid" };

export function ChannelsControl({ session, row, title }: FormControlProps) {
  const styles = useStyles();
  const dialogs = useDialogs();
  useLiveTables(["cl_channel"]);
  const channels = useQuery({
    queryKey: ["list", "cl_channel", "record", row.id],
    queryFn: () =>
      retrieveRows(CHANNELS, {
        select: ["cl_channelid", "cl_name"],
        filter: `cl_recordid eq ${quoted(row.id)}`,
      }),
  });
  const found = channels.data ?? [];
  return (
    <SectionCard
      title={title}
      actions={
        <Button
          size="small"
          appearance="subtle"
          icon={<AddRegular />}
          aria-label={t.sales.channels.open}
          onClick={() =>
            dialogs.open((close) => (
              <OpenChannelDialog table={session.table} row={row} onClose={close} />
            ))
          }
        />
      }
    >
      {channels.error && <ErrorNote error={channels.error} />}
      {channels.isSuccess && found.length === 0 && (
        <Text className={styles.muted}>{t.sales.channels.none}</Text>
      )}
      {found.length > 0 && (
        <ul className={styles.list}>
          {found.map((channel) => (
            <li key={channel.id}>
              <AppLink to={`/channel/${channel.id}`}>{textIn(channel, "cl_name")}</AppLink>
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}

/** Who was invited and what each of them answered. */
export function AttendeesControl({ session, title }: FormControlProps) {
  const styles = useStyles();
  const fieldOf = (name: string): FieldValue => {
    const column = session.table.column.get(name);
    return column ? session.value(column) : null;
  };
  const people = ["requiredattendees", "optionalattendees"].flatMap((name) =>
    partiesOf(fieldOf(name)),
  );
  return (
    <SectionCard title={title}>
      {people.length === 0 ? (
        <Text className={styles.muted}>{t.sales.appointment.noAttendees}</Text>
      ) : (
        <ul className={styles.list}>
          {people.map((person) => (
            <li key={person.id || person.name} className={styles.item}>
              <Text>{person.name}</Text>
              <Text className={styles.muted}>
                {person.answer ?? t.sales.appointment.unanswered}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
