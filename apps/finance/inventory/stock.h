// Goods in warehouses: picking, issue at moving average cost, adjustment. On-hand rows and
// movements change together.
#pragma once

#include "apps/finance/inventory/inventory_movement_table.h"
#include "apps/finance/setup/books.h"
#include "platform/pipeline/registry.h"

namespace cashline::finance {

struct StockPlace {
    std::string item {};
    std::string warehouse {};
};

struct Movement {
    InventoryMovementMovementType type {};
    Date date {};
    Decimal quantity {}; // change of what is there
    Decimal picked {}; // change of what is picked
    Amount cost {}; // change of value
    std::string order_number {};
    std::optional<Id> voucher {};
    std::string text {};
};

// Nothing when the item was never in that place.
Result<std::optional<Row>> find_on_hand(Reader&, std::string_view company, StockPlace const&);
// What can still be picked there.
Result<Decimal> available(Reader&, std::string_view company, StockPlace const&);

// Changes the on-hand row and writes the movement. "not_enough_on_hand" when less than nothing
// would be there, unless the company allows that.
Result<void> move_stock(Unit&, Books const&, StockPlace const&, Movement const&);
// What taking `quantity` out costs now: its share of the value, all of it with the last piece.
Result<Amount> issue_cost(Unit&, Books const&, StockPlace const&, Decimal const& quantity);

// cl_AdjustInventory: goods found, lost or brought in.
struct AdjustInventory {
    static constexpr char const* name = "cl_AdjustInventory";
    using Reply = NoReply;

    std::string item_number {};
    Decimal quantity {}; // negative: goods are gone
    std::optional<Amount> unit_cost {};
    std::optional<std::string> warehouse {};
    std::optional<std::string> company {};
    std::optional<std::string> text {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("ItemNumber", &AdjustInventory::item_number);
        visit("Quantity", &AdjustInventory::quantity);
        visit("UnitCost", &AdjustInventory::unit_cost);
        visit("WarehouseId", &AdjustInventory::warehouse);
        visit("Company", &AdjustInventory::company);
        visit("Text", &AdjustInventory::text);
    }
};
Result<NoReply> adjust_inventory(Unit&, AdjustInventory const&);

}
