#include "platform/web_api/http/security_headers.h"

#include "core/text.h"

#include <array>
#include <cstdint>

namespace cashline::http {

std::string make_nonce(Environment& environment)
{
    std::array<std::uint8_t, 16> bytes {};
    environment.fill_random(bytes);
    return text::base64_encode({ reinterpret_cast<char const*>(bytes.data()), bytes.size() });
}

std::string content_security_policy(PagePolicy const& policy)
{
    auto const nonce = policy.nonce.empty() ? std::string {} : " 'nonce-" + policy.nonce + "'";
    // Attributes only: a nonce in style-src would switch 'unsafe-inline' off there, and rightly so.
    auto const attributes =
        policy.allows_inline_style_attributes ? "; style-src-attr 'unsafe-inline'" : "";
    auto const frames = policy.may_be_framed_by_us ? "'self'" : "'none'";
    return "default-src 'self'; script-src 'self'" + nonce + "; style-src 'self'" + nonce
        + attributes
        + "; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'"
          "; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors "
        + frames;
}

void add_page_headers(Request const& request, Response& response, PagePolicy const& policy)
{
    response.headers.set("Content-Security-Policy", content_security_policy(policy));
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Referrer-Policy", "same-origin");
    response.headers.set("X-Frame-Options", policy.may_be_framed_by_us ? "SAMEORIGIN" : "DENY");
    if (request.scheme == "https") {
        response.headers.set("Strict-Transport-Security", "max-age=31536000");
    }
}

}
