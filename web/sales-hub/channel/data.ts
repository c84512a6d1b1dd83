import { useQuery } from "@tanstack/react-query";
import { retrieveRow, retrieveRows } from "@/api/client";
import { textIn, valueIn } from "@/api/rows";
import type { Person } from "./mentions";

export const CHANNELS = { entitySetName: "cl_channels", primaryId: "cl_channelid" };
export const MESSAGES = { entitySetName: "cl_channelmessages", primaryId: "cl_channelmessageid" };
export const MEMBERS = { entitySetName: "cl_channelmembers", primaryId: "cl_channelmemberid" };

export const messagesKey = (channelId: string) => ["list", "cl_channelmessage", channelId];
export const membersKey = (channelId: string) => ["list", "cl_channelmember", channelId];

export const useChannel = (id: string) =>
  useQuery({
    queryKey: ["record", "cl_channel", id],
    queryFn: () => retrieveRow(CHANNELS, id),
  });

export const useMessages = (channelId: string) =>
  useQuery({
    queryKey: messagesKey(channelId),
    queryFn: async () => {
      const newest = await retrieveRows(MESSAGES, {
        select: ["cl_channelmessageid", "cl_text", "createdon", "_createdby_value"],
        filter: `_cl_channelid_value eq ${channelId}`,
        orderBy: ["createdon desc"],
        top: 100,
      });
      return newest.reverse();
    },
  });

export const useMembers = (channelId: string) =>
  useQuery({
    queryKey: membersKey(channelId),
    queryFn: async (): Promise<Person[]> => {
      const rows = await retrieveRows(MEMBERS, {
        select: ["cl_channelmemberid", "_cl_userid_value"],
        filter: `_cl_channelid_value eq ${channelId}`,
      });
      return rows.map((row) => ({
        id: String(valueIn(row, "cl_userid") ?? ""),
        name: textIn(row, "cl_userid"),
      }));
    },
  });
