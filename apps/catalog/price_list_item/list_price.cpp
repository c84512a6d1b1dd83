#include "apps/catalog/api.h"
#include "apps/catalog/price_list_item/price_list_item_table.h"

namespace cashline::catalog {

Result<std::optional<Decimal>> list_price(
    Reader& reader, Id price_list, Id product, std::optional<Id> unit)
{
    auto filter = price_list_item::price_list == price_list && price_list_item::product == product;
    if (unit) {
        filter = std::move(filter) && price_list_item::unit == *unit;
    }
    auto const item = TRY(reader.first(Query::from(price_list_item::table)
            .select({ price_list_item::amount })
            .where(std::move(filter))));
    auto const amount = item ? item->get(price_list_item::amount) : std::nullopt;
    return amount ? std::optional(amount->to_decimal()) : std::nullopt;
}

}
