#include "platform/web_api/sign_in/token_request.h"

#include "core/json.h"
#include "core/text.h"
#include "platform/web_api/http/forms.h"

#include <array>
#include <optional>
#include <utility>

namespace cashline::sign_in {

namespace {

struct Credentials {
    std::string id {};
    std::string secret {};
};

std::unexpected<TokenRefusal> refused(std::string error, std::string description)
{
    return std::unexpected(
        TokenRefusal { .error = std::move(error), .description = std::move(description) });
}

std::optional<std::string_view> basic_part(http::Request const& request)
{
    auto const header = request.headers.value("Authorization");
    auto const space = header.find(' ');
    if (!text::equals_ignoring_ascii_case(header.substr(0, space), "basic")) {
        return std::nullopt;
    }
    return space == std::string_view::npos ? "" : text::trim(header.substr(space + 1));
}

// Both halves are form-encoded before they are joined (RFC 6749, 2.3.1).
std::optional<Credentials> parse_basic(std::string_view encoded)
{
    auto const decoded = text::base64_decode(encoded);
    auto const colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return std::nullopt;
    }
    auto id = text::percent_decode(std::string_view(*decoded).substr(0, colon), true);
    auto secret = text::percent_decode(std::string_view(*decoded).substr(colon + 1), true);
    if (!id || !secret) {
        return std::nullopt;
    }
    return Credentials { .id = std::move(*id), .secret = std::move(*secret) };
}

std::expected<Credentials, TokenRefusal> read_credentials(
    http::Request const& request, http::Form const& form)
{
    auto const basic = basic_part(request);
    if (!basic) {
        Credentials credentials { .id = form.text("client_id"),
            .secret = form.text("client_secret") };
        if (credentials.id.empty() || credentials.secret.empty()) {
            return refused("invalid_client", "Send client_id and client_secret.");
        }
        return credentials;
    }
    if (form.find("client_secret")) {
        return refused("invalid_request", "Send the client's secret in one place only.");
    }
    auto credentials = parse_basic(*basic);
    if (!credentials || credentials->id.empty() || credentials->secret.empty()) {
        return std::unexpected(unknown_client(request));
    }
    if (form.find("client_id").value_or(credentials->id) != credentials->id) {
        return refused("invalid_request", "The two client_id values differ.");
    }
    return std::move(*credentials);
}

bool repeats_a_parameter(http::Form const& form)
{
    static constexpr std::array<std::string_view, 5> once { "grant_type", "client_id",
        "client_secret", "scope", "resource" };
    for (auto const name : once) {
        if (form.all(name).size() > 1) {
            return true;
        }
    }
    return false;
}

}

std::expected<TokenRequest, TokenRefusal> parse_token_request(http::Request const& request)
{
    if (request.method != "POST") {
        return refused("invalid_request", "Ask for a token with POST.");
    }
    auto const type = http::parse_parameterised(request.headers.value("Content-Type"));
    if (!type || type->value != "application/x-www-form-urlencoded") {
        return refused(
            "invalid_request", "Send the parameters as application/x-www-form-urlencoded.");
    }
    auto const form = http::parse_urlencoded(request.body, { .fields_max = 50 });
    if (!form || repeats_a_parameter(*form)) {
        return refused("invalid_request", "The parameters are malformed or repeated.");
    }
    auto const grant = form->text("grant_type");
    if (grant.empty()) {
        return refused("invalid_request", "The parameter grant_type is missing.");
    }
    if (grant != "client_credentials") {
        return refused("unsupported_grant_type", "Only client_credentials is supported.");
    }
    auto credentials = read_credentials(request, *form);
    if (!credentials) {
        return std::unexpected(std::move(credentials).error());
    }
    return TokenRequest {
        .client_id = std::move(credentials->id),
        .client_secret = std::move(credentials->secret),
        .scope = form->text("scope"),
        .resource = form->text("resource"),
    };
}

TokenRefusal unknown_client(http::Request const& request)
{
    return {
        .error = "invalid_client",
        .description = "The client is unknown, disabled, or its secret is wrong.",
        .wants_basic = basic_part(request).has_value(),
    };
}

http::Response token_response(
    std::string_view access_token, std::chrono::seconds lifetime, std::string_view scope)
{
    http::Response response;
    response.may_compress = false;
    response.headers = { { "Content-Type", "application/json; charset=utf-8" },
        { "Cache-Control", "no-store" }, { "Pragma", "no-cache" } };
    json::Writer writer(response.body);
    writer.begin_object().key("token_type").string("Bearer");
    writer.key("expires_in").number(lifetime.count());
    writer.key("ext_expires_in")
        .number(lifetime.count()); // the libraries of the vendor read this one
    if (!scope.empty()) {
        writer.key("scope").string(scope);
    }
    writer.key("access_token").string(access_token).end_object();
    return response;
}

http::Response refusal_response(TokenRefusal const& refusal)
{
    http::Response response;
    response.status = refusal.error == "invalid_client" ? 401 : 400;
    response.headers = { { "Content-Type", "application/json; charset=utf-8" },
        { "Cache-Control", "no-store" }, { "Pragma", "no-cache" } };
    if (refusal.wants_basic) {
        response.headers.add("WWW-Authenticate", "Basic realm=\"cashline\"");
    }
    json::Writer writer(response.body);
    writer.begin_object().key("error").string(refusal.error);
    writer.key("error_description").string(refusal.description).end_object();
    return response;
}

}
