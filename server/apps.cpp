#include "server/apps.h"

#include "apps/activities/api.h"
#include "apps/catalog/api.h"
#include "apps/collaboration/api.h"
#include "apps/commerce/api.h"
#include "apps/finance/api.h"
#include "apps/insights/api.h"
#include "apps/integration/api.h"
#include "apps/parties/api.h"
#include "apps/sales/api.h"
#include "platform/platform_app.h"
#include "platform/web_api/odata/platform_messages.h"
#include "platform/web_api/workspace/workspace_messages.h"
#include "server/demo_sign_in.h"

namespace cashline {

std::vector<std::function<void(Registry&)>> all_apps()
{
    return { register_platform, odata::register_platform_messages,
        workspace::register_workspace_messages, parties::register_parties,
        activities::register_activities, catalog::register_catalog, sales::register_sales,
        finance::register_finance, commerce::register_commerce,
        collaboration::register_collaboration, insights::register_insights,
        integration::register_integration, server::register_demo_sign_in };
}

}
