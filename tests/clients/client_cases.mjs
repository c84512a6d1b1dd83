// The npm package dynamics-web-api, unmodified, does what integrations do with it: the same cases on
// either database.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DynamicsWebApi } from "dynamics-web-api";
import { command, startCompany, tokenSource } from "./company.mjs";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function clientCases(database) {
  let company;
  let app;
  let api;

  before(async () => {
    company = await startCompany({ content: "--demo", database });
    app = command(company, "app-user", "add", "--name", "erp", "--role", "System Administrator");
    api = new DynamicsWebApi({
      serverUrl: company.url,
      dataApi: { version: "9.2" },
      onTokenRefresh: tokenSource(company, app),
    });
  });

  after(async () => {
    assert.equal(await company.stop(), 0, "SIGTERM stops the server gracefully");
  });

  async function rejected(promise) {
    try {
      await promise;
    } catch (error) {
      return error;
    }
    assert.fail("should have been refused");
  }

  const newAccount = (name) => api.create({ collection: "accounts", data: { name } });

  describe("rows", () => {
    it("creates and retrieves", async () => {
      const id = await newAccount("Fabrikam");
      assert.match(id, GUID);
      const row = await api.retrieve({ collection: "accounts", key: id, select: ["name"] });
      assert.equal(row.name, "Fabrikam");
      assert.equal(row.accountid, id);
      assert.match(row["@odata.etag"], /^W\/"[0-9A-Fa-f]+"$/);
      assert.equal(row.oDataContext, `${company.url}/api/data/v9.2/$metadata#accounts(name)/$entity`);
    });

    it("creates with a representation, annotations and a related row", async () => {
      const row = await api.create({
        collection: "accounts",
        data: { name: "Deep", primarycontactid: { firstname: "Zoë", lastname: "Größe" } },
        select: ["name", "statecode"],
        expand: [{ property: "primarycontactid", select: ["fullname"] }],
        returnRepresentation: true,
        includeAnnotations: "*",
      });
      assert.equal(row.statecode_Formatted, "Active");
      assert.equal(row.primarycontactid.fullname, "Zoë Größe");
    });

    it("answers 304 as nothing when the row has not changed", async () => {
      const id = await newAccount("Unchanged");
      const row = await api.retrieve({ collection: "accounts", key: id, select: ["name"] });
      const again = await api.retrieve({
        collection: "accounts",
        key: id,
        select: ["name"],
        ifnonematch: row["@odata.etag"],
      });
      assert.equal(again, undefined);
    });

    it("updates, with and without a representation", async () => {
      const id = await newAccount("Before");
      assert.equal(
        await api.update({ collection: "accounts", key: id, data: { name: "After" } }),
        true,
      );
      const row = await api.update({
        collection: "accounts",
        key: id,
        data: { telephone1: "+353 1 555" },
        select: ["name", "telephone1"],
        returnRepresentation: true,
      });
      assert.equal(row.name, "After");
      assert.equal(row.telephone1, "+353 1 555");
    });

    it("refuses an update of a row that is not there", async () => {
      const error = await rejected(
        api.update({
          collection: "accounts",
          key: "00000000-0000-0000-0000-00000000abcd",
          data: { name: "x" },
        }),
      );
      assert.equal(error.status, 404);
      assert.equal(error.code, "0x80040217");
    });

    it("resolves false for a stale etag", async () => {
      const id = await newAccount("Raced");
      const { "@odata.etag": etag } = await api.retrieve({
        collection: "accounts",
        key: id,
        select: ["name"],
      });
      await api.update({ collection: "accounts", key: id, data: { name: "Faster" } });
      const data = { name: "Slower" };
      assert.equal(await api.update({ collection: "accounts", key: id, data, ifmatch: etag }), false);
      assert.equal(await api.deleteRecord({ collection: "accounts", key: id, ifmatch: etag }), false);
      const row = await api.retrieve({ collection: "accounts", key: id, select: ["name"] });
      assert.equal(row.name, "Faster");
    });

    it("upserts: creates, updates, and keeps to the conditions", async () => {
      const key = crypto.randomUUID();
      const upsert = (extra) => api.upsert({ collection: "accounts", key, ...extra });
      assert.equal(await upsert({ data: { name: "Up" }, ifmatch: "*" }), null);
      assert.equal(await upsert({ data: { name: "Up" } }), key);
      assert.equal(await upsert({ data: { name: "Upper" } }), key);
      assert.equal(await upsert({ data: { name: "Again" }, ifnonematch: "*" }), null);
      const row = await api.retrieve({ collection: "accounts", key, select: ["name"] });
      assert.equal(row.name, "Upper");
    });

    it("sets and clears a single property", async () => {
      const id = await newAccount("One");
      await api.updateSingleProperty({
        collection: "accounts",
        key: id,
        fieldValuePair: { telephone1: "1" },
      });
      let row = await api.retrieve({ collection: "accounts", key: id, select: ["telephone1"] });
      assert.equal(row.telephone1, "1");
      await api.deleteRecord({ collection: "accounts", key: id, property: "telephone1" });
      row = await api.retrieve({ collection: "accounts", key: id, select: ["telephone1"] });
      assert.equal(row.telephone1, null);
    });

    it("deletes once", async () => {
      const id = await newAccount("Gone");
      assert.equal(await api.deleteRecord({ collection: "accounts", key: id }), true);
      const error = await rejected(api.deleteRecord({ collection: "accounts", key: id }));
      assert.equal(error.status, 404);
    });

    it("tells code, message and status of a refusal", async () => {
      const error = await rejected(
        api.create({ collection: "accounts", data: { name: "x", nonsense: 1 } }),
      );
      assert.equal(error.status, 400);
      assert.match(error.message, /nonsense/);
      const long = await rejected(newAccount("x".repeat(4000)));
      assert.equal(long.code, "0x80044331");
    });
  });

  describe("lists", () => {
    const prefix = "Paged ";
    const filter = `startswith(name,'${prefix}')`;

    before(async () => {
      for (let index = 0; index < 7; ++index) {
        await newAccount(`${prefix}${index}`);
      }
    });

    it("filters, sorts, counts and pages", async () => {
      const names = [];
      const request = {
        collection: "accounts",
        select: ["name"],
        filter,
        orderBy: ["name desc"],
        count: true,
        maxPageSize: 3,
      };
      let page = await api.retrieveMultiple(request);
      assert.equal(page.oDataCount, 7);
      while (true) {
        names.push(...page.value.map((row) => row.name));
        if (!page.oDataNextLink) {
          break;
        }
        page = await api.retrieveMultiple(request, page.oDataNextLink);
      }
      assert.deepEqual(names, [6, 5, 4, 3, 2, 1, 0].map((index) => `${prefix}${index}`));
    });

    it("retrieves all pages at once and counts", async () => {
      const all = await api.retrieveAll({ collection: "accounts", select: ["name"], filter });
      assert.equal(all.value.length, 7);
      assert.equal(await api.count({ collection: "accounts", filter }), 7);
      assert.ok((await api.count({ collection: "accounts" })) >= 7);
    });

    it("sends a long query as a batch", async () => {
      const values = Array.from({ length: 200 }, (_, index) => `name eq '${prefix}${index}'`);
      const page = await api.retrieveMultiple({
        collection: "accounts",
        select: ["name"],
        filter: values.join(" or "),
      });
      assert.equal(page.value.length, 7);
    });

    it("fetches by FetchXML, page after page", async () => {
      const fetchXml = `<fetch count="3"><entity name="account"><attribute name="name"/>
        <order attribute="name"/><filter><condition attribute="name" operator="like" value="${prefix}%"/>
        </filter></entity></fetch>`;
      const first = await api.fetch({ collection: "accounts", fetchXml, includeAnnotations: "*" });
      assert.deepEqual(first.value.map((row) => row.name), [`${prefix}0`, `${prefix}1`, `${prefix}2`]);
      const second = await api.fetch({
        collection: "accounts",
        fetchXml,
        pageNumber: first.PagingInfo.nextPage,
        pagingCookie: first.PagingInfo.cookie,
        includeAnnotations: "*",
      });
      assert.deepEqual(second.value.map((row) => row.name), [`${prefix}3`, `${prefix}4`, `${prefix}5`]);
      const all = await api.fetchAll({ collection: "accounts", fetchXml, includeAnnotations: "*" });
      assert.equal(all.value.length, 7);
    });
  });

  describe("links", () => {
    it("associates and disassociates rows", async () => {
      const account = await newAccount("Linked");
      const contact = await api.create({ collection: "contacts", data: { lastname: "Linked" } });
      await api.associateSingleValued({
        collection: "accounts",
        primaryKey: account,
        navigationProperty: "primarycontactid",
        relatedCollection: "contacts",
        relatedKey: contact,
      });
      const reference = await api.retrieve({
        collection: "accounts",
        key: account,
        select: ["primarycontactid/$ref"],
      });
      assert.deepEqual([reference.id, reference.collection], [contact, "contacts"]);
      await api.disassociateSingleValued({
        collection: "accounts",
        primaryKey: account,
        navigationProperty: "primarycontactid",
      });
      const row = await api.retrieve({
        collection: "accounts",
        key: account,
        select: ["_primarycontactid_value"],
      });
      assert.equal(row._primarycontactid_value, null);
    });

    it("associates through a collection, one to many and many to many", async () => {
      const account = await newAccount("Parent");
      const contact = await api.create({ collection: "contacts", data: { lastname: "Child" } });
      const link = {
        collection: "accounts",
        primaryKey: account,
        relationshipName: "contact_customer_accounts",
        relatedCollection: "contacts",
        relatedKey: contact,
      };
      await api.associate(link);
      const members = await api.retrieve({
        collection: "accounts",
        key: account,
        select: ["name"],
        expand: [{ property: "contact_customer_accounts", select: ["lastname"] }],
      });
      assert.deepEqual(members.contact_customer_accounts.map((row) => row.lastname), ["Child"]);
      await api.disassociate(link);
      const opportunity = await api.create({
        collection: "opportunities",
        data: { name: "Boards", "customerid_account@odata.bind": `/accounts(${account})` },
      });
      const competitor = await api.create({ collection: "competitors", data: { name: "Rival" } });
      const rivalry = {
        collection: "opportunities",
        primaryKey: opportunity,
        relationshipName: "opportunitycompetitors_association",
        relatedCollection: "competitors",
        relatedKey: competitor,
      };
      await api.associate(rivalry);
      assert.equal((await rejected(api.associate(rivalry))).code, "0x80040237");
      await api.disassociate(rivalry);
    });
  });

  describe("functions and actions", () => {
    it("calls functions", async () => {
      const me = await api.callFunction("WhoAmI");
      assert.match(me.UserId, GUID);
      const counts = await api.callFunction({
        name: "RetrieveTotalRecordCount",
        parameters: { EntityNames: ["account"] },
      });
      assert.deepEqual(counts.EntityRecordCountCollection.Keys, ["account"]);
    });

    it("qualifies a lead and wins its opportunity", async () => {
      const lead = await api.create({
        collection: "leads",
        data: { subject: "Surfboards", lastname: "Reed", firstname: "Mona", companyname: "Reed & Co" },
      });
      const qualify = () =>
        api.callAction({
          collection: "leads",
          key: lead,
          actionName: "Microsoft.Dynamics.CRM.QualifyLead",
          action: { CreateAccount: true, CreateContact: true, CreateOpportunity: true, Status: 3 },
        });
      const created = await qualify();
      const types = created.value.map((row) => row["@odata.type"]).sort();
      assert.deepEqual(
        types,
        ["account", "contact", "opportunity"].map((name) => `#Microsoft.Dynamics.CRM.${name}`),
      );
      assert.equal((await rejected(qualify())).status, 400);
      const { opportunityid } = created.value.find((row) => row.opportunityid);
      await api.callAction({
        actionName: "WinOpportunity",
        action: {
          Status: 3,
          OpportunityClose: {
            "@odata.type": "Microsoft.Dynamics.CRM.opportunityclose",
            subject: "Won",
            "opportunityid@odata.bind": `/opportunities(${opportunityid})`,
          },
        },
      });
      const won = await api.retrieve({
        collection: "opportunities",
        key: opportunityid,
        select: ["statecode"],
      });
      assert.equal(won.statecode, 1);
    });
  });

  describe("batches", () => {
    it("runs a change set whose requests refer to each other", async () => {
      api.startBatch();
      api.create({ collection: "accounts", data: { name: "Batched" }, contentId: "1" });
      api.create({
        collection: "contacts",
        data: { lastname: "Batched", "parentcustomerid_account@odata.bind": "$1" },
      });
      const [account, contact] = await api.executeBatch();
      assert.match(account, GUID);
      const row = await api.retrieve({
        collection: "contacts",
        key: contact,
        select: ["_parentcustomerid_value"],
      });
      assert.equal(row._parentcustomerid_value, account);
    });

    it("undoes a change set as a whole and says why", async () => {
      api.startBatch();
      api.create({ collection: "accounts", data: { name: "Half of a set" } });
      api.create({ collection: "accounts", data: { nonsense: 1 } });
      const errors = await rejected(api.executeBatch());
      assert.ok(Array.isArray(errors));
      assert.equal(errors[0].status, 400);
      const filter = "name eq 'Half of a set'";
      assert.equal(await api.count({ collection: "accounts", filter }), 0);
    });

    it("goes on after errors when asked to, with reads and writes mixed", async () => {
      const id = await newAccount("Read in a batch");
      api.startBatch();
      api.retrieve({ collection: "accounts", key: id, select: ["name"], inChangeSet: false });
      api.retrieve({ collection: "accounts", key: crypto.randomUUID(), inChangeSet: false });
      api.update({ collection: "accounts", key: id, data: { name: "New" }, inChangeSet: false });
      api.count({ collection: "accounts" });
      const results = await api.executeBatch({ continueOnError: true }).catch((errors) => errors);
      assert.equal(results[0].name, "Read in a batch");
      assert.ok(results.length >= 3);
      const row = await api.retrieve({ collection: "accounts", key: id, select: ["name"] });
      assert.equal(row.name, "New");
    });
  });

  describe("definitions", () => {
    it("retrieves tables, one table and its columns", async () => {
      const all = await api.retrieveEntities({ select: ["LogicalName", "EntitySetName"] });
      const account = all.value.find((table) => table.LogicalName === "account");
      assert.equal(account.EntitySetName, "accounts");
      const one = await api.retrieveEntity({ key: account.MetadataId, select: ["SchemaName"] });
      assert.equal(one.SchemaName, "Account");
      const columns = await api.retrieveAttributes({
        entityKey: "LogicalName='account'",
        select: ["LogicalName", "AttributeType"],
      });
      assert.ok(columns.value.some((each) => each.LogicalName === "name"));
      const choices = await api.retrieveAttributes({
        entityKey: "LogicalName='account'",
        castType: "Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
        select: ["LogicalName"],
        expand: [{ property: "OptionSet" }],
      });
      const industry = choices.value.find((each) => each.LogicalName === "industrycode");
      assert.ok(industry.OptionSet.Options.length > 5);
      const name = await api.retrieveAttribute({
        entityKey: "LogicalName='account'",
        attributeKey: "LogicalName='name'",
      });
      assert.equal(name.AttributeTypeName.Value, "StringType");
    });

    it("retrieves relationships", async () => {
      const all = await api.retrieveRelationships({ select: ["SchemaName"] });
      assert.ok(all.value.length > 100);
      const one = await api.retrieveRelationship({ key: "SchemaName='opportunity_quotes'" });
      assert.equal(one.ReferencingEntity, "quote");
    });

    it("retrieves the model", async () => {
      const model = await api.retrieveCsdlMetadata();
      assert.match(model, /^<\?xml/);
      assert.match(model, /EntityType Name="account"/);
    });

    it("uses names of tables instead of sets", async () => {
      const named = new DynamicsWebApi({
        serverUrl: company.url,
        dataApi: { version: "9.2" },
        useEntityNames: true,
        onTokenRefresh: tokenSource(company, app),
      });
      const row = await named.retrieveMultiple({ collection: "account", select: ["name"], top: 1 });
      assert.equal(row.value.length, 1);
    });
  });

  describe("identity", () => {
    it("refuses an unknown secret and a missing token", async () => {
      const form = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: crypto.randomUUID(),
        client_secret: "wrong",
      });
      const token = await fetch(`${company.url}/oauth2/token`, { method: "POST", body: form });
      assert.equal(token.status, 401);
      assert.equal((await token.json()).error, "invalid_client");
      const anonymous = new DynamicsWebApi({ serverUrl: company.url, dataApi: { version: "9.2" } });
      const error = await rejected(anonymous.callFunction("WhoAmI"));
      assert.equal(error.status, 401);
      const answer = await fetch(`${company.url}/api/data/v9.2/WhoAmI`);
      assert.match(answer.headers.get("WWW-Authenticate"), /^Bearer authorization_uri=\S+, resource_id=\S+$/);
    });
  });
}
