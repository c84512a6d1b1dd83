#include "platform/pipeline/pipeline_testing.h"

#include "platform/journal/journal.h"
#include "platform/pipeline/unit_state.h"

#include <algorithm>

namespace cashline {

namespace {

// The made-up tables: customers with deals, lines of deals, tags on deals, calls about customers.
constexpr std::string_view own_definitions = R"({
"table": [
 { "table": "activitypointer", "number": 4200, "set": "activitypointers",
     "ownership": "user_or_team",
   "id": "activityid", "name": "subject", "columns": [
   { "name": "subject", "type": "text", "max": 100, "required": true },
   { "name": "activitytypecode", "type": "text", "max": 64, "required": "system",
     "write": "create" },
   { "name": "regardingobjectid", "type": "lookup", "to": "activities", "on_delete": "cascade",
     "on_assign": "cascade",
     "navs": "regarding_{target}{_table}", "collections": "{target}{_table}_calls" },
   { "name": "statecode", "type": "state", "options": { "0": "open", "1": "completed" } },
   { "name": "statuscode", "type": "status", "reasons": { "open": { "1": "open" },
     "completed": { "2": "done" } } } ] },
 { "table": "call", "number": 20005, "set": "calls", "extends": "activitypointer", "columns": [
   { "name": "phone", "type": "text", "max": 20 } ] },
 { "table": "customer", "number": 20001, "set": "customers", "ownership": "user_or_team",
     "name": "name",
   "activities": true, "columns": [
   { "name": "name", "type": "text", "max": 20, "required": true, "search": true },
   { "name": "number", "type": "text", "max": 40, "number": "C-{SEQ:5}" },
   { "name": "partnerid", "type": "lookup", "to": "customer", "on_delete": "remove_link" } ],
   "keys": [ { "name": "by_number", "columns": [ "number" ] } ] },
 { "table": "deal", "number": 20002, "set": "deals", "ownership": "user_or_team", "name": "name",
     "columns": [
   { "name": "name", "type": "text", "max": 50, "required": true },
   { "name": "customerid", "type": "lookup", "to": "customer", "on_delete": "cascade",
     "on_assign": "cascade" },
   { "name": "blockerid", "type": "lookup", "to": "customer", "on_delete": "restrict" },
   { "name": "subjectid", "type": "lookup", "to": [ "customer", "tag" ],
     "on_delete": "remove_link" },
   { "name": "value", "type": "money", "min": 0, "max": 1000000 },
   { "name": "rate", "type": "decimal", "scale": 3, "max": 100 },
   { "name": "count", "type": "whole", "min": 1, "max": 10 },
   { "name": "hot", "type": "yes_no", "default": false },
   { "name": "kind", "type": "choice", "default": 2, "options": { "1": "small", "2": "large" } },
   { "name": "colors", "type": "choices", "options": { "1": "red", "2": "green", "9": "blue" } },
   { "name": "closeon", "type": "date" },
   { "name": "seenat", "type": "date_time" },
   { "name": "total", "type": "money", "derived": true },
   { "name": "source", "type": "text", "write": "create" },
   { "name": "secret", "type": "text", "max": 100, "audited": false },
   { "name": "notes", "type": "memo", "max": 10000 },
   { "name": "statecode", "type": "state", "options": { "0": "open", "1": "won", "2": "lost" } },
   { "name": "statuscode", "type": "status", "reasons": { "open": { "1": "new", "2": "working" },
     "won": { "3": "won" }, "lost": { "4": "too_dear", "5": "too_late" } } } ],
   "many_to_many": [ { "name": "deal_tags", "with": "tag", "intersect": "dealtag",
     "number": 20006,
     "columns": [ "dealid", "tagid" ] } ] },
 { "table": "dealline", "number": 20003, "set": "deallines", "ownership": "none",
     "parent": "dealid", "columns": [
   { "name": "dealid", "type": "lookup", "to": "deal", "required": true, "on_delete": "cascade" },
   { "name": "text", "type": "text", "max": 50 } ] },
 { "table": "tag", "number": 20004, "set": "tags", "ownership": "organization", "name": "name",
     "columns": [
   { "name": "name", "type": "text", "max": 50, "required": true } ] }
],
"role": [
 { "role": "Administrator", "privileges": { "*": { "all": "organization" } },
     "named": [ "prvAssignRole" ] },
 { "role": "Seller", "privileges": {
   "customer": { "all": "unit" },
   "deal": { "create": "user", "read": "unit", "write": "user", "remove": "user",
     "append": "user", "append_to": "user",
     "assign": "user" },
   "activitypointer": { "all": "user" },
   "tag": { "read": "organization", "append_to": "organization" },
   "systemuser": { "read": "organization" },
     "transactioncurrency": { "read": "organization" } } },
 { "role": "Guest", "privileges": { "customer": { "read": "organization" } } }
],
"seed": [
 { "table": "tag", "rows": [ { "id": "name:urgent", "name": "Urgent" } ] },
 { "table": "transactioncurrency", "rows": [
   { "id": "name:EUR", "isocurrencycode": "EUR", "currencyname": "Euro", "currencyprecision": 2,
     "exchangerate": 1 },
   { "id": "name:USD", "isocurrencycode": "USD", "currencyname": "Dollar", "currencyprecision": 2,
     "exchangerate": 1.25 } ] }
] })";

json::Value make_definitions()
{
    auto definitions = json::parse(own_definitions).value();
    json::Array tables = definitions.array("table");
    static constexpr std::array<std::string_view, 9> needed { "businessunit", "systemuser", "team",
        "teamtemplate", "role", "principalobjectaccess", "organization", "transactioncurrency",
        "cl_number_series" };
    for (auto const& shipped : shipped_definitions().array("table")) {
        if (std::ranges::find(needed, shipped.text("table")) != needed.end()) {
            tables.push_back(shipped);
        }
    }
    definitions.set("table", std::move(tables));
    return definitions;
}

json::Value const& test_definitions()
{
    static auto const definitions = make_definitions();
    return definitions;
}

}

void PipelineTest::SetUp()
{
    m_store = fresh_store(GetParam());
    if (!m_store) {
        GTEST_SKIP() << "This database is not installed here.";
    }
    m_store->close();
    m_schema = Schema::load(test_definitions()).value();
    open();
    add_people();
}

void PipelineTest::TearDown()
{
    m_platform.reset();
    m_store.reset();
}

void PipelineTest::open()
{
    auto opened = Platform::open({ .store = m_store->options(),
        .environment = &m_environment,
        .apps = { [this](Registry& registry) { register_rules(registry); } },
        .definitions = &test_definitions() });
    ASSERT_TRUE(opened.has_value()) << opened.error().code << ": " << opened.error().text;
    m_platform = std::move(*opened);
}

void PipelineTest::reopen()
{
    m_platform.reset();
    open();
}

void PipelineTest::add_people()
{
    Lookup const root { business_unit_table, root_business_unit_id() };
    m_north = made("businessunit", { { "name", "North" }, { "parentbusinessunitid", root } });
    m_south = made("businessunit", { { "name", "South" }, { "parentbusinessunitid", root } });
    m_daisy = caller(add_user("Daisy", m_north, { "Seller" }));
    m_sam = caller(add_user("Sam", m_north, { "Seller" }));
    m_olga = caller(add_user("Olga", m_south, { "Seller" }));
    m_admin = caller(add_user("Ada", root.id, { "Administrator" }));
    m_guest = caller(add_user("Gus", m_south, { "Guest" }));
}

Id PipelineTest::add_user(std::string const& name, Id unit, std::vector<std::string> const& roles)
{
    auto const user = made("systemuser",
        { { "firstname", name }, { "domainname", name + "@example.com" },
            { "businessunitid", Lookup { business_unit_table, unit } } });
    for (auto const& role : roles) {
        auto const linked = write(system_caller(), [&](Unit& work) {
            return work.associate(
                "systemuserroles_association", user, Id::from_name("role/" + role));
        });
        EXPECT_EQ(code(linked), "");
    }
    return user;
}

Caller PipelineTest::caller(Id user)
{
    auto found = platform().caller_of(user, Door::web_api);
    EXPECT_TRUE(found.has_value()) << found.error().text;
    return found.value_or(Caller {});
}

ColumnHandle PipelineTest::column(std::string_view table_name, std::string_view column_name)
{
    auto const& found = *table(table_name).find(column_name);
    return { table(table_name).id, found.index, found.name.c_str() };
}

Row PipelineTest::row(std::string_view table_name, Cells const& cells)
{
    Row result(table(table_name).id);
    for (auto const& [name, content] : cells) {
        auto const* found = table(table_name).find(name);
        EXPECT_NE(found, nullptr) << name;
        result.set(found->index, content);
    }
    return result;
}

Result<Id> PipelineTest::create(
    Caller const& caller, std::string_view table_name, Cells const& cells)
{
    return platform().write<Id>(
        caller, [&](Unit& unit) { return unit.create(row(table_name, cells)); });
}

Result<void> PipelineTest::update(Caller const& caller, Lookup target, Cells const& cells)
{
    auto const& name = schema().table(target.table).name;
    return write(caller, [&](Unit& unit) { return unit.update(target, row(name, cells)); });
}

Result<void> PipelineTest::remove(Caller const& caller, Lookup target)
{
    return write(caller, [&](Unit& unit) { return unit.remove(target.table, target.id); });
}

Result<void> PipelineTest::write(Caller const& caller, std::function<Result<void>(Unit&)> work)
{
    return platform().write(caller, std::move(work));
}

Id PipelineTest::made(std::string_view table_name, Cells const& cells)
{
    return made_by(system_caller(), table_name, cells);
}

Id PipelineTest::made_by(Caller const& caller, std::string_view table_name, Cells const& cells)
{
    auto const id = create(caller, table_name, cells);
    EXPECT_TRUE(id.has_value()) << id.error().code << ": " << id.error().text;
    return id.value_or(Id {});
}

Value PipelineTest::value(Lookup target, std::string_view column_name)
{
    auto const index = schema().table(target.table).find(column_name)->index;
    auto const found = platform().read<std::optional<Row>>(
        system_caller(), [&](Reader& reader) { return reader.find(target.table, target.id); });
    EXPECT_TRUE(found.has_value()) << found.error().code << ": " << found.error().text;
    return found && *found ? (*found)->value(index) : Value {};
}

bool PipelineTest::exists(Lookup target)
{
    auto const found = platform().read<std::optional<Row>>(
        system_caller(), [&](Reader& reader) { return reader.find(target.table, target.id); });
    EXPECT_TRUE(found.has_value());
    return found && found->has_value();
}

std::vector<ChangeSet> PipelineTest::journal_after(std::int64_t position)
{
    EXPECT_TRUE(journal::give_positions(platform().store()).has_value());
    auto sets = platform().read<std::vector<ChangeSet>>(system_caller(),
        [&](Reader& reader) { return journal::read(reader.context().sql, position, 1'000); });
    EXPECT_TRUE(sets.has_value()) << sets.error().text;
    return sets.value_or(std::vector<ChangeSet> {});
}

std::int64_t PipelineTest::journal_end()
{
    EXPECT_TRUE(journal::give_positions(platform().store()).has_value());
    return platform()
        .read<std::int64_t>(system_caller(),
            [&](Reader& reader) { return journal::last_position(reader.context().sql); })
        .value_or(-1);
}

}
