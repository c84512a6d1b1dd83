#include "tests/stories/in_process_door.h"

#include "apps/activities/outgoing_mail/outbox.h"
#include "apps/activities/pages/meeting_page.h"
#include "apps/commerce/api.h"
#include "core/text.h"
#include "platform/web_api/odata/error_codes.h"
#include "platform/web_api/odata/operation.h"
#include "server/demo/demo_company.h"

#include <future>
#include <gtest/gtest.h>

namespace cashline::story {

namespace {

Answer refusal(Error const& error)
{
    return { .code = std::string(odata::wire_code(error.code)), .text = error.text };
}

// One document as the whole answer, as the Web API gives it.
json::Value unwrapped(json::Value const& complex)
{
    auto const* document = complex.find("document");
    return document && complex.as_object()->size() == 1 ? *document : complex;
}

}

InProcessDoor::InProcessDoor(Platform& platform, Id mail_user)
    : Door(platform)
    , m_mail_user(mail_user)
    , m_sessions(platform)
    , m_passwords(platform.environment(), { .cost = { .memory_bytes = 64 * 1'024, .passes = 1 } })
    , m_meetings(activities::meeting_page(platform))
{
    auto shop = commerce::shop_handler({ platform, m_sessions, m_passwords });
    EXPECT_TRUE(shop.has_value()) << shop.error().text;
    m_shop = shop ? std::move(*shop) : http::Handler {};
}

Caller InProcessDoor::caller(std::string_view who)
{
    auto found = platform().caller_of(demo::named("systemuser", who), cashline::Door::web_api);
    EXPECT_TRUE(found.has_value()) << who;
    return found.value_or(Caller {});
}

Answer InProcessDoor::run(std::string_view who, http::Request request)
{
    auto call = std::make_shared<odata::Call>(); // shared with the operation
    auto const question = request.target.find('?');
    call->base = "https://crm.example/api/data/v9.2";
    call->path = request.target.substr(0, question);
    call->query = question == std::string::npos ? "" : request.target.substr(question + 1);
    call->caller = caller(who);
    call->preferences = odata::parse_preferences(request.headers);
    call->request = std::move(request);
    auto const operation = odata::prepare({ platform(), platform().schema(), call });
    if (!operation) {
        return refusal(operation.error());
    }
    if (operation->read) {
        auto const read = platform().read<http::Response>(call->caller, operation->read);
        return read ? answer_of(*read) : refusal(read.error());
    }
    auto const written = platform().write<odata::Written>(
        call->caller, [&](Unit& unit) { return operation->write(unit, {}); });
    return written ? answer_of(written->response) : refusal(written.error());
}

Answer InProcessDoor::create(std::string_view who, std::string const& set, json::Value const& row)
{
    return run(who, { .method = "POST", .target = set, .body = row.to_string() });
}

Answer InProcessDoor::update(std::string_view who, Record const& record, json::Value const& changes)
{
    return run(who, { .method = "PATCH", .target = record.address(), .body = changes.to_string() });
}

Answer InProcessDoor::get(std::string_view who, std::string const& address)
{
    http::Request request { .method = "GET", .target = encoded_address(address) };
    request.headers.add("Prefer", "odata.include-annotations=\"*\"");
    return run(who, std::move(request));
}

Answer InProcessDoor::call(std::string_view who, std::string const& name,
    json::Value const& parameters, Record const& bound)
{
    std::optional<Lookup> target;
    if (!bound.set.empty()) {
        target = Lookup { platform().schema()->find_by_set(bound.set)->id, bound.id };
    }
    auto const reply = platform().call(caller(who), name, parameters, target);
    if (!reply) {
        return refusal(reply.error());
    }
    return { .body = unwrapped(reply->complex), .rows = reply->rows };
}

Answer InProcessDoor::hand_in_mail(std::string const& message)
{
    auto const mail_server = platform().caller_of(m_mail_user, cashline::Door::mail);
    EXPECT_TRUE(mail_server.has_value());
    auto const reply = platform().call(mail_server.value_or(Caller {}), "cl_ReceiveMail",
        json::Object { { "Content", text::base64_encode(message) } });
    if (!reply) {
        return refusal(reply.error());
    }
    return { .body = json::Object { { "outcome", reply->complex.text("Outcome") },
                 { "message", reply->complex.text("Message") } } };
}

std::string InProcessDoor::download(std::string_view who, std::string const& address)
{
    auto const parts = text::split(address, '/');
    auto const mail = parts.size() == 5 ? Id::parse(parts[3]) : std::nullopt;
    auto const file = platform().read<mail::Attachment>(
        caller(who), [&](Reader& reader) -> Result<mail::Attachment> {
            if (!mail || parts[2] != "outbox") {
                return missing("file_unknown", "No such file: " + address);
            }
            return activities::outbox_attachment(
                reader, *mail, static_cast<std::size_t>(std::stoul(std::string(parts[4]))));
        });
    EXPECT_TRUE(file.has_value()) << address << ": " << file.error().text;
    return file ? file->bytes : std::string {};
}

void InProcessDoor::settle()
{
    auto const ran = platform().drain();
    EXPECT_TRUE(ran.has_value()) << ran.error().text;
    expect_no_failed_job();
}

http::Response InProcessDoor::exchange(http::Request request)
{
    request.host = "shop.example";
    request.remote_address = "192.0.2.7";
    // Shared with the thread that answers.
    auto const answered = std::make_shared<std::promise<http::Response>>();
    auto answer = answered->get_future();
    auto const& handler = request.path().starts_with("/meet") ? m_meetings : m_shop;
    handler(std::move(request),
        [answered](http::Response response) { answered->set_value(std::move(response)); });
    return answer.get();
}

}
