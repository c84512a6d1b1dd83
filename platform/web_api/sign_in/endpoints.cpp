#include "platform/web_api/sign_in/endpoints.h"

#include "core/text.h"
#include "platform/web_api/http/cookies.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/sign_in/accounts.h"
#include "platform/web_api/sign_in/session_document.h"
#include "platform/web_api/sign_in/token_request.h"

namespace cashline::sign_in {

namespace {

Refusal invalid_credentials()
{
    return refuse(
        Fault::unauthenticated, "invalid_credentials", "User name and password do not match.");
}

Result<json::Value> body_of(http::Request const& request)
{
    // Only scripts of our own origin can send JSON, so a foreign form cannot sign anybody in.
    auto const type = text::to_lower_ascii(request.headers.value("Content-Type"));
    if (!type.starts_with("application/json")) {
        return odata::bad_payload("Send a JSON body.");
    }
    auto body = json::parse(request.body);
    if (!body || !body->is_object()) {
        return odata::bad_payload("Send a JSON body.");
    }
    return body;
}

http::Response document_answer(int status, json::Value const& document)
{
    auto response = http::content_response(
        status, "application/json; odata.metadata=minimal", document.to_string());
    response.headers.add("Cache-Control", "no-store");
    return response;
}

http::SetCookie cookie(http::Request const& request, std::string value)
{
    return { .name = std::string(session_cookie),
        .value = std::move(value),
        .is_secure = request.scheme == "https" };
}

Caller door_keeper() { return system_caller(Door::workspace); }

}

Endpoints::Endpoints(Platform& platform, Sessions& sessions, Passwords& passwords)
    : m_platform(platform)
    , m_sessions(sessions)
    , m_passwords(passwords)
    , m_lock_out(platform.environment())
{
}

void Endpoints::add_to(http::Router& router)
{
    router.add({ .prefix = "/auth",
        .handler = [this](http::Request request,
                       http::Respond respond) { auth(std::move(request), std::move(respond)); },
        .body_bytes_max = 16 * 1'024 });
    router.add({ .prefix = "/oauth2",
        .handler = [this](http::Request request,
                       http::Respond respond) { token(std::move(request), std::move(respond)); },
        .body_bytes_max = 16 * 1'024 });
}

bool Endpoints::is_token_path(std::string_view path) const
{
    auto const lower = text::to_lower_ascii(path);
    return lower.ends_with("/oauth2/token") || lower.ends_with("/oauth2/v2.0/token");
}

void Endpoints::auth(http::Request request, http::Respond respond)
{
    auto const path = text::to_lower_ascii(request.path());
    if (path == "/auth/session" && request.method == "GET") {
        return respond(session(request));
    }
    if (request.method == "POST") {
        if (path == "/auth/sign-in") {
            return sign_in(std::move(request), std::move(respond));
        }
        if (path == "/auth/sign-out") {
            return sign_out(std::move(request), std::move(respond));
        }
        if (path == "/auth/change-password") {
            return change_password(std::move(request), std::move(respond));
        }
    }
    respond(refusal(request, odata::unknown_segment(request.path()).error()));
}

Result<Id> Endpoints::check_password(http::Request const& request, json::Value const& body)
{
    auto const name = body.text("username");
    auto const password = body.text("password");
    auto const key = text::fold(name);
    if (auto const wait = m_lock_out.wait_of(key, request.remote_address)) {
        auto const minutes = (wait->count() + 59) / 60;
        return refuse(Fault::unauthenticated, "locked_out",
            "Too many failed attempts. Try again in " + std::to_string(minutes) + " minute"
                + (minutes == 1 ? "." : "s."));
    }
    auto const account = TRY(m_platform.read<std::optional<Account>>(
        door_keeper(), [&](Reader& reader) { return find_account(reader, name); }));
    if (!account || account->password_hash.empty()) {
        TRY(m_passwords.verify_nobody(password));
        m_lock_out.note_failure(key, request.remote_address);
        return invalid_credentials();
    }
    auto const verdict = TRY(m_passwords.verify(password, account->password_hash));
    if (!verdict.is_right) {
        m_lock_out.note_failure(key, request.remote_address);
        return invalid_credentials();
    }
    m_lock_out.note_success(key);
    return account->user;
}

void Endpoints::sign_in(http::Request request, http::Respond respond)
{
    auto const body = body_of(request);
    if (!body) {
        return respond(refusal(request, body.error()));
    }
    auto const user = check_password(request, *body);
    if (!user) {
        return respond(refusal(request, user.error()));
    }
    auto const expires =
        m_platform.environment().now().plus_seconds(browser_session_lifetime.count());
    m_sessions.start({ .principal = *user, .kind = SessionKind::browser, .expires = expires },
        [request = std::move(request), respond = std::move(respond)](
            Result<std::string> secret) mutable {
            if (!secret) {
                return respond(refusal(request, secret.error()));
            }
            http::Response response { .status = 204 };
            http::set_cookie(response, cookie(request, std::move(*secret)));
            response.headers.add("Cache-Control", "no-store");
            respond(std::move(response));
        });
}

void Endpoints::sign_out(http::Request request, http::Respond respond)
{
    auto const identity = identify(m_platform, m_sessions, request);
    if (!identity) {
        return respond(refusal(request, identity.error()));
    }
    m_sessions.end(identity->secret,
        [request = std::move(request), respond = std::move(respond)](Result<void> ended) mutable {
            if (!ended) {
                return respond(refusal(request, ended.error()));
            }
            http::Response response { .status = 204 };
            auto removed = cookie(request, "");
            removed.max_age = std::chrono::seconds { 0 };
            http::set_cookie(response, removed);
            respond(std::move(response));
        });
}

void Endpoints::change_password(http::Request request, http::Respond respond)
{
    auto const change = [&]() -> Result<void> {
        auto const identity = TRY(identify(m_platform, m_sessions, request));
        auto body = TRY(body_of(request));
        auto const user = identity.caller.user;
        auto const name = identity.caller.user_name;
        auto const stored = TRY(m_platform.read<std::optional<std::string>>(
            door_keeper(), [&](Reader& reader) { return find_password_hash(reader, user); }));
        auto const verdict = stored ? TRY(m_passwords.verify(body.text("oldPassword"), *stored))
                                    : PasswordVerdict {};
        if (!verdict.is_right) {
            return refuse(Fault::denied, "invalid_credentials", "The old password is not right.",
                "oldPassword");
        }
        TRY(check_new_password(body.text("newPassword"), name));
        auto const hash = TRY(m_passwords.hash(body.text("newPassword")));
        TRY(m_platform.write(
            identity.caller, std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
                TRY(store_password(unit, user, hash));
                return Sessions::end_all_of(unit, user, identity.secret);
            })));
        m_sessions.forget_all();
        return {};
    };
    auto const changed = change();
    respond(changed ? http::Response { .status = 204 } : refusal(request, changed.error()));
}

http::Response Endpoints::session(http::Request const& request)
{
    auto const identity = identify(m_platform, m_sessions, request);
    if (!identity && identity.error().fault == Fault::internal) {
        return refusal(request, identity.error());
    }
    auto const document = m_platform.read<json::Value>(
        identity ? identity->caller : door_keeper(), [&](Reader& reader) {
            return identity ? session_document(reader, *identity) : signed_out_document(reader);
        });
    if (!document) {
        return refusal(request, document.error());
    }
    return document_answer(identity ? 200 : 401, *document);
}

void Endpoints::token(http::Request request, http::Respond respond)
{
    if (!is_token_path(request.path())) {
        return respond(refusal(request, odata::unknown_segment(request.path()).error()));
    }
    auto const asked = parse_token_request(request);
    if (!asked) {
        return respond(refusal_response(asked.error()));
    }
    auto const user = m_platform.read<std::optional<Id>>(door_keeper(), [&](Reader& reader) {
        return find_application(reader, asked->client_id, asked->client_secret);
    });
    if (!user) {
        return respond(refusal(request, user.error()));
    }
    if (!*user) {
        return respond(refusal_response(unknown_client(request)));
    }
    auto const expires = m_platform.environment().now().plus_seconds(access_token_lifetime.count());
    m_sessions.start({ .principal = **user, .kind = SessionKind::program, .expires = expires },
        [request = std::move(request), scope = asked->scope, respond = std::move(respond)](
            Result<std::string> secret) mutable {
            respond(secret ? token_response(*secret, access_token_lifetime, scope)
                           : refusal(request, secret.error()));
        });
}

}
