#include "apps/integration/api.h"
#include "apps/integration/map/maps_screen.h"

namespace cashline::integration {

void register_integration(Registry& registry) { register_maps_screen(registry); }

}
