#include "apps/finance/inventory/stock.h"
#include "apps/finance/order/order_steps.h"
#include "apps/finance/order/write_document.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/workspace/fulfilment.h"

#include <algorithm>
#include <map>

namespace cashline::finance {

namespace {

namespace order_line = finance_order_line;

using Wanted = std::map<Id, Decimal>;

Refusal bad_lines(std::string text) { return invalid("InvalidArgument", std::move(text), "Lines"); }

Result<Decimal> quantity_asked(json::Value const& entry)
{
    auto const* value = entry.find("Quantity");
    auto const quantity = value && value->as_number() ? std::optional(*value->as_number())
        : value && value->as_string()                 ? Decimal::parse(*value->as_string())
                                                      : std::nullopt;
    if (!quantity || quantity->is_negative()) {
        return bad_lines("Each line to pick has a Quantity that is not below zero.");
    }
    return *quantity;
}

// [{LineId, Quantity}]; a line named twice adds up.
Result<Wanted> quantities_asked(json::Value const& lines)
{
    if (!lines.is_array()) {
        return bad_lines("Lines is a list of {LineId, Quantity}.");
    }
    Wanted wanted;
    for (auto const& entry : *lines.as_array()) {
        auto const id = Id::parse(entry.text("LineId"));
        if (!id) {
            return bad_lines("Each line to pick has a LineId.");
        }
        wanted[*id] = TRY(wanted[*id].plus(TRY(quantity_asked(entry))));
    }
    return wanted;
}

Result<Wanted> everything_open(OrderWork const& work)
{
    Wanted wanted;
    for (auto const& line : work.lines) {
        auto const quantities = quantities_of(line);
        wanted[line.id()] = TRY(quantities.ordered.minus(quantities.picked));
    }
    return wanted;
}

Result<void> lines_must_belong(OrderWork const& work, Wanted const& wanted)
{
    for (auto const& [id, quantity] : wanted) {
        auto const is_line = [&](Row const& line) { return line.id() == id; };
        if (std::ranges::none_of(work.lines, is_line)) {
            return bad_lines("Line " + id.to_string() + " is not on order " + work.number() + ".");
        }
    }
    return {};
}

bool is_stocked(std::vector<Row> const& items, std::string const& number)
{
    auto const found = std::ranges::find(
        items, number, [](Row const& row) { return row.text_or(released_product::number); });
    return found != items.end() && found->get(released_product::is_stocked).value_or(false);
}

Result<void> pick_line(
    OrderWork& work, Row const& line, Decimal const& quantity, std::vector<Row> const& items)
{
    auto const quantities = quantities_of(line);
    auto const picked = TRY(quantities.picked.plus(quantity));
    if (picked > quantities.ordered) {
        return conflict("picked_more_than_ordered",
            "Line " + line.text_or(order_line::item, line.text_or(order_line::description))
                + " has "
                + TRY(quantities.ordered.minus(quantities.picked))
                    .without_trailing_zeros()
                    .to_string()
                + " left to pick. Pick no more than that.");
    }
    auto const item = line.text_or(order_line::item);
    if (is_stocked(items, item)) {
        TRY(move_stock(work.unit, work.books, { item, work.warehouse_of(line) },
            { .type = InventoryMovementMovementType::pick,
                .date = work.unit.today(),
                .picked = quantity,
                .order_number = work.number() }));
    }
    return work.unit.update(
        order_line::table, line.id(), Row(order_line::table).set(order_line::picked, picked));
}

}

Result<DocumentReply> pick_order(Unit& unit, PickOrder const& request)
{
    // 1. Goods leave the shelf for confirmed orders only.
    auto work = TRY(OrderWork::load(unit, request.order));
    TRY(work.must_be_confirmed());
    auto const wanted =
        request.lines ? TRY(quantities_asked(*request.lines)) : TRY(everything_open(work));
    TRY(lines_must_belong(work, wanted));
    // 2. Never more than ordered, never more than is there.
    auto const items = TRY(work.items());
    NewDocument list { .type = OrderDocumentDocumentType::picking_list };
    for (auto const& line : work.lines) {
        auto const found = wanted.find(line.id());
        if (found == wanted.end() || found->second.is_zero()) {
            continue;
        }
        TRY(pick_line(work, line, found->second, items));
        list.lines.push_back({ .line = line, .quantity = found->second });
    }
    if (list.lines.empty()) {
        return conflict("nothing_to_pick",
            "Order " + work.number() + " has nothing to pick with these quantities.");
    }
    // 3. The picking list, and the status that follows.
    TRY(write_document(work, list));
    TRY(work.update_status(FinanceOrderDocumentStatus::picking_list));
    return DocumentReply { TRY(fulfilment_order(unit, request.order)) };
}

}
