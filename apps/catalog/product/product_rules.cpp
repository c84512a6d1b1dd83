#include "apps/catalog/product/product_rules.h"

#include "apps/catalog/product/product_table.h"
#include "apps/catalog/unit/unit_table.h"

namespace cashline::catalog {

Result<void> complete_product(Unit& unit, Change& change)
{
    auto& values = change.values;
    if (values.is_null(product::unit_group)) {
        if (auto const own = values.get(product::default_unit)) {
            auto elevated = unit.elevated();
            auto const row = TRY(elevated.retrieve(unit::table, own->id, { unit::unit_group }));
            values.set(product::unit_group, row.get(unit::unit_group));
        }
    }
    if (values.is_null(product::quantity_decimals)) {
        values.set(product::quantity_decimals, 0);
    }
    return {};
}

}
