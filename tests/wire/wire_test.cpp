// The traps of the Web API that broke, or would break, real clients: each is one test.
#include "apps/parties/api.h"
#include "tests/wire/wire_testing.h"

#include <future>

namespace cashline {

void WireTest::SetUp()
{
    CompanyTest::SetUp();
    if (!IsSkipped()) {
        m_pool = std::make_unique<http::WorkerPool>(http::WorkerPoolOptions { .threads = 2 });
        m_service = std::make_unique<odata::Service>(platform(), *m_pool,
            odata::ServiceOptions { .company_of = [this](Caller const& caller) {
                return platform().read<std::string>(
                    caller, [](Reader& reader) { return parties::default_company_code(reader); });
            } });
    }
}

void WireTest::TearDown()
{
    if (m_pool) {
        m_pool->stop(std::chrono::seconds { 5 });
    }
    m_service.reset();
}

http::Response WireTest::ask(Ask const& ask)
{
    http::Request request { .method = ask.method,
        .target = ask.root + ask.path,
        .headers = ask.headers,
        .body = ask.body,
        .scheme = "https",
        .host = "crm.example" };
    std::promise<http::Response> answered;
    auto answer = answered.get_future();
    m_service->handle(std::move(request), as(ask.user),
        [&](http::Response response) { answered.set_value(std::move(response)); });
    return answer.get();
}

http::Response WireTest::get(std::string const& path, http::Headers headers)
{
    return ask({ .path = path, .headers = std::move(headers) });
}

json::Value WireTest::json_of(http::Response const& response)
{
    auto document = json::parse(response.content());
    EXPECT_TRUE(document.has_value()) << response.content();
    return document ? *document : json::Value {};
}

std::string WireTest::code_of(http::Response const& response)
{
    // Without this type a client loses the code.
    EXPECT_TRUE(response.headers.value("Content-Type").starts_with("application/json"));
    auto const document = json_of(response);
    auto const* error = document.find("error");
    return std::to_string(response.status) + " " + std::string(error ? error->text("code") : "");
}

std::string WireTest::made(std::string const& set, std::string const& body)
{
    auto const answer = ask({ .method = "POST", .path = set, .body = body });
    EXPECT_EQ(answer.status, 204) << answer.content();
    auto const link = std::string(answer.headers.value("OData-EntityId"));
    // Nothing may stand behind the id: clients cut it off the end.
    EXPECT_TRUE(link.starts_with(std::string(base) + "/" + set + "(") && link.ends_with(")"));
    return link.substr(link.rfind('(') + 1, 36);
}

namespace {

INSTANTIATE_TEST_SUITE_P(Databases, WireTest, both_databases(), database_name);

TEST_P(WireTest, links_begin_as_the_client_wrote_the_address)
{
    made("accounts", R"({"name":"A"})");
    made("accounts", R"({"name":"B"})");
    auto const page =
        json_of(get("accounts?$select=name", { { "Prefer", "odata.maxpagesize=1" } }));
    auto const context = std::string(base) + "/$metadata#accounts(name)";
    EXPECT_EQ(page.text("@odata.context"), context);
    EXPECT_TRUE(page.text("@odata.nextLink").starts_with(std::string(base) + "/accounts?$select"));
}

TEST_P(WireTest, the_next_page_is_found_behind_a_slash_too_many)
{
    made("accounts", R"({"name":"A"})");
    made("accounts", R"({"name":"B"})");
    http::Headers const one { { "Prefer", "odata.maxpagesize=1" } };
    auto const first = json_of(get("accounts?$select=name", one));
    auto const link = std::string(first.text("@odata.nextLink"));
    auto const second = json_of(get(link.substr(base.size() + 1) + "/", one));
    ASSERT_EQ(second.array("value").size(), 1U);
    EXPECT_NE(second.array("value")[0], first.array("value")[0]);
}

TEST_P(WireTest, patch_is_an_upsert_unless_it_names_a_version)
{
    auto const path = std::string("accounts(00000000-0000-0000-0000-0000000000aa)");
    auto const patch = [&](http::Headers headers) {
        return ask({ .method = "PATCH",
            .path = path,
            .body = R"({"name":"Up"})",
            .headers = std::move(headers) });
    };
    EXPECT_EQ(code_of(patch({ { "If-Match", "*" } })), "404 0x80040217");
    EXPECT_EQ(patch({ { "If-None-Match", "null" } }).status, 204) << "the bare word is nothing";
    EXPECT_EQ(patch({}).status, 204);
    EXPECT_EQ(code_of(patch({ { "If-None-Match", "*" } })), "412 0x80060892");
    EXPECT_EQ(code_of(patch({ { "If-Match", "W/\"1\"" } })), "412 0x80060882");
    auto const tag = std::string(get(path).headers.value("ETag"));
    EXPECT_EQ(get(path + "?$select=name", { { "If-None-Match", tag } }).status, 304);
    EXPECT_EQ(patch({ { "If-Match", tag } }).status, 204);
}

TEST_P(WireTest, a_representation_is_200_or_201_with_its_body)
{
    http::Headers const wanted { { "Prefer",
        "return=representation,odata.include-annotations=\"*\"" } };
    auto const created = ask({ .method = "POST",
        .path = "accounts?$select=name,statecode",
        .body = R"({"name":"R","@odata.etag":"W/\"1\"","name@OData.Community.X":"y"})",
        .headers = wanted });
    EXPECT_EQ(created.status, 201) << created.content();
    EXPECT_EQ(created.headers.value("Preference-Applied"),
        "return=representation,odata.include-annotations=\"*\"");
    auto const row = json_of(created);
    EXPECT_EQ(row.text("statecode@OData.Community.Display.V1.FormattedValue"), "Active");
    auto const updated = ask({ .method = "PATCH",
        .path = "accounts(" + std::string(row.text("accountid")) + ")?$select=name",
        .body = R"({"name":"S"})",
        .headers = wanted });
    EXPECT_EQ(updated.status, 200);
    EXPECT_EQ(json_of(updated).text("name"), "S");
}

TEST_P(WireTest, annotations_come_only_when_asked_for)
{
    made("accounts", R"({"name":"A"})");
    auto const plain = get("accounts?$select=statecode,_ownerid_value");
    EXPECT_FALSE(plain.content().contains("FormattedValue"));
    EXPECT_TRUE(plain.content().contains("@odata.etag"));
    auto const full =
        get("accounts?$select=_ownerid_value", { { "Prefer", "odata.include-annotations=\"*\"" } });
    EXPECT_TRUE(full.content().contains(
        R"("_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"systemuser")"));
    EXPECT_TRUE(full.content().contains(
        R"("_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty":"ownerid")"));
}

TEST_P(WireTest, a_polymorphic_lookup_is_bound_by_the_property_of_its_target)
{
    auto const account = made("accounts", R"({"name":"A"})");
    auto const post = [&](std::string const& property) {
        auto const reference = "https:/crm.example/api/data/v9.2/accounts(" + account + ")";
        json::Value const body { json::Object {
            { "name", "O" }, { property + "@odata.bind", reference } } };
        return ask({ .method = "POST", .path = "opportunities", .body = body.to_string() });
    };
    EXPECT_EQ(code_of(post("customerid")), "400 0x80048d19");
    EXPECT_EQ(post("customerid_account").status, 204) << "one slash is how a client writes it";
    EXPECT_EQ(code_of(post("customerid_contact")), "400 0x80048d19");
}

TEST_P(WireTest, refusals_have_the_codes_clients_know)
{
    auto const missing_id = std::string("accounts(00000000-0000-0000-0000-0000000000bb)");
    EXPECT_EQ(code_of(get(missing_id)), "404 0x80040217");
    EXPECT_EQ(code_of(ask({ .method = "DELETE", .path = missing_id })), "404 0x80040217");
    EXPECT_EQ(code_of(get("nonsense")), "404 0x8006088a");
    EXPECT_EQ(code_of(get("accounts?$select=nonsense")), "400 0x0");
    EXPECT_EQ(code_of(get("accounts?$skip=1")), "400 0x80060888");
    EXPECT_EQ(code_of(get("accounts(accountnumber='AB'1')")), "400 0x80060888");
    auto const post = [&](std::string body) {
        return ask({ .method = "POST", .path = "accounts", .body = std::move(body) });
    };
    EXPECT_EQ(code_of(post("{")), "400 0x80048d19");
    EXPECT_EQ(code_of(post("")), "400 0x80048d19");
    EXPECT_EQ(code_of(post(R"({"nonsense":1})")), "400 0x0");
    EXPECT_EQ(code_of(post(R"({"_primarycontactid_value":null})")), "400 0x80048d19");
    EXPECT_EQ(code_of(ask({ .method = "GET", .path = "WinOpportunity" })), "404 ");
    EXPECT_EQ(code_of(ask({ .method = "POST", .path = "WhoAmI" })), "404 ");
    auto const denied = ask({ .method = "POST",
        .path = "businessunits",
        .body = R"({"name":"Mine"})",
        .user = "daisy" });
    EXPECT_EQ(code_of(denied), "403 0x80040220");
}

TEST_P(WireTest, functions_take_parentheses_or_none)
{
    EXPECT_EQ(json_of(get("WhoAmI")), json_of(get("WhoAmI()")));
    EXPECT_EQ(get("WhoAmI").headers.value("x-ms-dop-hint"), "4");
    auto const count = "RetrieveTotalRecordCount(EntityNames=@p2)?@p2=";
    EXPECT_EQ(get(count + std::string("['account']")).status, 200);
    EXPECT_EQ(get(count + std::string("%5B%22account%22%5D")).status, 200);
    EXPECT_EQ(get("cl_RetrieveTableDefinition(LogicalName='lead')").status, 200);
}

TEST_P(WireTest, a_count_is_plain_digits)
{
    made("accounts", R"({"name":"A"})");
    auto const answer = get("accounts/$count");
    EXPECT_EQ(answer.headers.value("Content-Type"), "text/plain");
    EXPECT_GE(std::stoi(std::string(answer.content())), 1);
}

TEST_P(WireTest, a_plus_in_the_query_is_a_blank_and_text_of_batches_is_escaped)
{
    made("accounts", R"({"name":"Plus Minus --batchresponse_"})");
    auto const answer = get("accounts?$select=name&$filter=startswith(name,'Plus+Minus')");
    EXPECT_EQ(json_of(answer).array("value").size(), 1U);
    EXPECT_FALSE(answer.content().contains("--batchresponse_"));
}

TEST_P(WireTest, participants_are_written_inline_and_replaced_as_a_whole)
{
    auto const contact = made("contacts", R"({"lastname":"Guest"})");
    json::Value const party { json::Object {
        { "partyid_contact@odata.bind", "/contacts(" + contact + ")" },
        { "participationtypemask", 5 } } };
    json::Value const body { json::Object {
        { "subject", "Meet" }, { "appointment_activity_parties", json::Array { party } } } };
    auto const path = "appointments(" + made("appointments", body.to_string()) + ")";
    auto const parties = [&] {
        auto const row = json_of(get(path + "?$expand=appointment_activity_parties"));
        return row.array("appointment_activity_parties").size();
    };
    EXPECT_GE(parties(), 1U);
    auto const cleared = ask({ .method = "PUT",
        .path = path + "/appointment_activity_parties",
        .body = R"({"value":[]})" });
    EXPECT_EQ(cleared.status, 204) << cleared.content();
    EXPECT_EQ(parties(), 0U);
}

constexpr std::string_view change_set =
    "\r\n--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n"
    "--c\nContent-Type: application/http\nContent-Transfer-Encoding:binary\nContent-ID: 1\n\n"
    "POST https:/crm.example/api/data/v9.2/accounts HTTP/1.1\n"
    "Content-Type: application/json;type=entry\n\n{\"name\":\"First\"}\n"
    "--c\r\nContent-Type: application/http\r\nContent-ID: 2\r\n\r\n"
    "POST $1/contact_customer_accounts HTTP/1.1\r\n\r\n{\"lastname\":\"Second\"}\r\n"
    "--c--\r\n--b--";

TEST_P(WireTest, a_change_set_refers_to_what_it_wrote)
{
    auto const answer = ask({ .method = "POST",
        .path = "$batch",
        .body = std::string(change_set),
        .headers = { { "Content-Type", "multipart/mixed;boundary=\"b\"" } } });
    EXPECT_EQ(answer.status, 200);
    auto const body = std::string(answer.content());
    EXPECT_TRUE(body.starts_with("--batchresponse_")) << body;
    EXPECT_TRUE(body.contains("\r\nContent-Type: multipart/mixed; boundary=changesetresponse_"));
    EXPECT_TRUE(body.contains("\r\nContent-ID: 2\r\n\r\nHTTP/1.1 204 No Content\r\n"));
    auto const boundary = body.substr(0, body.find("\r\n"));
    EXPECT_TRUE(body.ends_with(boundary + "--\r\n"));
    auto const filter = "contacts/$count?$filter=lastname eq 'Second' and "
                        "parentcustomerid_account/name eq 'First'";
    EXPECT_EQ(std::string(get(filter).content()), "1");
}

TEST_P(WireTest, a_failing_batch_answers_400_with_the_failing_part)
{
    std::string const body = "--b\r\nContent-Type: application/http\r\n\r\n"
                             "GET /api/data/v9.2/nonsense HTTP/1.1\r\n"
                             "--b\r\nContent-Type: application/http\r\n\r\n"
                             "GET WhoAmI HTTP/1.1\r\nAccept: application/json\r\n"
                             "--b--\r\n";
    http::Headers headers { { "Content-Type", "multipart/mixed;boundary=b" } };
    auto const stopped =
        ask({ .method = "POST", .path = "$batch", .body = body, .headers = headers });
    EXPECT_EQ(stopped.status, 400);
    EXPECT_TRUE(stopped.content().contains("HTTP/1.1 404 Not Found"));
    EXPECT_FALSE(stopped.content().contains("WhoAmIResponse"));
    headers.add("Prefer", "odata.continue-on-error");
    auto const finished =
        ask({ .method = "POST", .path = "$batch", .body = body, .headers = headers });
    EXPECT_EQ(finished.status, 200);
    EXPECT_TRUE(finished.content().contains("WhoAmIResponse"));
    EXPECT_EQ(code_of(ask({ .method = "POST", .path = "$batch", .body = "{}" })), "400 0x80048d19");
}

}
}
