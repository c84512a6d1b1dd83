import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { retrieveRows } from "@/api/client";
import { textIn, valueIn } from "@/api/rows";
import { AppLink } from "@/ui/AppLink";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { Loading } from "@/ui/feedback/Loading";
import { formatDateTime } from "@/ui/format";
import { NamedIcon } from "@/ui/icons";
import { useLiveTables } from "@/ui/live";
import { PageHead } from "@/ui/PageHead";
import { t } from "@/ui/texts";
import { CHANNELS } from "./data";

const useStyles = makeStyles({
  body: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}` },
  list: {
    listStyle: "none",
    margin: 0,
    padding: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  item: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    ":not(:last-child)": { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  date: { marginLeft: "auto", color: tokens.colorNeutralForeground3 },
});

export function ChannelsPage() {
  const styles = useStyles();
  useLiveTables(["cl_channel", "cl_channelmember"]);
  const channels = useQuery({
    queryKey: ["list", "cl_channel", "all"],
    queryFn: () => retrieveRows(CHANNELS, { orderBy: ["createdon desc"], top: 200 }),
  });
  return (
    <>
      <PageHead title={t.sales.channels.title} />
      <div className={styles.body}>
        {channels.error && <ErrorNote error={channels.error} onRetry={() => channels.refetch()} />}
        {channels.isPending && <Loading />}
        {channels.data?.length === 0 && <EmptyState title={t.sales.channels.listNone} />}
        {channels.data && channels.data.length > 0 && (
          <ul className={styles.list}>
            {channels.data.map((channel) => (
              <li key={channel.id} className={styles.item}>
                <NamedIcon name={textIn(channel, "cl_recordtable") || "channel"} />
                <AppLink to={`/channel/${channel.id}`}>{textIn(channel, "cl_name")}</AppLink>
                <Text size={200} className={styles.date}>
                  {formatDateTime(String(valueIn(channel, "createdon") ?? ""))}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
