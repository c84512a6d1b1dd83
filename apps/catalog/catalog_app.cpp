#include "apps/catalog/api.h"
#include "apps/catalog/price_list_item/price_list_item_rules.h"
#include "apps/catalog/price_list_item/price_list_item_table.h"
#include "apps/catalog/product/product_rules.h"
#include "apps/catalog/product/product_table.h"
#include "platform/pipeline/registry.h"

namespace cashline::catalog {

void register_catalog(Registry& registry)
{
    registry.before(Operation::create, product::table, complete_product);
    registry.before_save(price_list_item::table, complete_price_list_item);

    auto const active = static_cast<std::int64_t>(ProductState::active);
    auto const retired = static_cast<std::int64_t>(ProductState::retired);
    auto const draft = static_cast<std::int64_t>(ProductState::draft);
    auto const revised = static_cast<std::int64_t>(ProductState::under_revision);
    registry.transitions(product::state,
        { { draft, active, "Update" }, { active, revised, "Update" }, { revised, active, "Update" },
            { active, retired, "Update" }, { retired, active, "Update" } });
}

}
