// What the shop keeps between requests: sessions, limits, templates. Everything else is in the
// database.
#pragma once

#include "apps/commerce/api.h"
#include "apps/commerce/shop/pages.h"
#include "platform/web_api/sign_in/attempt_limits.h"

namespace cashline::commerce {

// Settings under "shop" (docs/contracts/shop.md 2).
struct ShopLimits {
    std::int64_t requests_per_address { 10 }; // partner requests within an hour
    std::int64_t requests_per_email { 3 };
    std::int64_t links_per_address { 10 };
    std::int64_t links_per_email { 3 };
    std::int64_t bad_coupons { 10 };
    std::int64_t fill_seconds_min { 2 }; // nobody fills the request form faster
};
ShopLimits shop_limits(json::Value const& settings);

struct ShopState {
    struct Prepared {
        Pages pages {};
        std::string form_key {};
        std::int32_t status_column {};
    };
    ShopState(ShopServices const& services, Prepared prepared);

    Platform& platform;
    Pages const pages;
    std::string const form_key;
    ShopLimits const limits;
    // How the journal names the status of orders.
    std::int32_t const status_column;
    sign_in::Sessions& sessions;
    sign_in::Passwords& passwords;
    sign_in::LockOut lock_out;
    sign_in::SlidingWindows requests_by_address;
    sign_in::SlidingWindows requests_by_email;
    sign_in::SlidingWindows links_by_address;
    sign_in::SlidingWindows links_by_email;
    sign_in::SlidingWindows bad_coupons;
};

// Reads the templates and the key, which is made the first time.
Result<std::unique_ptr<ShopState>> open_shop(ShopServices const&);

// The application user whose rights the shop has.
Id shop_user_id();

}
