#include "apps/catalog/product/product_table.h"
#include "apps/finance/inventory/stock.h"
#include "apps/finance/pricing/auto_charge_table.h"
#include "apps/finance/product/released_product_table.h"
#include "server/demo/demo_parts.h"

namespace cashline::demo {

namespace {

// What lay in the warehouses before the first order: one season of boards, more of small things.
std::int64_t pieces_of(std::string_view item)
{
    if (item.starts_with("SB-")) {
        return 1'200;
    }
    return item.starts_with("WS-") ? 1'500 : 4'000;
}

Result<void> fill_warehouse(Unit& unit, char const* company, Decimal const& rate)
{
    auto elevated = unit.elevated();
    auto const items = TRY(elevated.query(Query::from(released_product::table)
            .where(released_product::company == company && released_product::is_stocked == true)
            .order_by(released_product::number)));
    for (auto const& item : items) {
        auto const product_cost =
            TRY(elevated.retrieve(*item.get(released_product::product), { product::current_cost }))
                .amount_or_zero(product::current_cost);
        TRY(unit.call(
            finance::AdjustInventory { .item_number = item.text_or(released_product::number),
                .quantity = Decimal::from(pieces_of(item.text_or(released_product::number))),
                .unit_cost = TRY(product_cost.times(rate, 2, Rounding::half_away)),
                .company = company,
                .text = "Opening stock" }));
    }
    return {};
}

Result<void> add_freight(Unit& unit, char const* company, char const* coin, std::int64_t value)
{
    Row row(auto_charge::table, named("finautocharge", std::string(company) + "/FREIGHT"));
    row.set(auto_charge::company, company)
        .set(auto_charge::code, "FREIGHT")
        .set(auto_charge::label, "Freight")
        .set(auto_charge::currency_code, coin)
        .set(auto_charge::value, Decimal::from(value));
    TRY(unit.create(std::move(row)));
    return {};
}

}

Result<void> make_stock(Unit& unit)
{
    TRY(fill_warehouse(unit, "awie", Decimal::from(1)));
    return fill_warehouse(unit, "awus", Decimal { 1'085, 3 });
}

Result<void> make_freight(Unit& unit)
{
    TRY(add_freight(unit, "awie", "EUR", 25));
    return add_freight(unit, "awus", "USD", 30);
}

}
