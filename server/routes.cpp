#include "server/routes.h"

#include "apps/activities/api.h"
#include "apps/commerce/api.h"
#include "apps/finance/api.h"
#include "apps/sales/api.h"
#include "platform/logging/log.h"

namespace cashline::server {

// In the order of the apps; each is a function of its api.h that takes the context.
void add_app_routes(WebContext& context)
{
    activities::add_activity_routes(context);
    sales::add_sales_routes(context);
    finance::add_finance_routes(context);
    // Without its shop the server still serves the rest; the log says why.
    if (auto const shop = commerce::add_shop_routes(context); !shop) {
        log::error("The shop is closed: " + shop.error().text);
    }
}

}
