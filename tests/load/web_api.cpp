#include "tests/load/web_api.h"

#include "core/text.h"

#include <cstdlib>

namespace cashline::load {

namespace {

constexpr std::string_view root = "/api/data/v9.2/";

// A batch that fails answers 400; what really happened is in its failing part.
Answer with_status_of_part(Answer answer)
{
    constexpr std::string_view line = "\r\nHTTP/1.1 ";
    auto const part = answer.body.find(line);
    if (answer.status == 400 && part != std::string::npos) {
        answer.status = std::atoi(answer.body.c_str() + part + line.size());
    }
    return answer;
}

std::string target_of(std::string_view path) { return std::string(root).append(path); }

}

Result<Application> add_application(ServerOptions const& server, std::string const& role)
{
    auto const end = run_program(server.program,
        { "app-user", "add", "--data", server.data.string(), "--name", "load", "--role", role });
    auto const document = json::parse(end.output);
    if (end.exit_code != 0 || !document) {
        return internal("application_not_added", end.errors);
    }
    return Application { .client_id = std::string(document->text("client_id")),
        .client_secret = std::string(document->text("client_secret")) };
}

std::string WebAPI::ask_token(Application const& application)
{
    auto const answer = m_client.send({ .method = "POST",
        .target = "/oauth2/token",
        .body =
            "grant_type=client_credentials&client_id=" + text::percent_encode(application.client_id)
            + "&client_secret=" + text::percent_encode(application.client_secret),
        .content_type = "application/x-www-form-urlencoded" });
    return std::string(document_of(answer).text("access_token"));
}

bool WebAPI::sign_in(Application const& application)
{
    auto token = ask_token(application);
    bool const is_given = !token.empty();
    m_client.use_token(std::move(token));
    return is_given;
}

Answer WebAPI::create(std::string_view set, json::Value const& row)
{
    return m_client.post(target_of(set), row.to_string());
}

Answer WebAPI::update(std::string_view path, json::Value const& columns)
{
    return m_client.send({ .method = "PATCH",
        .target = target_of(path),
        .body = columns.to_string(),
        .headers = { { "If-Match", "*" } } });
}

Answer WebAPI::remove(std::string_view path)
{
    return m_client.send({ .method = "DELETE", .target = target_of(path) });
}

Answer WebAPI::retrieve(std::string_view path) { return m_client.get(target_of(path)); }

Answer WebAPI::call(std::string_view message, json::Value const& body)
{
    return m_client.post(target_of(message), body.to_string());
}

Answer WebAPI::change_set(std::vector<Change> const& changes)
{
    std::string body = "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n";
    int number = 0;
    for (auto const& change : changes) {
        body += "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
                "Content-ID: "
            + std::to_string(++number) + "\r\n\r\n" + change.method + " " + target_of(change.path)
            + " HTTP/1.1\r\nContent-Type: application/json\r\n\r\n" + change.body.to_string()
            + "\r\n";
    }
    body += "--c--\r\n--b--\r\n";
    auto answer = m_client.send({ .method = "POST",
        .target = target_of("$batch"),
        .body = std::move(body),
        .content_type = "multipart/mixed;boundary=b" });
    return with_status_of_part(std::move(answer));
}

json::Value document_of(Answer const& answer)
{
    if (!answer.is_success()) {
        return {};
    }
    return json::parse(answer.body).value_or(json::Value {});
}

std::string created_id(Answer const& answer)
{
    auto const link = answer.header("OData-EntityId");
    auto const open = link.rfind('(');
    return open == std::string_view::npos ? std::string {} : std::string(link.substr(open + 1, 36));
}

}
