// The pages of the shop, by what they answer. Pages that read give their answer; forms answer after
// the commit. Registered in shop_routes.cpp.
#pragma once

#include "apps/commerce/shop/visit.h"

namespace cashline::commerce {

using ReadHandler = Result<http::Response> (*)(ShopState&, Visit const&);
using WriteHandler = void (*)(ShopState&, Visit, http::Respond);

// public_pages.cpp
Result<http::Response> home_page(ShopState&, Visit const&);
Result<http::Response> products_page(ShopState&, Visit const&);
Result<http::Response> product_page(ShopState&, Visit const&);
// request_pages.cpp
Result<http::Response> request_page(ShopState&, Visit const&);
Result<http::Response> thank_you_page(ShopState&, Visit const&);
void send_request(ShopState&, Visit, http::Respond);
// sign_in_pages.cpp
Result<http::Response> sign_in_page(ShopState&, Visit const&);
void sign_in_buyer(ShopState&, Visit, http::Respond);
// Sets the cookie and goes to where the form's `next` says.
void start_session(ShopState&, Visit, Id contact, http::Respond);
void sign_out_buyer(ShopState&, Visit, http::Respond);
// password_pages.cpp
Result<http::Response> set_password_page(ShopState&, Visit const&);
Result<http::Response> new_link_page(ShopState&, Visit const&);
Result<http::Response> link_sent_page(ShopState&, Visit const&);
void set_password(ShopState&, Visit, http::Respond);
void send_new_link(ShopState&, Visit, http::Respond);
// account_pages.cpp
Result<http::Response> account_page(ShopState&, Visit const&);
Result<http::Response> prices_page(ShopState&, Visit const&);
// order_pages.cpp
Result<http::Response> orders_page(ShopState&, Visit const&);
Result<http::Response> order_page(ShopState&, Visit const&);
void order_again(ShopState&, Visit, http::Respond);
// invoice_pages.cpp
Result<http::Response> invoices_page(ShopState&, Visit const&);
Result<http::Response> invoice_document(ShopState&, Visit const&);
// buyers_pages.cpp
Result<http::Response> buyers_page(ShopState&, Visit const&);
void save_spending_limit(ShopState&, Visit, http::Respond);
void invite_colleague(ShopState&, Visit, http::Respond);
// cart_pages.cpp
Result<http::Response> cart_page(ShopState&, Visit const&);
void add_to_cart(ShopState&, Visit, http::Respond);
void update_cart(ShopState&, Visit, http::Respond);
void enter_coupon(ShopState&, Visit, http::Respond);
// checkout_pages.cpp
Result<http::Response> checkout_page(ShopState&, Visit const&);
void place_cart_order(ShopState&, Visit, http::Respond);

}
