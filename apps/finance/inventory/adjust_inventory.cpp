#include "apps/finance/inventory/stock.h"
#include "apps/finance/ledger/post_voucher.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/setup/default_company.h"
#include "apps/finance/setup/finance_company_table.h"
#include "apps/finance/setup/warehouse_table.h"

namespace cashline::finance {

namespace {

VoucherLine line_of(PostingRole role, std::string account, Id currency, Amount amount)
{
    VoucherLine line { .role = role, .account = std::move(account), .currency = currency };
    auto const size = amount.is_negative() ? amount.negated() : amount;
    (amount.is_negative() ? line.credit : line.debit) = size;
    (amount.is_negative() ? line.accounting_credit : line.accounting_debit) = size;
    return line;
}

Result<Row> stocked_item(Unit& unit, Books const& books, std::string const& number)
{
    auto item = TRY(unit.first(Query::from(released_product::table)
            .where(released_product::company == books.code && released_product::number == number)));
    if (!item) {
        return missing(
            "item_unknown", "There is no item '" + number + "' in company " + books.code + ".");
    }
    if (!item->get(released_product::is_stocked).value_or(false)) {
        return conflict(
            "item_not_stocked", "Item " + number + " is not kept in stock, so it has no quantity.");
    }
    return std::move(*item);
}

Result<std::string> place_of(Unit& unit, Books const& books, AdjustInventory const& request)
{
    auto code = request.warehouse.value_or(books.settings.text_or(finance_company::warehouse));
    if (!TRY(unit.exists(Query::from(warehouse::table)
                .where(warehouse::company == books.code && warehouse::code == code)))) {
        return missing("warehouse_unknown",
            "There is no warehouse '" + code + "' in company " + books.code + ".");
    }
    return code;
}

Result<Amount> cost_of(
    Unit& unit, Books const& books, AdjustInventory const& request, Row const& item)
{
    if (request.quantity.is_negative()) {
        StockPlace const place { request.item_number, TRY(place_of(unit, books, request)) };
        return TRY(issue_cost(unit, books, place, request.quantity.negated())).negated();
    }
    auto const each = request.unit_cost.value_or(item.amount_or_zero(released_product::unit_cost));
    return each.times(
        request.quantity.without_trailing_zeros(), books.currency.precision, Rounding::half_away);
}

}

Result<NoReply> adjust_inventory(Unit& unit, AdjustInventory const& request)
{
    if (request.quantity.is_zero()) {
        return invalid(
            "InvalidArgument", "Say how many pieces there are more or fewer.", "Quantity");
    }
    auto elevated = unit.elevated();
    auto const books = TRY(books_or_default(elevated, request.company));
    auto const item = TRY(stocked_item(elevated, books, request.item_number));
    StockPlace const place { item.text_or(released_product::number),
        TRY(place_of(elevated, books, request)) };
    Movement movement { .type = InventoryMovementMovementType::adjustment,
        .date = unit.today(),
        .quantity = request.quantity,
        .cost = TRY(cost_of(elevated, books, request, item)),
        .text = request.text.value_or("") };
    // Goods without value move without a voucher.
    if (!movement.cost.is_zero()) {
        auto const accounts = TRY(PostingAccounts::load(elevated, books.code));
        auto const account = [&](PostingRole role) {
            return accounts.account({ .role = role,
                .item = place.item,
                .item_group = item.text_or(released_product::group) });
        };
        auto const currency = books.currency.id;
        Voucher const voucher { .date = movement.date,
            .text = request.text.value_or("Inventory adjustment of " + place.item),
            .lines = { line_of(PostingRole::inventory, TRY(account(PostingRole::inventory)),
                           currency, movement.cost),
                line_of(PostingRole::inventory_adjustment,
                    TRY(account(PostingRole::inventory_adjustment)), currency,
                    movement.cost.negated()) } };
        movement.voucher =
            TRY(post_voucher(elevated, books,
                    { .type = PostingType::inventory, .document = place.item }, voucher))
                .id;
    }
    TRY(move_stock(elevated, books, place, movement));
    return NoReply {};
}

}
