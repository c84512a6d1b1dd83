#include "apps/integration/agreements/agreed_prices.h"
#include "apps/integration/api.h"
#include "apps/integration/map/customers_of_deals.h"
#include "apps/integration/map/maps_screen.h"
#include "apps/integration/map/sync.h"
#include "core/check.h"

namespace cashline::integration {

void register_integration(Registry& registry)
{
    auto const schema = Schema::load(shipped_definitions());
    auto const maps =
        schema ? load_maps(**schema) : Result<std::vector<Map>>(std::unexpected(schema.error()));
    CHECK(maps.has_value()); // tools/schemac has checked the definitions.
    // Customers first: quotes and orders name them.
    register_customers_of_deals(registry, *maps);
    for (auto const& map : *maps) {
        register_map(registry, map);
    }
    registry.after_message<sales::WinOpportunity>(keep_agreed_prices);
    register_maps_screen(registry);
}

}
