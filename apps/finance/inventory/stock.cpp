#include "apps/finance/inventory/stock.h"

#include "apps/finance/inventory/on_hand_table.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/setup/finance_company_table.h"

namespace cashline::finance {

namespace {

// Locked; made empty when the item was never there.
Result<Row> on_hand_for_update(Unit& unit, Books const& books, StockPlace const& place)
{
    auto const found = TRY(find_on_hand(unit, books.code, place));
    auto const id = found ? found->id()
                          : TRY(unit.create(Row(on_hand::table)
                                    .set(on_hand::company, books.code)
                                    .set(on_hand::item, place.item)
                                    .set(on_hand::warehouse, place.warehouse)
                                    .set(on_hand::quantity, Decimal {})
                                    .set(on_hand::picked, Decimal {})
                                    .set(on_hand::value, Amount {})));
    return unit.retrieve_for_update(on_hand::table, id);
}

Decimal amount_of(Row const& row, DecimalColumn const& column)
{
    return row.get(column).value_or(Decimal {});
}

Result<void> write_movement(
    Unit& unit, Books const& books, StockPlace const& place, Movement const& movement)
{
    namespace columns = inventory_movement;
    Row row(columns::table);
    row.set(columns::company, books.code)
        .set(columns::item, place.item)
        .set(columns::warehouse, place.warehouse)
        .set(columns::movement_type, movement.type)
        .set(columns::date, movement.date)
        .set(columns::quantity, movement.quantity)
        .set(columns::picked, movement.picked)
        .set(columns::cost, movement.cost)
        .set(columns::order_number, movement.order_number)
        .set(columns::text, movement.text);
    if (movement.voucher) {
        row.set(columns::voucher, *movement.voucher);
    }
    TRY(unit.create(std::move(row)));
    return {};
}

Result<Amount> times(Amount cost, Decimal const& quantity, std::uint8_t precision)
{
    return cost.times(quantity.without_trailing_zeros(), precision, Rounding::half_away);
}

}

Result<std::optional<Row>> find_on_hand(
    Reader& reader, std::string_view company, StockPlace const& place)
{
    auto elevated = reader.elevated_reader();
    return elevated.first(Query::from(on_hand::table)
            .where(on_hand::company == company && on_hand::item == place.item
                && on_hand::warehouse == place.warehouse));
}

Result<Decimal> available(Reader& reader, std::string_view company, StockPlace const& place)
{
    auto const row = TRY(find_on_hand(reader, company, place));
    if (!row) {
        return Decimal {};
    }
    return amount_of(*row, on_hand::quantity).minus(amount_of(*row, on_hand::picked));
}

Result<void> move_stock(
    Unit& unit, Books const& books, StockPlace const& place, Movement const& movement)
{
    auto elevated = unit.elevated();
    auto const row = TRY(on_hand_for_update(elevated, books, place));
    auto const quantity = TRY(amount_of(row, on_hand::quantity).plus(movement.quantity));
    auto const picked = TRY(amount_of(row, on_hand::picked).plus(movement.picked));
    auto const left = TRY(quantity.minus(picked));
    auto const may_be_negative =
        books.settings.get(finance_company::negative_stock).value_or(false);
    if (left.is_negative() && !may_be_negative) {
        auto const before =
            TRY(amount_of(row, on_hand::quantity).minus(amount_of(row, on_hand::picked)));
        return conflict("not_enough_on_hand",
            "There are " + before.without_trailing_zeros().to_string() + " of " + place.item
                + " free in warehouse " + place.warehouse + ". Take fewer, or bring goods in.");
    }
    TRY(elevated.update(on_hand::table, row.id(),
        Row(on_hand::table)
            .set(on_hand::quantity, quantity)
            .set(on_hand::picked, picked)
            .set(on_hand::value, TRY(row.amount_or_zero(on_hand::value).plus(movement.cost)))));
    return write_movement(elevated, books, place, movement);
}

Result<Amount> issue_cost(
    Unit& unit, Books const& books, StockPlace const& place, Decimal const& quantity)
{
    auto elevated = unit.elevated();
    auto const row = TRY(on_hand_for_update(elevated, books, place));
    auto const there = amount_of(row, on_hand::quantity);
    auto const value = row.amount_or_zero(on_hand::value);
    if (there == quantity) {
        return value;
    }
    if (there.sign() > 0) {
        auto const exact = TRY(
            value.to_decimal().without_trailing_zeros().times(quantity.without_trailing_zeros()));
        return Amount::from(
            TRY(exact.divided_by(there, books.currency.precision, Rounding::half_away)),
            books.currency.precision, Rounding::half_away);
    }
    // More is sold than was ever brought in: the product's own cost is the best that is known.
    auto const item = TRY(elevated.first(Query::from(released_product::table)
            .select({ released_product::unit_cost })
            .where(released_product::company == books.code
                && released_product::number == place.item)));
    auto const unit_cost = item ? item->amount_or_zero(released_product::unit_cost) : Amount {};
    return times(unit_cost, quantity, books.currency.precision);
}

}
