#include "platform/web_api/sign_in/identify.h"

#include "core/text.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/web_api/http/cookies.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/sign_in/tokens.h"

namespace cashline::sign_in {

namespace {

Refusal not_signed_in()
{
    return refuse(Fault::unauthenticated, "not_signed_in",
        "Sign in first, or send a bearer token of /oauth2/token.");
}

bool is_write(std::string_view method)
{
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

std::optional<std::string_view> bearer_token(http::Request const& request)
{
    auto const header = text::trim(request.headers.value("Authorization"));
    auto const space = header.find(' ');
    if (space == std::string_view::npos
        || !text::equals_ignoring_ascii_case(header.substr(0, space), "bearer")) {
        return std::nullopt;
    }
    return text::trim(header.substr(space));
}

Result<Identity> identify_by(Platform& platform, Sessions& sessions, std::string secret, Door door)
{
    auto const session = TRY(sessions.find(secret));
    if (!session || session->kind == SessionKind::buyer) {
        return refuse(Fault::unauthenticated, "AccessTokenExpired",
            "The session or access token is not valid any more. Sign in again.");
    }
    auto caller = platform.caller_of(session->principal, door);
    if (!caller) {
        return caller.error().fault == Fault::missing ? not_signed_in() : Refusal(caller.error());
    }
    return Identity {
        .caller = std::move(*caller), .session = *session, .secret = std::move(secret)
    };
}

// What both may do; where the other one stands decides which rows that means.
std::shared_ptr<Rights const> common_rights(Rights const& caller, Rights const& other)
{
    auto rights = std::make_shared<Rights>(other.limited_to(caller));
    return rights;
}

Result<Id> impersonated_user(Platform& platform, http::Headers const& headers)
{
    auto const user = text::trim(headers.value("MSCRMCallerID"));
    auto const object = text::trim(headers.value("CallerObjectId"));
    auto const id = Id::parse(object.empty() ? user : object);
    if (!id || id->is_nil()) {
        return invalid("InvalidImpersonation", "The user to act for must be named by a GUID.");
    }
    if (object.empty()) {
        return *id;
    }
    auto const row =
        TRY(platform.read<std::optional<Row>>(system_caller(Door::web_api), [&](Reader& reader) {
            return reader.first(
                Query::from(system_user::table).where(system_user::directory_object_id == *id));
        }));
    if (!row) {
        return invalid("InvalidImpersonation", "No user has this directory object id.");
    }
    return row->id();
}

}

Result<Identity> identify(Platform& platform, Sessions& sessions, http::Request const& request)
{
    if (auto const token = bearer_token(request)) {
        return identify_by(platform, sessions, std::string(*token), Door::web_api);
    }
    auto const cookie = http::find_cookie(request, session_cookie);
    if (!cookie || cookie->empty()) {
        return not_signed_in();
    }
    auto identity = TRY(identify_by(platform, sessions, *cookie, Door::workspace));
    identity.came_by_cookie = true;
    if (is_write(request.method)
        && !is_csrf_token(request.headers.value(csrf_header), identity.secret)) {
        return denied("csrf_token_missing",
            "Send the session's csrfToken in the header X-CSRF-Token with every write.");
    }
    return identity;
}

http::Response refusal(http::Request const& request, Error const& error)
{
    auto response = odata::error_answer(error, request.request_id);
    if (response.status == 401) {
        response.headers.add("WWW-Authenticate",
            "Bearer authorization_uri=" + request.origin()
                + "/oauth2/authorize, resource_id=" + request.origin() + "/");
    }
    return response;
}

http::Handler signed_in(Platform& platform, Sessions& sessions, SignedInHandler handler)
{
    return [&platform, &sessions, handler = std::move(handler)](
               http::Request request, http::Respond respond) {
        auto identity = identify(platform, sessions, request);
        if (!identity) {
            return respond(refusal(request, identity.error()));
        }
        handler(std::move(request), std::move(*identity), std::move(respond));
    };
}

Result<Caller> acting_as(Platform& platform, Caller const& caller, http::Headers const& headers)
{
    if (!headers.contains("MSCRMCallerID") && !headers.contains("CallerObjectId")) {
        return caller;
    }
    if (!caller.rights || !caller.rights->may("prvActOnBehalfOfAnotherUser")) {
        return denied("PrivilegeDenied",
            "User '" + caller.user_name
                + "' is missing the privilege prvActOnBehalfOfAnotherUser.");
    }
    auto const user = TRY(impersonated_user(platform, headers));
    auto other = platform.caller_of(user, caller.door);
    if (!other) {
        return invalid("InvalidImpersonation", "There is no active user to act for with this id.");
    }
    other->real_user = caller.user;
    if (!caller.is_system()) {
        other->rights = common_rights(*caller.rights, *other->rights);
    }
    return std::move(*other);
}

}
