#include "tests/stories/door.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>

namespace cashline::story {

namespace {

constexpr std::array hidden_fields { "csrf", "started", "token", "checkout", "total" };

void keep_cookies(Browser& browser, http::Response const& response)
{
    for (auto const header : response.headers.all("Set-Cookie")) {
        auto const equals = header.find('=');
        auto const name = std::string(header.substr(0, equals));
        auto const value = std::string(header.substr(equals + 1, header.find(';') - equals - 1));
        if (value.empty()) {
            browser.cookies.erase(name);
        } else {
            browser.cookies[name] = value;
        }
    }
}

// The set of "…/$metadata#quotes/$entity".
std::string_view set_of_context(std::string_view context)
{
    auto const hash = context.find('#');
    auto const end = context.find_first_of("(/", hash == std::string_view::npos ? 0 : hash);
    return hash == std::string_view::npos || end == std::string_view::npos
        ? std::string_view {}
        : context.substr(hash + 1, end - hash - 1);
}

std::optional<Lookup> row_in(Table const* table, json::Value const& body)
{
    auto const id =
        table ? Id::parse(body.text(table->column(table->id_column).name)) : std::nullopt;
    return id ? std::optional(Lookup { table->id, *id }) : std::nullopt;
}

}

std::string hidden_value(std::string const& html, std::string const& name)
{
    auto const mark = "name=\"" + name + "\" value=\"";
    auto const at = html.rfind(mark);
    if (at == std::string::npos) {
        return {};
    }
    auto const begin = at + mark.size();
    return html.substr(begin, html.find('"', begin) - begin);
}

std::string literal_of(std::string_view value)
{
    std::string doubled;
    for (auto const character : value) {
        doubled += character == '\'' ? "''" : std::string(1, character);
    }
    return "'" + text::percent_encode(doubled) + "'";
}

std::string escaped(std::string_view value)
{
    std::string safe;
    for (auto const character : value) {
        safe += character == '&' ? "&amp;"
            : character == '<'   ? "&lt;"
            : character == '>'   ? "&gt;"
                                 : std::string(1, character);
    }
    return safe;
}

std::string encoded_address(std::string const& address)
{
    std::string encoded;
    for (auto const character : address) {
        auto const byte = static_cast<unsigned char>(character);
        auto const is_plain = byte > 0x20 && byte < 0x7f && character != '"' && character != '+';
        encoded += is_plain ? std::string(1, character)
                            : text::percent_encode(std::string_view(&character, 1));
    }
    return encoded;
}

std::optional<std::string> Door::paper(std::string_view, std::string const&)
{
    return std::nullopt;
}

std::unique_ptr<OpenPage> Door::keep_open(std::string_view, std::string const&) { return nullptr; }

Page Door::send(Browser& browser, http::Request request)
{
    std::string cookies;
    for (auto const& [name, value] : browser.cookies) {
        cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    }
    request.headers.set("Cookie", cookies);
    auto const response = exchange(std::move(request));
    keep_cookies(browser, response);
    return { .status = response.status,
        .location = std::string(response.headers.value("Location")),
        .type = std::string(response.headers.value("Content-Type")),
        .body = std::string(response.content()) };
}

Page Door::open(Browser& browser, std::string const& target)
{
    return send(browser, { .method = "GET", .target = target });
}

Page Door::post(Browser& browser, std::string const& target, Typed const& fields)
{
    http::Request request { .method = "POST", .target = target };
    for (auto const& [name, value] : fields) {
        request.body += (request.body.empty() ? "" : "&") + text::percent_encode(name) + "="
            + text::percent_encode(value);
    }
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    return send(browser, std::move(request));
}

Page Door::submit(
    Browser& browser, std::string const& page, std::string const& target, Typed fields)
{
    auto const shown = open(browser, page).body;
    for (auto const* name : hidden_fields) {
        if (auto const value = hidden_value(shown, name); !value.empty()) {
            fields.emplace_back(name, value);
        }
    }
    return post(browser, target, fields);
}

Answer Door::answer_of(http::Response const& response)
{
    Answer answer;
    auto const content = response.content();
    if (!content.empty()) {
        auto parsed = json::parse(content);
        if (!parsed) {
            return { .code = "answer_is_no_json", .text = std::string(content) };
        }
        answer.body = std::move(*parsed);
    }
    if (response.status >= 400) {
        auto const* error = answer.body.find("error");
        answer.code = error ? std::string(error->text("code")) : std::to_string(response.status);
        answer.text = error ? std::string(error->text("message")) : std::string(content);
        return answer;
    }
    auto const schema = m_platform.schema();
    auto const link = std::string(response.headers.value("OData-EntityId"));
    if (auto const at = link.rfind('('); at != std::string::npos) {
        auto const slash = link.rfind('/', at);
        auto const* table = schema->find_by_set(link.substr(slash + 1, at - slash - 1));
        auto const id = Id::parse(link.substr(at + 1, 36));
        if (table && id) {
            answer.rows.push_back({ table->id, *id });
        }
        return answer;
    }
    for (auto const& entry : answer.list()) {
        auto const type = entry.text("@odata.type");
        auto const dot = type.rfind('.');
        auto const* table =
            dot == std::string_view::npos ? nullptr : schema->find(type.substr(dot + 1));
        if (auto const row = row_in(table, entry)) {
            answer.rows.push_back(*row);
        }
    }
    auto const set = set_of_context(answer.body.text("@odata.context"));
    if (auto const row = row_in(schema->find_by_set(set), answer.body)) {
        answer.rows.push_back(*row);
    }
    return answer;
}

std::int64_t Door::jobs_due()
{
    auto const snapshot = m_platform.store().read();
    EXPECT_TRUE(snapshot.has_value());
    auto const now = m_platform.environment().now().microseconds;
    auto const count = (*snapshot)->sql().find_integer(
        "select count(*) from cl_job where state = 1 or (state = 0 and run_at <= ?1)",
        std::vector<SqlValue> { now });
    EXPECT_TRUE(count.has_value()) << count.error().text;
    return count ? count->value_or(0) : 0;
}

void Door::expect_no_failed_job()
{
    auto const snapshot = m_platform.store().read();
    EXPECT_TRUE(snapshot.has_value());
    auto const listed =
        (*snapshot)->sql().each("select name, last_error from cl_job where last_error is not null",
            {}, [](SqlRow const& row) {
                ADD_FAILURE() << "The job " << row.text(0) << " failed: " << row.text(1);
                return Walk::on;
            });
    EXPECT_TRUE(listed.has_value()) << listed.error().text;
}

}
