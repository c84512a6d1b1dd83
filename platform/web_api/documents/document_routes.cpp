#include "platform/web_api/documents/document_routes.h"

#include "core/text.h"
#include "platform/files/file_store.h"
#include "platform/web_api/http/entity_tag.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/sign_in/identify.h"

namespace cashline::documents {

namespace {

// "/documents/quotes/<id>.pdf"
Result<Wanted> wanted_of(http::Request const& request, std::string_view set)
{
    auto const path = request.decoded_path().value_or("");
    auto const parts = text::split(path, '/');
    if (parts.size() != 4 || !text::equals_ignoring_ascii_case(parts[2], set)) {
        return no_such_document();
    }
    auto const dot = parts[3].rfind('.');
    auto const id =
        dot == std::string_view::npos ? std::nullopt : Id::parse(parts[3].substr(0, dot));
    if (!id) {
        return no_such_document();
    }
    return Wanted { *id, text::to_lower_ascii(parts[3].substr(dot + 1)) };
}

// Shown in the browser; a saved copy gets the document's own name.
http::Response shown(http::Request const& request, WebDocument document)
{
    auto const tag = '"' + http::tag_of(document.bytes) + '"';
    auto const is_known = http::matches_tag(request.headers.value("If-None-Match"), tag);
    auto response = is_known
        ? http::Response { .status = 304 }
        : http::content_response(200, document.content_type, std::move(document.bytes));
    response.headers.set("ETag", tag);
    response.headers.set("Cache-Control", "private, no-cache");
    response.headers.set("Content-Disposition",
        "inline; filename*=UTF-8''" + text::percent_encode(document.file_name));
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
}

Result<WebDocument> found(Platform& platform, Caller const& caller, FindDocument const& find,
    Result<Wanted> const& wanted)
{
    return wanted ? find(platform, caller, *wanted)
                  : Result<WebDocument>(std::unexpected(wanted.error()));
}

http::Response not_read(http::Request const& request)
{
    auto const refused = odata::method_not_allowed(request.method);
    auto response = odata::error_answer(refused.error(), request.request_id);
    response.headers.set("Allow", "GET, HEAD");
    return response;
}

}

Refusal no_such_document() { return missing("document_unknown", "There is no such document."); }

Result<WebDocument> stored_document(Reader& reader, Id file)
{
    auto elevated = reader.elevated_reader();
    auto const info = TRY(files::info(elevated, file));
    return WebDocument { .file_name = info.name,
        .content_type = info.content_type,
        .bytes = TRY(files::content(elevated, file)) };
}

void add_documents(WebContext& context, std::string const& set, FindDocument find)
{
    auto& platform = context.platform;
    context.router.add({ .prefix = "/documents/" + set,
        .handler = sign_in::signed_in(platform, context.sessions,
            [&platform, set, find = std::move(find)](
                http::Request request, sign_in::Identity identity, http::Respond respond) {
                if (request.method != "GET" && request.method != "HEAD") {
                    return respond(not_read(request));
                }
                auto document = found(platform, identity.caller, find, wanted_of(request, set));
                respond(document ? shown(request, std::move(*document))
                                 : odata::error_answer(document.error(), request.request_id));
            }) });
}

}
