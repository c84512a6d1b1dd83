#include "server/routes.h"

namespace cashline::server {

// In the order of the apps; each is a function of its api.h that takes the context.
void add_app_routes(WebContext&) { }

}
