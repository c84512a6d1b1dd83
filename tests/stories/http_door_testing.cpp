#include "tests/stories/http_door.h"

#include "core/text.h"
#include "platform/web_api/http/test_client.h"
#include "platform/web_api/sign_in/identify.h"
#include "server/demo/demo_company.h"

#include <chrono>
#include <gtest/gtest.h>

namespace cashline::story {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view root = "/api/data/v9.2/";

// "cl_RetrieveRecordCard(LogicalName=@p1)?@p1='lead'"
std::string function_address(std::string const& name, json::Value const& parameters)
{
    std::string names;
    std::string values;
    auto number = 0;
    for (auto const& [key, value] : *parameters.as_object()) {
        auto const alias = "@p" + std::to_string(++number);
        auto const* written = value.as_string();
        auto const literal = !written ? value.to_string()
            : Id::parse(*written)     ? *written
                                      : literal_of(*written);
        names += (names.empty() ? "" : ",") + key + "=" + alias;
        values += (values.empty() ? "?" : "&") + alias + "=" + literal;
    }
    return name + "(" + names + ")" + values;
}

// The event stream of the workspace.
class LivePage final : public OpenPage {
public:
    LivePage(std::uint16_t port, std::string const& tables, std::string const& cookie)
        : m_client(port)
    {
        m_client.send("GET /api/events?tables=" + tables
            + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n");
        auto const head = m_client.receive_head();
        EXPECT_TRUE(head && head->status == 200);
    }
    bool hears_of(Id row) override
    {
        while (!m_heard.contains(row.to_string())) {
            auto const chunk = m_client.receive_chunk();
            if (!chunk || chunk->empty()) {
                return false;
            }
            m_heard += *chunk;
        }
        return true;
    }

private:
    http::TestClient m_client;
    std::string m_heard {};
};

}

HttpDoor::HttpDoor(Platform& platform, std::uint16_t port, Client mail_client)
    : Door(platform)
    , m_port(port)
    , m_mail_client(std::move(mail_client))
{
    platform.on_change_sets(
        [news = m_news](std::vector<ChangeSet> const&) { news->heard.notify_all(); });
}

http::Response HttpDoor::exchange(http::Request request)
{
    http::TestClient client(m_port);
    auto answer = client.call(request.method, request.target, request.body, request.headers);
    http::Response response { .status = answer.status };
    response.headers = std::move(answer.headers);
    response.body = std::move(answer.body);
    return response;
}

HttpDoor::Session const& HttpDoor::session_of(std::string_view who)
{
    if (auto const known = m_sessions.find(who); known != m_sessions.end()) {
        return known->second;
    }
    json::Value const body { json::Object {
        { "username", who }, { "password", demo::demo_password } } };
    http::Request request { .method = "POST", .target = "/auth/sign-in", .body = body.to_string() };
    request.headers.set("Content-Type", "application/json");
    auto const entered = exchange(std::move(request));
    EXPECT_EQ(entered.status, 204) << who << ": " << entered.body;
    auto const cookie = std::string(entered.headers.value("Set-Cookie"));
    Session session { .cookie = cookie.substr(0, cookie.find(';')) };
    http::Request question { .method = "GET", .target = "/auth/session" };
    question.headers.set("Cookie", session.cookie);
    auto const document = json::parse(exchange(std::move(question)).body);
    session.csrf_token = document ? std::string(document->text("csrfToken")) : "";
    EXPECT_FALSE(session.csrf_token.empty()) << who;
    return m_sessions.emplace(std::string(who), std::move(session)).first->second;
}

http::Response HttpDoor::send(std::string_view who, http::Request request)
{
    auto const& session = session_of(who);
    request.headers.set("Cookie", session.cookie);
    if (request.method != "GET") {
        request.headers.set(sign_in::csrf_header, session.csrf_token);
        request.headers.set("Content-Type", "application/json");
    }
    return exchange(std::move(request));
}

Answer HttpDoor::create(std::string_view who, std::string const& set, json::Value const& row)
{
    return answer_of(send(
        who, { .method = "POST", .target = std::string(root) + set, .body = row.to_string() }));
}

Answer HttpDoor::update(std::string_view who, Record const& record, json::Value const& changes)
{
    return answer_of(send(who,
        { .method = "PATCH",
            .target = std::string(root) + record.address(),
            .body = changes.to_string() }));
}

Answer HttpDoor::get(std::string_view who, std::string const& address)
{
    http::Request request { .method = "GET",
        .target = std::string(root) + encoded_address(address) };
    request.headers.add("Prefer", "odata.include-annotations=\"*\"");
    return answer_of(send(who, std::move(request)));
}

Answer HttpDoor::call(std::string_view who, std::string const& name, json::Value const& parameters,
    Record const& bound)
{
    auto const path =
        std::string(root) + (bound.set.empty() ? "" : bound.address() + "/Microsoft.Dynamics.CRM.");
    auto const* message = platform().registry().find_message(name);
    if (message && message->is_function) {
        return answer_of(
            send(who, { .method = "GET", .target = path + function_address(name, parameters) }));
    }
    return answer_of(
        send(who, { .method = "POST", .target = path + name, .body = parameters.to_string() }));
}

Answer HttpDoor::hand_in_mail(std::string const& message)
{
    http::Request question { .method = "POST",
        .target = "/oauth2/token",
        .body = "grant_type=client_credentials&client_id=" + m_mail_client.id
            + "&client_secret=" + text::percent_encode(m_mail_client.secret) };
    question.headers.set("Content-Type", "application/x-www-form-urlencoded");
    auto const token = json::parse(exchange(std::move(question)).body);
    EXPECT_TRUE(token.has_value());
    http::Request request { .method = "POST", .target = "/mail/inbound", .body = message };
    request.headers.set("Content-Type", "message/rfc822");
    request.headers.set("Authorization",
        "Bearer " + std::string(token ? token->text("access_token") : std::string_view {}));
    return answer_of(exchange(std::move(request)));
}

std::string HttpDoor::download(std::string_view who, std::string const& address)
{
    auto const response = send(who, { .method = "GET", .target = address });
    EXPECT_EQ(response.status, 200) << address << ": " << response.body;
    return response.body;
}

std::optional<std::string> HttpDoor::paper(std::string_view who, std::string const& address)
{
    return download(who, address);
}

std::unique_ptr<OpenPage> HttpDoor::keep_open(std::string_view who, std::string const& tables)
{
    return std::make_unique<LivePage>(m_port, tables, session_of(who).cookie);
}

void HttpDoor::wait_for_news()
{
    auto lock = std::unique_lock { m_news->mutex };
    m_news->heard.wait_for(lock, 20ms);
}

// The server's own threads do the work: wait until none of it is left.
void HttpDoor::settle()
{
    auto const patience = std::chrono::steady_clock::now() + 30s;
    while (jobs_due() != 0 && std::chrono::steady_clock::now() < patience) {
        wait_for_news();
    }
    EXPECT_EQ(jobs_due(), 0) << "Jobs are still waiting.";
    expect_no_failed_job();
}

}
