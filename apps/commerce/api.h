// What others may use of commerce besides its tables: its registration and the pages of the shop.
#pragma once

#include "platform/web_api/web_context.h"

namespace cashline::commerce {

void register_commerce(Registry&);

// What the pages of the shop need; all of it outlives the handler.
struct ShopServices {
    Platform& platform;
    sign_in::Sessions& sessions;
    sign_in::Passwords& passwords;
};
// Answers everything below /shop. Refused only when a template cannot be compiled or the database
// does not answer.
Result<http::Handler> shop_handler(ShopServices const&);
Result<void> add_shop_routes(WebContext&);

}
