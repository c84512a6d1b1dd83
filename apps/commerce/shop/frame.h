// From data to an answer: what every page shows around its content, the headers that keep pages
// safe, and refusals as pages.
#pragma once

#include "apps/commerce/shop/visit.h"
#include "platform/web_api/http/cookies.h"

namespace cashline::commerce {

struct PageSpec {
    std::string name {}; // of the template
    std::string title {};
    int status { 200 };
    bool is_private {}; // not for search engines
};
using FillPage = std::function<Result<void>(Reader&, json::Value& data)>;

// Reads the page's data and what stands around it from one snapshot.
Result<http::Response> show_page(
    ShopState&, Visit const&, PageSpec const&, FillPage const& fill = {});
// A refusal as a page of its own; reads nothing, so that it may be made after a commit.
http::Response problem_page(ShopState const&, Visit const&, Error const&);
// 303, with the cookie of a new guest.
http::Response go_to(Visit const&, std::string_view path);

int status_of(Error const&);
void add_page_cookies(Visit const&, http::Response&);
http::SetCookie session_cookie_of(Visit const&, std::string secret);

}
