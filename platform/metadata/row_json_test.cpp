// Bodies and references as clients write them, on the shipped tables.
#include "platform/metadata/row_json.h"

#include "platform/metadata/json_values.h"

#include <gtest/gtest.h>

namespace cashline {
namespace {

Schema const& schema()
{
    static auto const shipped = Schema::load(shipped_definitions()).value();
    return *shipped;
}

std::string const guid = "00000000-0000-0000-0000-0000000000aa";

std::string code(auto const& result) { return result ? "" : result.error().code; }

Result<Row> read(std::string_view text)
{
    return row_from_json(schema(), json::parse(text).value(), schema().find("contact"));
}

TEST(RowJson, a_reference_is_the_last_set_and_key_of_a_path)
{
    auto const account = schema().find("account")->id;
    for (auto const& path : { "/accounts(" + guid + ")", "accounts(" + guid + ")",
             "https://host:1/api/data/v9.2/accounts(" + guid + ")",
             "https:/host/accounts(" + guid + ")", "accounts(accountid=" + guid + ")" }) {
        auto const reference = reference_from_path(schema(), path);
        ASSERT_TRUE(reference.has_value()) << path;
        EXPECT_EQ(reference->table, account);
        EXPECT_EQ(reference->id.to_string(), guid);
    }
    for (auto const& path :
        { std::string("accounts"), "account(" + guid + ")", std::string("accounts(1)"),
            "accounts(" + guid, std::string {}, std::string("accounts()") }) {
        EXPECT_EQ(code(reference_from_path(schema(), path)), "ODataClientPayloadError") << path;
    }
}

TEST(RowJson, bindings_set_and_clear_lookups)
{
    auto const& contact = *schema().find("contact");
    json::Value body { json::Object {} };
    body.set("@odata.etag", "W/\"1\"");
    body.set("firstname", "Ada");
    body.set("firstname@OData.Community.Display.V1.FormattedValue", "Ada");
    body.set("parentcustomerid_account@odata.bind", "/accounts(" + guid + ")");
    body.set("contactid", guid);
    auto const row = row_from_json(schema(), body, &contact);
    ASSERT_TRUE(row.has_value()) << row.error().text;
    EXPECT_EQ(row->id().to_string(), guid);
    EXPECT_EQ(row->value(contact.find("firstname")->index), Value("Ada"));
    EXPECT_EQ(row->value(contact.find("parentcustomerid")->index),
        Value(Lookup { schema().find("account")->id, *Id::parse(guid) }));
    auto const cleared = read(R"({ "parentcustomerid_account@odata.bind": null })");
    ASSERT_TRUE(cleared.has_value());
    EXPECT_TRUE(cleared->has(contact.find("parentcustomerid")->index));
    EXPECT_TRUE(cleared->value(contact.find("parentcustomerid")->index).is_null());
}

TEST(RowJson, what_a_table_does_not_have_is_refused)
{
    auto const unknown = read(R"({ "nosuchthing": 1 })");
    EXPECT_EQ(code(unknown), "UnknownProperty");
    EXPECT_EQ(unknown.error().text,
        "Could not find a property named 'nosuchthing' on type 'Microsoft.Dynamics.CRM.contact'.");
    EXPECT_EQ(code(read(R"({ "_parentcustomerid_value": null })")), "ODataClientPayloadError");
    json::Value unknown_navigation { json::Object {} };
    unknown_navigation.set("parentcustomerid@odata.bind", "/accounts(" + guid + ")");
    EXPECT_EQ(code(read(unknown_navigation.to_string())), "ODataClientPayloadError");
    json::Value wrong { json::Object {} };
    wrong.set("parentcustomerid_account@odata.bind", "/contacts(" + guid + ")");
    EXPECT_EQ(code(read(wrong.to_string())), "ODataClientPayloadError");
    EXPECT_EQ(code(read(R"({ "firstname": 5 })")), "ODataClientPayloadError");
    EXPECT_EQ(code(read(R"({ "birthdate": "yesterday" })")), "InvalidDateTime");
    EXPECT_EQ(code(row_from_json(schema(), json::parse(R"({"a":1})").value())),
        "ODataClientPayloadError");
    EXPECT_EQ(code(row_from_json(schema(), json::parse("[]").value())), "ODataClientPayloadError");
}

TEST(RowJson, values_survive_the_way_there_and_back)
{
    auto const& contact = *schema().find("contact");
    auto const& limit = *contact.find("creditlimit");
    EXPECT_EQ(
        value_from_json(limit, json::parse("\"200\"").value()), Value(Amount::from_units(200)));
    EXPECT_EQ(value_to_json(limit, Value(Amount { 125'000 })).to_string(), "12.5000");
    auto const& created = *contact.find("createdon");
    auto const moment = value_from_json(created, json::Value("2026-03-01T09:30:00+01:00"));
    ASSERT_TRUE(moment.has_value());
    EXPECT_EQ(value_to_json(created, *moment).to_string(), "\"2026-03-01T08:30:00Z\"");
}

}
}
