#include "apps/catalog/price_list/price_list_table.h"
#include "apps/catalog/price_list_item/price_list_item_table.h"
#include "apps/catalog/product/product_table.h"
#include "apps/catalog/unit/unit_table.h"
#include "apps/catalog/unit_group/unit_group_table.h"
#include "server/demo/demo_parts.h"

namespace cashline::demo {

namespace {

struct Item {
    char const* number;
    char const* name;
    char const* family;
    std::int64_t price_cents;
    char const* description;
};

// The first board is the one the story is about.
constexpr Item items[] {
    { "SB-100", "Glider surfboard 9'6\"", "boards", 64'900,
        "A long, forgiving board for small summer waves." },
    { "SB-110", "Allround surfboard 7'2\"", "boards", 54'900,
        "The board for rental schools: light, stiff, easy to repair." },
    { "SB-120", "Shortboard 6'1\"", "boards", 59'900, "Fast and loose, for steep waves." },
    { "SB-130", "Foam surfboard 8'0\"", "boards", 34'900, "Soft top for first lessons." },
    { "SB-140", "Travel surfboard 7'0\", split", "boards", 79'900,
        "Two halves, one bag, no oversize fee." },
    { "WS-200", "Wetsuit 4/3 mm", "wetsuits", 18'900, "Back zip, taped seams." },
    { "WS-210", "Wetsuit 3/2 mm", "wetsuits", 14'900, "For spring and autumn." },
    { "WS-220", "Shorty 2 mm", "wetsuits", 8'900, "For warm water." },
    { "AC-300", "Leash 9 ft", "accessories", 2'490, "Double swivel, 7 mm cord." },
    { "AC-310", "Fin set, thruster", "accessories", 5'990, "Three fins, medium." },
    { "AC-320", "Board bag, padded", "accessories", 7'990, "Up to 7'6\"." },
    { "AC-330", "Wax, cold water, box of 24", "accessories", 3'360, "Twenty-four bars." },
    { "AC-340", "Roof rack pads", "accessories", 2'990, "Pair." },
    { "SV-400", "Board care workshop", "services", 24'000,
        "Half a day at your site, up to twelve people." },
};

Result<void> make_units_of_measure(Unit& unit)
{
    Row group(unit_group::table, named("uomschedule", "default"));
    group.set(unit_group::name, "Default unit").set(unit_group::base_unit_name, "Piece");
    TRY(unit.create(std::move(group)));
    Row piece(unit::table, named("uom", "piece"));
    piece.set(unit::name, "Piece")
        .set(unit::unit_group, named("uomschedule", "default"))
        .set(unit::quantity, Decimal::from(1).rounded(5, Rounding::half_away))
        .set(unit::is_base, true);
    TRY(unit.create(std::move(piece)));
    return {};
}

Result<void> make_family(Unit& unit, char const* name, char const* label)
{
    Row row(product::table, named("product", name));
    row.set(product::name, label)
        .set(product::number, std::string("FAM-") + name)
        .set(product::structure, ProductStructure::product_family)
        .set(product::default_unit, named("uom", "piece"))
        .set(product::currency, named("transactioncurrency", "EUR"))
        .set(product::state, ProductState::active);
    TRY(unit.create(std::move(row)));
    return {};
}

Result<void> make_price(Unit& unit, char const* list, Item const& item, Amount price)
{
    Row row(
        price_list_item::table, named("productpricelevel", std::string(list) + "/" + item.number));
    row.set(price_list_item::price_list, named("pricelevel", list))
        .set(price_list_item::product, named("product", item.number))
        .set(price_list_item::amount, price);
    TRY(unit.create(std::move(row)));
    return {};
}

Result<void> make_product(Unit& unit, Item const& item)
{
    Amount const price { item.price_cents * 100 };
    auto const is_service = std::string_view(item.family) == "services";
    auto const cost = TRY(price.times(Decimal { 55, 2 }, 2, Rounding::half_away));
    Row row(product::table, named("product", item.number));
    row.set(product::name, item.name)
        .set(product::number, item.number)
        .set(product::description, item.description)
        .set(product::structure, ProductStructure::product)
        .set(product::product_type,
            is_service ? ProductProductType::services : ProductProductType::sales_inventory)
        .set(product::is_stocked, !is_service)
        .set(product::family, named("product", item.family))
        .set(product::default_unit, named("uom", "piece"))
        .set(product::default_price_list, named("pricelevel", "europe"))
        .set(product::currency, named("transactioncurrency", "EUR"))
        .set(product::list_price, price)
        .set(product::standard_cost, cost)
        .set(product::current_cost, cost)
        .set(product::state, ProductState::active);
    TRY(unit.create(std::move(row)));
    TRY(make_price(unit, "europe", item, price));
    // Partners buy eight per cent below the list; America pays in dollars.
    TRY(make_price(
        unit, "partners", item, TRY(price.times(Decimal { 92, 2 }, 2, Rounding::half_away))));
    return make_price(
        unit, "america", item, TRY(price.times(Decimal { 115, 2 }, 2, Rounding::half_away)));
}

Result<void> make_price_list(Unit& unit, char const* name, char const* label, char const* coin)
{
    Row row(price_list::table, named("pricelevel", name));
    row.set(price_list::name, label).set(price_list::currency, named("transactioncurrency", coin));
    TRY(unit.create(std::move(row)));
    return {};
}

}

Result<void> make_catalog(Unit& unit)
{
    TRY(make_units_of_measure(unit));
    TRY(make_price_list(unit, "europe", "Europe list", "EUR"));
    TRY(make_price_list(unit, "partners", "Partners Europe", "EUR"));
    TRY(make_price_list(unit, "america", "America list", "USD"));
    TRY(make_family(unit, "boards", "Surfboards"));
    TRY(make_family(unit, "wetsuits", "Wetsuits"));
    TRY(make_family(unit, "accessories", "Accessories"));
    TRY(make_family(unit, "services", "Services"));
    for (auto const& item : items) {
        TRY(make_product(unit, item));
    }
    return {};
}

}
