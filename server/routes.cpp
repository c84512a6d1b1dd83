#include "server/routes.h"

#include "apps/activities/api.h"

namespace cashline::server {

// In the order of the apps; each is a function of its api.h that takes the context.
void add_app_routes(WebContext& context) { activities::add_activity_routes(context); }

}
