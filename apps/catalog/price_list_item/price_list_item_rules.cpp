#include "apps/catalog/price_list_item/price_list_item_rules.h"

#include "apps/catalog/price_list/price_list_table.h"
#include "apps/catalog/price_list_item/price_list_item_table.h"
#include "apps/catalog/product/product_table.h"

namespace cashline::catalog {

Result<void> complete_price_list_item(Unit& unit, Change& change)
{
    auto elevated = unit.elevated();
    auto const now = change.after();
    auto const list = now.get(price_list_item::price_list);
    auto const item = now.get(price_list_item::product);
    if (!list) {
        return invalid(
            "MissingPriceLevelId", "A price belongs to a price list: name it.", "pricelevelid");
    }
    auto const list_row =
        TRY(elevated.retrieve(price_list::table, list->id, { price_list::currency }));
    change.values.set(price_list_item::currency, list_row.get(price_list::currency));
    if (item) {
        auto const row = TRY(elevated.retrieve(
            product::table, item->id, { product::default_unit, product::unit_group }));
        if (now.is_null(price_list_item::unit)) {
            change.values.set(price_list_item::unit, row.get(product::default_unit));
        }
        change.values.set(price_list_item::unit_group, row.get(product::unit_group));
    }
    if (now.get(price_list_item::amount).value_or(Amount {}).is_negative()) {
        return invalid("InvalidArgument", "A price is zero or more.", "amount");
    }
    return {};
}

}
