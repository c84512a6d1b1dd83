#include "apps/integration/map/customers_of_deals.h"

#include "apps/integration/map/sync.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"

#include <algorithm>

namespace cashline::integration {

namespace {

Rule ensure_finance_customer(std::vector<Map> maps, LookupColumn customer)
{
    return [maps = std::move(maps), customer](Unit& unit, Change& change) -> Result<void> {
        auto const* lookup = change.now(customer).as_lookup();
        auto const map = lookup ? std::ranges::find(maps, lookup->table, &Map::sales) : maps.end();
        if (map == maps.end()) {
            return {};
        }
        auto elevated = unit.elevated();
        if (TRY(mode_of(elevated, *map)) != MapMode::live) {
            return {};
        }
        auto const row = TRY(elevated.retrieve(*lookup));
        TRY(send_or_create(elevated, *map, Side::sales, row));
        return {};
    };
}

}

void register_customers_of_deals(Registry& registry, std::vector<Map> const& maps)
{
    std::vector<Map> customers;
    std::ranges::copy_if(maps, std::back_inserter(customers), &Map::only_customers_of_deals);
    registry.after_save(opportunity::table,
        ensure_finance_customer(customers, opportunity::customer), { opportunity::customer });
    registry.after_save(
        quote::table, ensure_finance_customer(customers, quote::customer), { quote::customer });
    registry.after_save(sales_order::table,
        ensure_finance_customer(customers, sales_order::customer), { sales_order::customer });
}

}
