// One request to the shop: who sends it and what the form says. Forms are bound to a secret cookie
// (the session's, or one that guests get with their first form), which another site cannot know.
#pragma once

#include "apps/commerce/buyer/buyers.h"
#include "apps/commerce/shop/shop_state.h"
#include "platform/web_api/http/forms.h"

namespace cashline::commerce {

inline constexpr std::string_view buyer_cookie = "cashline_buyer";
inline constexpr std::string_view guest_cookie = "cashline_guest";

struct Visit {
    http::Request request {};
    std::string path {}; // decoded, below /shop, beginning with "/"
    std::string rest {}; // what the last star of the route stands for
    http::Form form {}; // of a POST
    std::string session_secret {}; // empty: nobody is signed in
    std::string guest_secret {};
    bool is_new_guest {}; // the cookie goes out with the answer
    std::optional<Buyer> buyer {};
    Caller caller {}; // the shop's user, for the buyer's contact

    std::string const& form_secret() const
    {
        return session_secret.empty() ? guest_secret : session_secret;
    }
    std::string query(std::string_view name) const
    {
        return request.query_value(name).value_or("");
    }
    bool has_valid_csrf_token() const;
};

// "form_malformed" and its kin; "missing" when the shop's user is switched off.
Result<Visit> make_visit(ShopState&, http::Request request);

// When a guest's form was made, signed: "<seconds>.<signature>".
std::string start_token(ShopState const&, Visit const&, Timestamp now);
enum class StartVerdict : std::uint8_t { good, too_fast, too_old, forged };
StartVerdict check_start_token(ShopState const&, Visit const&, std::string_view token);

}
