#include "platform/query/query_testing.h"

#include "core/check.h"
#include "core/text.h"
#include "platform/metadata/migrate.h"

namespace cashline::query_testing {

namespace {

constexpr std::string_view definitions = R"json({ "table": [
{ "table": "businessunit", "number": 10, "ownership": "business_unit", "name": "name", "columns": [
    { "name": "name", "type": "text" } ] },
{ "table": "systemuser", "number": 8, "ownership": "business_unit", "name": "fullname", "columns": [
    { "name": "fullname", "type": "text", "search": true },
    { "name": "businessunitid", "type": "lookup", "to": "businessunit" } ] },
{ "table": "team", "number": 9, "ownership": "business_unit", "name": "name", "columns": [
    { "name": "name", "type": "text" },
    { "name": "businessunitid", "type": "lookup", "to": "businessunit" } ] },
{ "table": "principalobjectaccess", "number": 11, "set": "principalobjectaccessset", "columns": [
    { "name": "principalid", "type": "lookup", "to": ["systemuser", "team"] },
    { "name": "objectid", "type": "lookup", "to": "any" },
    { "name": "accessrightsmask", "type": "whole" } ] },
{ "table": "transactioncurrency", "number": 9105, "set": "transactioncurrencies",
        "name": "currencyname", "columns": [
    { "name": "currencyname", "type": "text" },
    { "name": "isocurrencycode", "type": "text" },
    { "name": "currencysymbol", "type": "text" },
    { "name": "currencyprecision", "type": "whole" } ] },
{ "table": "account", "number": 1, "ownership": "user_or_team", "name": "name", "sort": "name",
        "columns": [
    { "name": "name", "type": "text", "search": true },
    { "name": "description", "type": "memo" },
    { "name": "revenue", "type": "money" },
    { "name": "statecode", "type": "state", "options": { "0": "active", "1": "inactive" } },
    { "name": "statuscode", "type": "status", "reasons": { "active": { "1": "active" },
        "inactive": { "2": "inactive" } } },
    { "name": "industrycode", "type": "choice", "options": { "1": "zoo", "2": "mining",
        "3": "advertising" } },
    { "name": "sports", "type": "choices", "options": { "1": "surfing", "9": "climbing",
        "12": "sailing" } },
    { "name": "creditonhold", "type": "yes_no" },
    { "name": "parentaccountid", "type": "lookup", "to": "account",
        "collection": "account_parent_account", "hierarchy": true },
    { "name": "primarycontactid", "type": "lookup", "to": "contact",
        "collection": "account_primary_contact" },
    { "name": "contactname", "type": "text", "calculated": "primarycontactid.fullname" } ] },
{ "table": "contact", "number": 2, "ownership": "user_or_team", "name": "fullname", "columns": [
    { "name": "fullname", "type": "text", "folded": true },
    { "name": "emailaddress1", "type": "text" },
    { "name": "birthdate", "type": "date" },
    { "name": "parentcustomerid", "type": "customer",
        "collections": { "account": "contact_customer_accounts",
        "contact": "contact_customer_contacts" } } ] },
{ "table": "opportunity", "number": 3, "set": "opportunities", "ownership": "user_or_team",
        "name": "name", "columns": [
    { "name": "name", "type": "text", "search": true },
    { "name": "customerid", "type": "customer",
        "collections": { "account": "opportunity_customer_accounts",
        "contact": "opportunity_customer_contacts" } },
    { "name": "estimatedvalue", "type": "money" },
    { "name": "closeprobability", "type": "whole" },
    { "name": "discount", "type": "decimal", "scale": 2 },
    { "name": "estimatedclosedate", "type": "date" },
    { "name": "meeting", "type": "date_time", "behavior": "zone_independent" },
    { "name": "statecode", "type": "state", "options": { "0": "open", "1": "won", "2": "lost" } },
    { "name": "statuscode", "type": "status", "reasons": { "open": { "1": "in_progress" },
        "won": { "3": "won" }, "lost": { "4": "canceled" } } } ],
  "many_to_many": [ { "name": "opportunitycompetitors_association", "with": "competitor",
        "intersect": "opportunitycompetitors", "number": 25, "columns": ["opportunityid",
        "competitorid"] } ] },
{ "table": "competitor", "number": 123, "ownership": "organization", "name": "name", "columns": [
    { "name": "name", "type": "text" } ] },
{ "table": "opportunityproduct", "number": 1083, "ownership": "none", "parent": "opportunityid",
        "name": "name", "columns": [
    { "name": "name", "type": "text" },
    { "name": "opportunityid", "type": "lookup", "to": "opportunity",
        "collection": "product_opportunities" } ] },
{ "table": "activitypointer", "number": 4200, "ownership": "user_or_team", "id": "activityid",
        "name": "subject", "columns": [
    { "name": "subject", "type": "text", "search": true },
    { "name": "activitytypecode", "type": "text" },
    { "name": "scheduledend", "type": "date_time" },
    { "name": "regardingobjectid", "type": "lookup", "to": ["account", "opportunity"],
      "navs": "regardingobjectid_{target}{_table}", "collections": "{Target}_{Plural}" } ] },
{ "table": "task", "number": 4212, "extends": "activitypointer", "columns": [
    { "name": "category", "type": "text" } ] },
{ "table": "secretkey", "number": 10999, "hidden": true, "name": "name",
        "columns": [ { "name": "name", "type": "text" } ] }
] })json";

// Names stand for ids: @anna. Folded shadows, versions and times are written where the tests look
// at them.
constexpr std::string_view rows = R"sql(
insert into businessunit (businessunitid, name, versionnumber) values (@root, 'Root', 1),
        (@branch, 'Branch', 2);
insert into systemuser (systemuserid, fullname, fullname__f, businessunitid, versionnumber) values
    (@anna, 'Anna Ek', 'anna ek', @root, 3), (@bert, 'Bert Öst', 'bert ost', @branch, 4);
insert into team (teamid, name, businessunitid, versionnumber) values (@crew, 'Crew', @branch, 5);
insert into transactioncurrency (transactioncurrencyid, currencyname, isocurrencycode,
        currencysymbol, currencyprecision, versionnumber)
    values (@eur, 'Euro', 'EUR', '€', 2, 6), (@jpy, 'Yen', 'JPY', '¥', 0, 7);
insert into contact (contactid, fullname, fullname__f, emailaddress1, birthdate,
        parentcustomerid, parentcustomerid__t, ownerid, ownerid__t, owningbusinessunit,
        createdon, versionnumber) values
    (@carla, 'Carla Ärm', 'carla arm', 'Carla@X.example', 0, @contoso, 1, @anna, 8, @root,
        1000000, 10),
    (@dora, 'Dora Bo', 'dora bo', null, 12000, @fabrikam, 1, @bert, 8, @branch, 2000000, 11);
insert into account (accountid, name, name__f, description, revenue, transactioncurrencyid,
        statecode, statuscode, industrycode, sports, creditonhold, parentaccountid,
        primarycontactid, ownerid, ownerid__t, owningbusinessunit, createdon, versionnumber) values
    (@contoso, 'Contoso', 'contoso', 'Big 100% fish', 12345000, @eur, 0, 1, 1, '1,9', 1, null,
        @carla, @anna, 8, @root, 1773738000000000, 20),
    (@fabrikam, 'Fabrikam', 'fabrikam', null, null, null, 0, 1, 2, '12', 0, @contoso, @dora,
        @bert, 8, @branch, 1773828000000000, 21),
    (@aland, 'Åland Oil', 'aland oil', 'small', 500, @jpy, 1, 2, 3, null, null, @fabrikam, null,
        @crew, 9, @branch, 1773824400000000, 22),
    (@zeta, 'Zeta_1', 'zeta_1', 'snake', 10000, @eur, 0, 1, null, null, 0, null, null, @anna, 8,
        @root, 1742202000000000, 23);
insert into opportunity (opportunityid, name, name__f, customerid, customerid__t, estimatedvalue,
        transactioncurrencyid, closeprobability, discount, estimatedclosedate, meeting,
        statecode, statuscode, ownerid, ownerid__t, owningbusinessunit, versionnumber) values
    (@boards, 'Boards', 'boards', @contoso, 1, 480000000, @eur, 40, 150, 20530, 1773828000000000,
        0, 1, @anna, 8, @root, 30),
    (@ropes, 'Ropes', 'ropes', @dora, 2, 10000, @eur, 90, 1000, 20531, null, 1, 3, @bert, 8,
        @branch, 31),
    (@tents, 'Tents', 'tents', @fabrikam, 1, null, null, null, null, null, null, 0, 1, @bert, 8,
        @branch, 32);
insert into competitor (competitorid, name, versionnumber) values (@acme, 'Acme', 40), (@umbra,
        'Umbra', 41);
insert into opportunitycompetitors (opportunitycompetitorsid, opportunityid, competitorid,
        versionnumber) values
    (@oc1, @boards, @acme, 42), (@oc2, @boards, @umbra, 43), (@oc3, @ropes, @acme, 44);
insert into opportunityproduct (opportunityproductid, name, opportunityid, versionnumber) values
    (@line1, 'Long board', @boards, 50), (@line2, 'Short board', @boards, 51), (@line3, 'Rope',
        @ropes, 52);
insert into activitypointer (activityid, subject, subject__f, activitytypecode, scheduledend,
        regardingobjectid, regardingobjectid__t, ownerid, ownerid__t, owningbusinessunit,
        createdon, versionnumber) values
    (@call, 'Call back', 'call back', 'task', 1773820800000000, @contoso, 1, @anna, 8, @root, 1,
        60),
    (@visit, 'Visit', 'visit', 'task', 1773907200000000, @ropes, 3, @bert, 8, @branch, 2, 61);
insert into task (activityid, category) values (@call, 'phone'), (@visit, 'road');
insert into principalobjectaccess (principalobjectaccessid, principalid, principalid__t,
        objectid, objectid__t, accessrightsmask) values
    (@share1, @anna, 8, @tents, 3, 1), (@share2, @anna, 8, @ropes, 3, 2);
insert into secretkey (secretkeyid, name) values (@key, 'key');
update businessunit set name__f = lower(name);
update team set name__f = lower(name);
update competitor set name__f = lower(name);
update opportunityproduct set name__f = lower(name);
update transactioncurrency set currencyname__f = lower(currencyname);
update secretkey set name__f = lower(name);
)sql";

std::string with_ids(std::string_view sql, Dialect dialect)
{
    std::string result;
    while (!sql.empty()) {
        auto const at = sql.find('@');
        // An address in the data is not a name.
        result += sql.substr(0, at);
        if (at == std::string_view::npos) {
            break;
        }
        auto const is_name = at > 0 && (sql[at - 1] == '(' || sql[at - 1] == ' ');
        sql.remove_prefix(at + 1);
        if (!is_name) {
            result += '@';
            continue;
        }
        auto const end = sql.find_first_of(",) ");
        auto const row = id(sql.substr(0, end));
        result += dialect == Dialect::sqlite ? "x'" + text::to_hex(row.as_bytes()) + "'"
                                             : "'" + row.to_string() + "'";
        sql.remove_prefix(end);
    }
    return result;
}

std::shared_ptr<Rights> rights_of(std::string_view user)
{
    auto rights = std::make_shared<Rights>();
    rights->user = id(user);
    rights->unit = user == "bert" ? id("branch") : id("root");
    rights->subtree =
        user == "bert" ? std::vector { id("branch") } : std::vector { id("root"), id("branch") };
    if (user == "bert") {
        rights->teams = { id("crew") };
    }
    return rights;
}

}

Id id(std::string_view name) { return Id::from_name(std::string("query test/") += name); }

std::shared_ptr<Schema const> schema()
{
    static auto const loaded = [] {
        auto document = json::parse(definitions);
        VERIFY(document.has_value());
        auto result = Schema::load(std::move(*document));
        VERIFY(result.has_value());
        return *result;
    }();
    return loaded;
}

TableId table(std::string_view name)
{
    auto const* found = schema()->find(name);
    VERIFY(found != nullptr);
    return found->id;
}

ColumnPath column(std::string_view table_name, std::string_view name)
{
    auto const* found = schema()->find(table_name)->find(name);
    VERIFY(found != nullptr);
    return ColumnPath { found->index };
}

ColumnPath path(std::string_view table_name, std::string_view text)
{
    auto const* from = schema()->find(table_name);
    ColumnPath result;
    auto const steps = text::split(text, '/');
    for (auto const& step : std::span(steps).first(steps.size() - 1)) {
        auto const bracket = step.find('(');
        auto const* lookup = from->find(step.substr(0, bracket));
        VERIFY(lookup != nullptr);
        auto const target = bracket == std::string_view::npos
            ? lookup->targets[0]
            : table(step.substr(bracket + 1, step.size() - bracket - 2));
        result.hops.push_back({ lookup->index, target });
        from = schema()->find(target);
    }
    result.column = column(from->name, steps.back()).column;
    return result;
}

Filter condition(ColumnPath left, Operator op, std::vector<Value> values)
{
    return Filter::condition(std::move(left), op, std::move(values));
}

Caller reader(std::string_view user, Depth depth)
{
    auto rights = rights_of(user);
    for (auto const& each : schema()->tables()) {
        auto const is_person =
            each.ownership == Ownership::business_unit || each.ownership == Ownership::organization;
        rights->grant(each.id, Privilege::read, is_person ? Depth::organization : depth);
    }
    Caller caller;
    caller.user = caller.real_user = id(user);
    caller.rights = std::move(rights);
    caller.time_zone = "Europe/Dublin";
    return caller;
}

Caller everybody() { return reader("anna", Depth::organization); }

Caller stranger()
{
    Caller caller;
    caller.user = caller.real_user = id("bert");
    caller.rights = rights_of("bert");
    return caller;
}

StoreTemplate QueryTest::store_template() const
{
    return { "query", [](Store& store) {
                return store.write_and_wait([](StoreTransaction& transaction) -> Result<void> {
                    TRY(migrate_schema(transaction.sql(), *schema()));
                    return transaction.sql().script(with_ids(rows, transaction.sql().dialect()));
                });
            } };
}

void QueryTest::SetUp()
{
    OnBothDatabases::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
        return;
    }
    auto snapshot = store().read();
    ASSERT_TRUE(snapshot.has_value());
    m_snapshot = std::move(*snapshot);
    m_context.emplace(ReadContext { m_snapshot->sql(), *schema(), m_environment });
    m_context->now = m_environment.now();
}

void QueryTest::TearDown()
{
    m_context.reset();
    m_snapshot.reset();
    OnBothDatabases::TearDown();
}

std::string QueryTest::names(Caller const& caller, Query const& query)
{
    auto const rows_found = select_rows(context(), caller, query);
    if (!rows_found) {
        return rows_found.error().code + ": " + rows_found.error().text;
    }
    auto const& found_table = schema()->table(query.table);
    std::string result;
    for (auto const& row : *rows_found) {
        auto const* name = row.value(found_table.name_or_id_column().index).as_text();
        result += (result.empty() ? "" : ", ") + (name ? *name : row.id().to_string());
    }
    return result;
}

std::string QueryTest::paged_names(Caller const& caller, Query query, std::int64_t page_size)
{
    query.page_size = page_size;
    auto const& found_table = schema()->table(query.table);
    std::string result;
    for (auto pages = 0; pages < 100; ++pages) {
        auto const compiled = compile(context(), caller, query);
        if (!compiled) {
            return compiled.error().code;
        }
        std::int64_t count = 0;
        std::vector<KeyValue> last;
        auto const run = context().sql.each(
            compiled->sql, compiled->parameters.values(), [&](SqlRow const& values) {
                if (++count > page_size) {
                    return Walk::on;
                }
                auto const row = read_row(compiled->selection, values);
                auto const* name = row.value(*found_table.name_column).as_text();
                result += (result.empty() ? "" : ", ") + (name ? *name : "null");
                last.clear();
                for (auto const& key : compiled->keys) {
                    last.push_back(read_key(values, key.at, key.storage));
                }
                return Walk::on;
            });
        if (!run) {
            return run.error().code + ": " + run.error().text;
        }
        if (count <= page_size) {
            return result;
        }
        query.after = encode_cursor(compiled->shape, last);
    }
    return "endless";
}

std::string QueryTest::count(Caller const& caller, Query const& query)
{
    auto const exact = count_rows(context(), caller, query);
    auto const capped = count_rows(context(), caller, query, count_max);
    if (!exact || !capped) {
        return exact ? capped.error().code + ": " + capped.error().text
                     : exact.error().code + ": " + exact.error().text;
    }
    return *exact == *capped ? std::to_string(*exact) : "exact and capped counts differ";
}

}
