import { describe, expect, it } from "vitest";
import { type TableDefinition, toTable } from "@/api/metadata";
import { toRow } from "@/api/rows";
import { validateDraft } from "./validate";
import { fieldValue, isRowClosed, partyPayload, sameFieldValue, toPayload } from "./values";

const definition: TableDefinition = {
  logicalName: "appointment",
  entitySetName: "appointments",
  displayName: "Appointment",
  pluralName: "Appointments",
  primaryId: "activityid",
  primaryName: "subject",
  isActivity: true,
  columns: [
    { name: "activityid", label: "Id", type: "id", readOnly: true },
    { name: "subject", label: "Subject", type: "text", required: true, maxLength: 10 },
    { name: "budgetamount", label: "Budget", type: "money", min: 0 },
    { name: "effort", label: "Effort", type: "whole" },
    { name: "emailaddress", label: "E-mail", type: "text", format: "email" },
    { name: "tags", label: "Tags", type: "choices", options: [] },
    {
      name: "statecode",
      label: "State",
      type: "state",
      options: [
        { value: 0, label: "Open" },
        { value: 1, label: "Completed" },
        { value: 3, label: "Scheduled" },
      ],
    },
    {
      name: "regardingobjectid",
      label: "Regarding",
      type: "lookup",
      targets: [
        { table: "lead", set: "leads", navigation: "regardingobjectid_lead_appointment" },
        { table: "account", set: "accounts", navigation: "regardingobjectid_account_appointment" },
      ],
    },
    {
      name: "requiredattendees",
      label: "Required",
      type: "party",
      partyMask: 5,
      targets: [{ table: "contact", set: "contacts", navigation: "partyid_contact" }],
    },
  ],
};
const table = toTable(definition);
const column = (name: string) => {
  const found = table.column.get(name);
  if (!found) {
    throw new Error(name);
  }
  return found;
};
const id = "11111111-1111-1111-1111-111111111111";

describe("rows become values", () => {
  const row = toRow(
    {
      "@odata.etag": 'W/"7"',
      activityid: id,
      budgetamount: 48000,
      "budgetamount@OData.Community.Display.V1.FormattedValue": "€48,000.00",
      budgetamount_Formatted: "€48,000.00",
      scheduledstart: new Date("2026-05-01T08:30:00Z"),
      tags: "1,9",
      statecode: 3,
      _regardingobjectid_value: id,
      "_regardingobjectid_value@OData.Community.Display.V1.FormattedValue": "Surfboards",
      "_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "lead",
      appointment_activity_parties: [
        {
          participationtypemask: 5,
          _partyid_value: id,
          "_partyid_value@OData.Community.Display.V1.FormattedValue": "Mona",
          "_partyid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "contact",
          "cl_partstat@OData.Community.Display.V1.FormattedValue": "Accepted",
        },
        { participationtypemask: 7, addressused: "daisy@adventure.example" },
      ],
    },
    "activityid",
  );

  it("keeps the etag, texts and dates", () => {
    expect(row.etag).toBe('W/"7"');
    expect(row.cells.scheduledstart?.value).toBe("2026-05-01T08:30:00Z");
    expect(row.cells.budgetamount?.text).toBe("€48,000.00");
    expect(row.cells.budgetamount_Formatted).toBeUndefined();
  });

  it("reads numbers, lookups, choices and participants", () => {
    expect(fieldValue(row, column("budgetamount"), table)).toBe("48000");
    expect(fieldValue(row, column("tags"), table)).toEqual([1, 9]);
    expect(fieldValue(row, column("regardingobjectid"), table)).toEqual({
      table: "lead",
      id,
      name: "Surfboards",
    });
    expect(fieldValue(row, column("requiredattendees"), table)).toEqual([
      { table: "contact", id, name: "Mona", answer: "Accepted" },
    ]);
  });

  it("a scheduled appointment can still be changed", () => {
    expect(isRowClosed(table, row)).toBe(false);
    expect(isRowClosed(table, { ...row, cells: { statecode: { value: 1, text: "" } } })).toBe(true);
  });
});

describe("values become payloads", () => {
  it("binds a lookup by the navigation property of its target", () => {
    expect(toPayload(table, { regardingobjectid: { table: "account", id, name: "N" } })).toEqual({
      "regardingobjectid_account_appointment@odata.bind": `/accounts(${id})`,
    });
    expect(toPayload(table, { regardingobjectid: null })).toEqual({
      "regardingobjectid_lead_appointment@odata.bind": null,
    });
  });

  it("sends numbers, choices and emptied fields", () => {
    expect(toPayload(table, { budgetamount: "12.50", tags: [9, 1], subject: "" })).toEqual({
      budgetamount: 12.5,
      tags: "1,9",
      subject: null,
    });
  });

  it("sends participants by record or by address", () => {
    const parties = [
      { table: "contact", id, name: "Mona" },
      { table: "", id: "", name: "guest@northwind.example", address: "guest@northwind.example" },
    ];
    expect(partyPayload(table, { requiredattendees: parties })).toEqual([
      { participationtypemask: 5, "partyid_contact@odata.bind": `/contacts(${id})` },
      { participationtypemask: 5, addressused: "guest@northwind.example" },
    ]);
  });
});

describe("checks in the browser", () => {
  it("names each field that is wrong", () => {
    const draft = {
      subject: "",
      budgetamount: "-1",
      effort: "1.5",
      emailaddress: "mona",
    };
    expect(Object.keys(validateDraft(table, Object.keys(draft), draft))).toEqual(
      Object.keys(draft),
    );
  });

  it("accepts what is right", () => {
    const draft = { subject: "Surf", budgetamount: "1", effort: "15", emailaddress: "m@n.example" };
    expect(validateDraft(table, Object.keys(draft), draft)).toEqual({});
  });

  it("sees equal amounts as equal", () => {
    expect(sameFieldValue(column("budgetamount"), "48000", "48000.00")).toBe(true);
    expect(sameFieldValue(column("budgetamount"), "48000", "4800")).toBe(false);
  });
});
