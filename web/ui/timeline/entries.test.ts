import { describe, expect, it } from "vitest";
import { toRow } from "@/api/rows";
import { entriesOf, isOverdue, plainText, withoutMentions } from "./entries";

const own = "11111111-1111-1111-1111-111111111111";
const lead = "22222222-2222-2222-2222-222222222222";

const rows = {
  activities: [
    toRow(
      {
        activityid: "a",
        activitytypecode: "task",
        subject: "Call Mona",
        statecode: 0,
        scheduledend: "2026-05-02T09:00:00Z",
        createdon: "2026-05-01T08:00:00Z",
        _regardingobjectid_value: lead,
        "_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "lead",
        "_regardingobjectid_value@OData.Community.Display.V1.FormattedValue": "Surfboards",
      },
      "activityid",
    ),
  ],
  notes: [
    toRow(
      { annotationid: "n", notetext: "Met at the fair", createdon: "2026-05-03T08:00:00Z" },
      "annotationid",
    ),
  ],
  posts: [
    toRow(
      { postid: "p", text: 'Hi @[systemuser,1,"Tom"]', createdon: "2026-05-02T08:00:00Z" },
      "postid",
    ),
  ],
  joinUrls: new Map([["a", "/meet/1"]]),
};

describe("the timeline", () => {
  it("joins all kinds, newest first", () => {
    const entries = entriesOf(rows, own);
    expect(entries.map((entry) => entry.kind)).toEqual(["annotation", "post", "task"]);
    expect(entries[1]?.text).toBe("Hi @Tom");
    expect(entries[2]?.joinUrl).toBe("/meet/1");
  });

  it("names the record an entry belongs to unless it is this one", () => {
    expect(entriesOf(rows, own)[2]?.regarding?.name).toBe("Surfboards");
    expect(entriesOf(rows, lead)[2]?.regarding).toBeNull();
  });

  it("knows what is overdue", () => {
    const task = entriesOf(rows, own)[2];
    expect(task && isOverdue(task, Date.parse("2026-05-03T00:00:00Z"))).toBe(true);
    expect(task && isOverdue(task, Date.parse("2026-05-01T00:00:00Z"))).toBe(false);
  });

  it("shows the words of an e-mail only", () => {
    expect(plainText("<style>p{}</style><p>Dear Mona,</p><p>see <b>you</b></p>")).toBe(
      "Dear Mona,\nsee you",
    );
    expect(plainText("1 < 2")).toBe("1 < 2");
    expect(withoutMentions("none")).toBe("none");
  });
});
