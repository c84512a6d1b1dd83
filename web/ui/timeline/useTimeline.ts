import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ListRequest, retrieveRows, type TableKeys } from "@/api/client";
import { toApiError } from "@/api/error";
import type { Table } from "@/api/metadata";
import { allOf, anyOf } from "@/api/odata";
import { type Row, textIn, valueIn } from "@/api/rows";
import { useLiveTables } from "@/ui/live";
import { entriesOf, type TimelineEntry } from "./entries";

const ACTIVITIES: TableKeys = { entitySetName: "activitypointers", primaryId: "activityid" };
const APPOINTMENTS: TableKeys = { entitySetName: "appointments", primaryId: "activityid" };
const NOTES: TableKeys = { entitySetName: "annotations", primaryId: "annotationid" };
const POSTS: TableKeys = { entitySetName: "posts", primaryId: "postid" };
const LIVE = ["activitypointer", "annotation", "post", "task", "appointment", "email", "phonecall"];

const ROLLED_UP = 40;

async function idsBelow(table: TableKeys, column: string, id: string): Promise<string[]> {
  const rows = await retrieveRows(table, {
    select: [table.primaryId],
    filter: `_${column}_value eq ${id}`,
    orderBy: ["modifiedon desc"],
    top: ROLLED_UP,
  });
  return rows.map((row) => row.id);
}

/** An opportunity shows its lead's history, an account that of its contacts and opportunities. */
async function relatedIds(table: Table, row: Row): Promise<string[]> {
  const lead = valueIn(row, "originatingleadid");
  const ids = [row.id, ...(typeof lead === "string" ? [lead] : [])];
  if (table.logicalName === "account") {
    const [contacts, opportunities] = await Promise.all([
      idsBelow({ entitySetName: "contacts", primaryId: "contactid" }, "parentcustomerid", row.id),
      idsBelow(
        { entitySetName: "opportunities", primaryId: "opportunityid" },
        "parentaccountid",
        row.id,
      ),
    ]);
    ids.push(...contacts, ...opportunities);
  }
  return ids;
}

const pointsTo = (column: string, ids: readonly string[]): string =>
  anyOf(ids.map((id) => `_${column}_value eq ${id}`)) ?? "";

/** Tables that this server has switched off; asking again would only fill the log. */
const absent = new Set<string>();

/** A feature that is switched off has no table; the timeline is then shorter, not broken. */
async function rowsOrNone(table: TableKeys, request: ListRequest): Promise<Row[]> {
  if (absent.has(table.entitySetName)) {
    return [];
  }
  try {
    return await retrieveRows(table, request);
  } catch (thrown) {
    const error = toApiError(thrown);
    if (!error.isMissing && !error.isDenied) {
      throw error;
    }
    absent.add(table.entitySetName);
    return [];
  }
}

async function joinUrlsOf(activities: readonly Row[]): Promise<Map<string, string>> {
  const ids = activities
    .filter((row) => valueIn(row, "activitytypecode") === "appointment")
    .map((row) => row.id);
  if (ids.length === 0) {
    return new Map();
  }
  const filter = allOf([
    anyOf(ids.map((id) => `activityid eq ${id}`)),
    "onlinemeetingjoinurl ne null",
  ]);
  const rows = await rowsOrNone(APPOINTMENTS, {
    select: ["activityid", "onlinemeetingjoinurl"],
    ...(filter ? { filter } : {}),
  });
  return new Map(rows.map((row) => [row.id, textIn(row, "onlinemeetingjoinurl")]));
}

async function readTimeline(table: Table, row: Row, top: number): Promise<TimelineEntry[]> {
  const ids = await relatedIds(table, row);
  const newest = { orderBy: ["createdon desc"], top };
  const [activities, notes, posts] = await Promise.all([
    retrieveRows(ACTIVITIES, {
      ...newest,
      filter: pointsTo("regardingobjectid", ids),
      select: [
        "activityid",
        "activitytypecode",
        "subject",
        "description",
        "statecode",
        "scheduledstart",
        "scheduledend",
        "createdon",
        "_ownerid_value",
        "_regardingobjectid_value",
      ],
    }),
    rowsOrNone(NOTES, {
      ...newest,
      filter: pointsTo("objectid", ids),
      select: [
        "annotationid",
        "subject",
        "notetext",
        "isdocument",
        "filename",
        "createdon",
        "_createdby_value",
        "_objectid_value",
      ],
    }),
    rowsOrNone(POSTS, {
      ...newest,
      filter: pointsTo("regardingobjectid", ids),
      select: ["postid", "text", "createdon", "_createdby_value", "_regardingobjectid_value"],
    }),
  ]);
  const joinUrls = await joinUrlsOf(activities);
  return entriesOf({ activities, notes, posts, joinUrls }, row.id).slice(0, top);
}

export function useTimeline(table: Table, row: Row, top: number) {
  useLiveTables(LIVE);
  const lead = valueIn(row, "originatingleadid");
  return useQuery({
    queryKey: ["list", "activitypointer", "timeline", table.logicalName, row.id, lead, top],
    queryFn: () => readTimeline(table, row, top),
    placeholderData: (previous) => previous,
  });
}

/** After a write of ours. */
export function useRefreshTimeline(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["list", "activitypointer"] });
}
