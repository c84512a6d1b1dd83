// Headers that tell browsers what our pages may do. Every HTML answer gets them; the nonce admits
// the inline scripts and styles the server itself wrote into that one page.
#pragma once

#include "platform/environment/environment.h"
#include "platform/web_api/http/message.h"

#include <string>
#include <string_view>

namespace cashline::http {

std::string make_nonce(Environment& environment); // 128 bits, base64

struct PagePolicy {
    std::string nonce {}; // empty: no inline scripts at all
    bool allows_inline_style_attributes {}; // libraries that place popups need them
    bool may_be_framed_by_us {};
};

std::string content_security_policy(PagePolicy const& policy);
// Content-Security-Policy, nosniff, Referrer-Policy, X-Frame-Options and, for https, HSTS.
void add_page_headers(Request const& request, Response& response, PagePolicy const& policy);

}
