// What callers get wrong: a clear refusal with the code that clients know, and nothing changed. One
// test for each kind, over HTTP, on a company with deals on every step.
#include "core/text.h"
#include "platform/store/sql.h"
#include "server/demo/dealt_company_testing.h"
#include "tests/wire/wire_testing.h"

namespace cashline {

namespace {

class BadInput : public WireTest {
protected:
    std::string company_name() const override { return "dealt_company"; }
    Result<void> prepare(Platform& platform) const override { return make_deals(platform); }

    std::int64_t change_sets()
    {
        return read_integer(platform().store(), "select count(*) from cl_change_set");
    }
    // Refused with this status and code, in words, and nothing was written.
    void expect_refused(std::string const& expected, Ask const& asked)
    {
        auto const before = change_sets();
        auto const answer = ask(asked);
        EXPECT_EQ(code_of(answer), expected)
            << asked.method << " " << asked.path << " " << asked.body.substr(0, 200) << "\n"
            << answer.content();
        auto const document = json_of(answer);
        auto const* error = document.find("error");
        EXPECT_NE(error ? error->text("message") : "", "");
        EXPECT_EQ(change_sets(), before);
    }
    void expect_account_refused(std::string const& expected, std::string body)
    {
        expect_refused(expected, { .method = "POST", .path = "accounts", .body = std::move(body) });
    }
    // The first row of a set that meets a filter: its id.
    std::string id_of(std::string const& set, std::string const& key, std::string const& filter)
    {
        auto const answer = json_of(get(set + "?$select=" + key + "&$filter=" + filter));
        auto const rows = answer.array("value");
        EXPECT_FALSE(rows.empty()) << set << " " << filter;
        return rows.empty() ? std::string {} : std::string(rows.front().text(key));
    }
    static std::string content_of(std::string_view name, std::string_view bytes)
    {
        return R"({"FileName":")" + std::string(name) + R"(","Content":")"
            + text::base64_encode(bytes) + R"("})";
    }
    std::string meeting()
    {
        return made("appointments",
            R"({"subject":"Boards","scheduledstart":"2027-03-02T09:00:00Z",)"
            R"("scheduledend":"2027-03-02T10:00:00Z"})");
    }
    static std::string bound(
        std::string const& property, std::string const& set, std::string const& id)
    {
        return "\"" + property + "@odata.bind\":\"/" + set + "(" + id + ")\"";
    }
    std::string open_order_in_books()
    {
        return id_of("SalesOrderHeadersV2", "finsalesorderid",
            "salesordername%20eq%20%27Three%20more%20boards%27");
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, BadInput, both_databases(), database_name);

constexpr auto nobody = "00000000-0000-0000-0000-0000000000bb";

TEST_P(BadInput, unknown_columns)
{
    expect_account_refused("400 0x0", R"({"name":"A","nonsense":1})");
    expect_account_refused("400 0x80048d19", R"({"name":"A","_primarycontactid_value":null})");
}

TEST_P(BadInput, wrong_types)
{
    expect_account_refused("400 0x80048d19", R"({"name":5})");
    expect_account_refused("400 0x80048d19", R"({"name":"A","numberofemployees":"many"})");
    expect_account_refused("400 0x80048d19", R"({"name":"A","donotemail":"yes"})");
    expect_account_refused("400 0x80048d19", R"({"name":["A"]})");
    expect_refused("400 0x80048d19",
        { .method = "POST",
            .path = "leads",
            .body = R"({"lastname":"A","budgetamount":"1 000"})" });
}

TEST_P(BadInput, values_out_of_their_range)
{
    expect_account_refused("400 0x80044331", R"({"name":")" + std::string(161, 'x') + R"("})");
    expect_account_refused("400 0x8004432f", R"({"name":"A","numberofemployees":-1})");
    expect_account_refused("400 0x8004431a", R"({"name":"A","customertypecode":77})");
}

TEST_P(BadInput, required_values_that_are_missing)
{
    expect_account_refused("400 0x80040200", R"({"telephone1":"1"})");
    expect_account_refused("400 0x80040200", R"({"name":null})");
    expect_refused("400 0x80040200", { .method = "POST", .path = "leads", .body = "{}" });
}

TEST_P(BadInput, lookups_that_lead_nowhere)
{
    auto const named = [](std::string const& set) {
        return R"({"name":"A",)" + bound("primarycontactid", set, nobody) + "}";
    };
    expect_account_refused("404 0x80040217", named("contacts"));
    expect_account_refused("400 0x80048d19", named("leads"));
    expect_account_refused(
        "400 0x80048d19", R"({"name":"A","primarycontactid@odata.bind":"nonsense"})");
}

TEST_P(BadInput, bodies_that_cannot_be_read)
{
    expect_account_refused("400 0x80048d19", "");
    expect_account_refused("400 0x80048d19", "{");
    expect_account_refused("400 0x80048d19", R"({"name":"A",})");
    expect_account_refused("400 0x80048d19", "[]");
    expect_account_refused("400 0x80048d19", "{\"name\":\"\xff\xfe\"}");
}

TEST_P(BadInput, qualifying_twice)
{
    auto const lead = id_of("leads", "leadid", "lastname%20eq%20%27Lindgren%27");
    expect_refused("400 0x80040519",
        { .method = "POST",
            .path = "leads(" + lead + ")/Microsoft.Dynamics.CRM.QualifyLead",
            .body = R"({"CreateAccount":true,"CreateContact":true,)"
                    R"("CreateOpportunity":true,"Status":3})",
            .user = "daisy" });
}

TEST_P(BadInput, winning_what_is_lost)
{
    auto const deal =
        id_of("opportunities", "opportunityid", "name%20eq%20%27A%20board%20of%20her%20own%27");
    auto const closing = R"({"Status":-1,"OpportunityClose":{)"
                         R"("@odata.type":"Microsoft.Dynamics.CRM.opportunityclose",)"
        + bound("opportunityid", "opportunities", deal) + "}}";
    Ask const lose {
        .method = "POST", .path = "LoseOpportunity", .body = closing, .user = "daisy"
    };
    auto const lost = ask(lose);
    ASSERT_EQ(lost.status, 204) << lost.content();
    auto win = lose;
    win.path = "WinOpportunity";
    expect_refused("400 0x80040515", win);
    expect_refused("400 0x80040515", lose);
}

TEST_P(BadInput, picking_more_than_was_ordered)
{
    auto const order = open_order_in_books();
    auto const by_order = R"({"OrderId":")" + order + R"("})";
    Ask confirm { .method = "POST", .path = "cl_ConfirmOrder", .body = by_order, .user = "ines" };
    Ask pick { .method = "POST", .path = "cl_PickOrder", .body = by_order, .user = "otto" };
    expect_refused("400 order_not_confirmed", pick);
    ASSERT_EQ(ask(confirm).status, 200);
    auto const line =
        id_of("SalesOrderLinesV2", "finsaleslineid", "_orderid_value%20eq%20" + order);
    pick.body =
        R"({"OrderId":")" + order + R"(","Lines":[{"LineId":")" + line + R"(","Quantity":4}]})";
    expect_refused("400 picked_more_than_ordered", pick);
}

TEST_P(BadInput, rights_that_are_missing)
{
    auto const by_order = R"({"OrderId":")" + open_order_in_books() + R"("})";
    expect_refused("403 0x80040220",
        { .method = "POST", .path = "cl_ConfirmOrder", .body = by_order, .user = "daisy" });
    expect_refused("403 0x80040220",
        { .method = "POST", .path = "roles", .body = R"({"name":"Mine"})", .user = "daisy" });
    auto const account = id_of("accounts", "accountid", "name%20eq%20%27Northwind%20Traders%27");
    expect_refused("403 0x80048405",
        { .method = "PATCH",
            .path = "accounts(" + account + ")",
            .body = R"({"name":"Mine"})",
            .headers = { { "If-Match", "*" } },
            .user = "grace" });
}

TEST_P(BadInput, a_version_that_is_no_longer_true)
{
    auto const account = id_of("accounts", "accountid", "name%20eq%20%27Northwind%20Traders%27");
    expect_refused("412 0x80060882",
        { .method = "PATCH",
            .path = "accounts(" + account + ")",
            .body = R"({"telephone1":"1"})",
            .headers = { { "If-Match", "W/\"1\"" } } });
    expect_refused("412 0x80060882",
        { .method = "DELETE",
            .path = "accounts(" + account + ")",
            .headers = { { "If-Match", "W/\"1\"" } } });
}

TEST_P(BadInput, a_bank_file_that_is_torn_or_none)
{
    auto const send = [&](std::string_view bytes) {
        return Ask { .method = "POST",
            .path = "cl_ImportBankStatement",
            .body = content_of("march.xml", bytes),
            .user = "ines" };
    };
    expect_refused("400 camt_malformed", send("<?xml version=\"1.0\"?><Document><BkToCstmr"));
    expect_refused("400 camt_foreign", send("<html/>"));
    expect_refused("400 camt_malformed", send(""));
}

TEST_P(BadInput, a_calendar_file_that_is_torn_or_none)
{
    auto const path = "appointments(" + meeting() + ")/Microsoft.Dynamics.CRM.cl_OpenCalendarFile";
    auto const send = [&](std::string_view bytes) {
        return Ask { .method = "POST", .path = path, .body = content_of("reply.ics", bytes) };
    };
    expect_refused("400 ics_malformed", send("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"));
    expect_refused("400 mail_unreadable", send("hello"));
}

TEST_P(BadInput, a_transcript_that_is_torn_or_none)
{
    auto const path = "appointments(" + meeting() + ")/Microsoft.Dynamics.CRM.cl_AttachTranscript";
    auto const send = [&](std::string_view bytes) {
        return Ask { .method = "POST", .path = path, .body = content_of("talk.vtt", bytes) };
    };
    expect_refused("400 vtt_torn", send("WEBVTT\n\n00:00.000 --> 00:0"));
    expect_refused("400 vtt_foreign", send("1\n00:00:00,000 --> 00:00:01,000\nHello\n"));
}
}
}
