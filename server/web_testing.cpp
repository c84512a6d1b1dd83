#include "server/web_testing.h"

#include "platform/web_api/http/cookies.h"
#include "platform/web_api/sign_in/accounts.h"
#include "platform/web_api/sign_in/tokens.h"
#include "platform/web_api/web_context.h"
#include "server/routes.h"
#include "server/run_on_company.h"

#include <future>

namespace cashline {

struct WebTest::Parts {
    explicit Parts(Platform& platform)
        : pool({ .threads = 2 })
        // Cheap hashes: what they cost is tested where they are made.
        , passwords(platform.environment(), { .cost = { .memory_bytes = 64 * 1'024, .passes = 1 } })
        , sessions(platform)
        , endpoints(platform, sessions, passwords)
        , service(platform, pool,
              { .acting_as =
                      [&platform](Caller const& caller, http::Headers const& headers) {
                          return sign_in::acting_as(platform, caller, headers);
                      },
                  .log = {} })
        , events(platform)
        , router(pool)
    {
        router.add({ .prefix = "/api/data",
            .handler = sign_in::signed_in(platform, sessions,
                [this](http::Request request, sign_in::Identity identity, http::Respond respond) {
                    service.handle(
                        std::move(request), std::move(identity.caller), std::move(respond));
                }) });
        router.add({ .prefix = "/api/events",
            .handler = sign_in::signed_in(platform, sessions,
                [this](http::Request request, sign_in::Identity identity, http::Respond respond) {
                    events.open(std::move(request), std::move(identity), std::move(respond));
                }) });
        endpoints.add_to(router);
        WebContext context { platform, pool, router, sessions, passwords };
        server::add_app_routes(context);
        router.add(
            { .prefix = "/", .handler = [this](http::Request request, http::Respond respond) {
                 if (endpoints.is_token_path(request.path())) {
                     return endpoints.token(std::move(request), std::move(respond));
                 }
                 respond(http::error_response(404, "0x8006088a", "Resource not found."));
             } });
    }

    http::WorkerPool pool;
    sign_in::Passwords passwords;
    sign_in::Sessions sessions;
    sign_in::Endpoints endpoints;
    odata::Service service;
    events::EventStreams events;
    http::Router router;
};

WebTest::WebTest() = default;
WebTest::~WebTest() = default;

void WebTest::SetUp()
{
    CompanyTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
        return;
    }
    m_parts = std::make_unique<Parts>(platform());
    auto const hash = m_parts->passwords.hash("right words");
    ASSERT_TRUE(hash.has_value());
    auto const stored = platform().write(system_caller(), [&](Unit& unit) -> Result<void> {
        for (auto const& person : demo::people()) {
            TRY(sign_in::store_password(unit, demo::named("systemuser", person.user_name), *hash));
        }
        return {};
    });
    ASSERT_TRUE(stored.has_value()) << stored.error().text;
}

void WebTest::TearDown()
{
    if (m_parts) {
        m_parts->pool.stop(std::chrono::seconds { 5 });
    }
    m_parts.reset();
}

http::Response WebTest::ask(Ask ask)
{
    http::Request request { .method = ask.method,
        .target = ask.target,
        .headers = std::move(ask.headers),
        .body = std::move(ask.body),
        .remote_address = m_address,
        .scheme = "https",
        .host = "crm.example" };
    if (!request.body.empty() && !request.headers.contains("Content-Type")) {
        request.headers.set("Content-Type", "application/json");
    }
    if (!m_cookie.empty() && !request.headers.contains("Authorization")) {
        request.headers.set("Cookie", std::string(sign_in::session_cookie) + "=" + m_cookie);
        if (!request.headers.contains(sign_in::csrf_header)) {
            request.headers.set(sign_in::csrf_header, m_csrf);
        }
    }
    std::promise<http::Response> answered;
    auto answer = answered.get_future();
    m_parts->router.handle(std::move(request),
        [&](http::Response response) { answered.set_value(std::move(response)); });
    return answer.get();
}

http::Response WebTest::sign_in(std::string const& name, std::string const& password)
{
    sign_out_here();
    auto response = post("/auth/sign-in",
        json::Value { json::Object { { "username", name }, { "password", password } } }
            .to_string());
    auto const set = std::string(response.headers.value("Set-Cookie"));
    auto const mark = std::string(sign_in::session_cookie) + "=";
    if (set.starts_with(mark)) {
        m_cookie = set.substr(mark.size(), set.find(';') - mark.size());
        m_csrf = sign_in::csrf_token(m_cookie);
    }
    return response;
}

void WebTest::sign_out_here()
{
    m_cookie.clear();
    m_csrf.clear();
}

json::Value WebTest::json_of(http::Response const& response)
{
    auto document = json::parse(response.content());
    EXPECT_TRUE(document.has_value()) << response.content();
    return document ? *document : json::Value {};
}

std::string WebTest::code_of(http::Response const& response)
{
    auto const document = json_of(response);
    auto const* error = document.find("error");
    return std::to_string(response.status) + " " + std::string(error ? error->text("code") : "");
}

std::pair<std::string, std::string> WebTest::program(std::string const& role)
{
    server::CompanyContext context { platform(), {}, {} };
    auto const made = server::run_here(context, "app-user add",
        server::Arguments {
            json::Object { { "name", "Program of a test" }, { "role", json::Array { role } } } });
    EXPECT_TRUE(made.has_value()) << made.error().text;
    auto const told = json::parse(made ? made->text : "{}").value();
    return { std::string(told.text("client_id")), std::string(told.text("client_secret")) };
}

std::string WebTest::token_of(std::pair<std::string, std::string> const& client)
{
    auto const answer = ask({ .method = "POST",
        .target = "/some-tenant/oauth2/v2.0/token",
        .body = "grant_type=client_credentials&client_id=" + client.first
            + "&client_secret=" + client.second + "&scope=https://crm.example/.default",
        .headers = { { "Content-Type", "application/x-www-form-urlencoded" } } });
    EXPECT_EQ(answer.status, 200) << answer.content();
    return std::string(json_of(answer).text("access_token"));
}

}
