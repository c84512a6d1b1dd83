#include "apps/activities/api.h"
#include "apps/activities/email/receive_mail.h"
#include "apps/activities/mime_attachment/mime_attachment_table.h"
#include "apps/activities/note/note_table.h"
#include "apps/activities/outgoing_mail/outbox.h"
#include "apps/activities/pages/meeting_page.h"
#include "core/text.h"
#include "platform/files/file_store.h"
#include "platform/web_api/sign_in/identify.h"

#include <memory>

namespace cashline::activities {

namespace {

http::Response refusal_response(Error const& error)
{
    switch (error.fault) {
    case Fault::denied:
        return http::error_response(403, error.code, error.text);
    case Fault::missing:
        return http::error_response(404, error.code, error.text);
    case Fault::too_large:
        return http::error_response(413, error.code, error.text);
    case Fault::unavailable:
        return http::error_response(503, error.code, error.text);
    case Fault::internal:
        return http::error_response(500, error.code, error.text);
    case Fault::invalid:
    case Fault::unauthenticated:
    case Fault::not_allowed:
    case Fault::conflict:
    case Fault::precondition:
    case Fault::too_many:
    case Fault::not_supported:
        return http::error_response(400, error.code, error.text);
    }
    return http::error_response(500, error.code, error.text);
}

http::Response receipt(ReceiveMail::Reply const& reply)
{
    json::Value document { json::Object {} };
    document.set("outcome", reply.outcome);
    document.set("message", reply.message);
    if (reply.activity) {
        document.set("activityId", reply.activity->to_string());
    }
    return http::content_response(200, "application/json", document.to_string());
}

void take_mail(Platform& platform, http::Request request, Caller caller, http::Respond respond)
{
    if (request.method != "POST") {
        respond(http::error_response(405, "method_not_allowed", "Mails are handed in by POST."));
        return;
    }
    caller.door = Door::mail;
    // Shared by the unit, which may run more than once, and the answer after the commit.
    auto const reply = std::make_shared<ReceiveMail::Reply>();
    auto const mail = std::make_shared<ReceiveMail const>(
        ReceiveMail { .content = text::base64_encode(request.body) });
    platform.write_async(
        std::move(caller),
        [reply, mail](Unit& unit) -> Result<void> {
            *reply = TRY(unit.call(*mail));
            return {};
        },
        {},
        [reply, respond = std::move(respond)](Result<void> done) mutable {
            respond(done ? receipt(*reply) : refusal_response(done.error()));
        });
}

http::Response download(mail::Attachment const& file)
{
    auto response = http::content_response(200, "application/octet-stream", file.bytes);
    // Never shown inside our origin: what came by mail may be a page that does harm.
    response.headers.set("Content-Disposition",
        "attachment; filename*=UTF-8''" + text::percent_encode(file.file_name));
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

// "/files/annotations/<id>": the caller reads the row, then its file.
Result<mail::Attachment> file_of_row(Reader& reader, std::string_view set, Id id)
{
    std::optional<Id> file;
    if (set == "annotations") {
        file = TRY(reader.retrieve(note::table, id)).get(note::file);
    } else if (set == "activitymimeattachments") {
        file = TRY(reader.retrieve(mime_attachment::table, id)).get(mime_attachment::file);
    }
    if (!file) {
        return missing("file_unknown", "There is no such file.");
    }
    auto const info = TRY(files::info(reader, *file));
    return mail::Attachment {
        .file_name = info.name,
        .content_type = info.content_type,
        .bytes = TRY(files::content(reader, *file)),
    };
}

Result<mail::Attachment> file_at(Reader& reader, std::vector<std::string_view> const& parts)
{
    auto const id_at = parts.size() == 4 ? 3U : 2U;
    auto const id = parts.size() > id_at ? Id::parse(parts[id_at]) : std::nullopt;
    if (parts.size() == 4 && id && parts[1] == "files") {
        return file_of_row(reader, parts[2], *id);
    }
    return missing("file_unknown", "There is no such file.");
}

// "/mail/outbox/<id>/<number>"
Result<mail::Attachment> outbox_file(Reader& reader, std::vector<std::string_view> const& parts)
{
    if (!reader.caller().rights->may("prvViewOutbox")) {
        return denied("PrivilegeDenied", "You may not open the outbox.");
    }
    auto const id = parts.size() == 5 ? Id::parse(parts[3]) : std::nullopt;
    auto const number = parts.size() == 5 ? Decimal::parse(parts[4]) : std::nullopt;
    if (!id || !number || number->scale() != 0 || number->is_negative()
        || *number > Decimal::from(1000)) {
        return missing("file_unknown", "There is no such file.");
    }
    return outbox_attachment(reader, *id, static_cast<std::size_t>(number->coefficient()));
}

using FindFile = Result<mail::Attachment> (*)(Reader&, std::vector<std::string_view> const&);

sign_in::SignedInHandler file_page(Platform& platform, FindFile find)
{
    return [&platform, find](
               http::Request request, sign_in::Identity identity, http::Respond respond) {
        auto const path = request.decoded_path().value_or("");
        auto const file = platform.read<mail::Attachment>(
            identity.caller, [&](Reader& reader) { return find(reader, text::split(path, '/')); });
        respond(file ? download(*file) : refusal_response(file.error()));
    };
}

}

void add_activity_routes(WebContext& context)
{
    auto& platform = context.platform;
    context.router.add({ .prefix = "/meet", .handler = meeting_page(platform) });
    context.router.add({ .prefix = "/mail/inbound",
        .handler = sign_in::signed_in(platform, context.sessions,
            [&platform](http::Request request, sign_in::Identity identity, http::Respond respond) {
                take_mail(
                    platform, std::move(request), std::move(identity.caller), std::move(respond));
            }),
        .work = http::WorkClass::bulk,
        .body_bytes_max = http::upload_body_bytes_max });
    context.router.add({ .prefix = "/mail/outbox",
        .handler =
            sign_in::signed_in(platform, context.sessions, file_page(platform, outbox_file)) });
    context.router.add({ .prefix = "/files",
        .handler = sign_in::signed_in(platform, context.sessions, file_page(platform, file_at)) });
}

}
