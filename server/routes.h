// The web routes that apps bring themselves: shop, documents, mail.
#pragma once

#include "platform/web_api/web_context.h"

namespace cashline::server {

void add_app_routes(WebContext& context);

}
