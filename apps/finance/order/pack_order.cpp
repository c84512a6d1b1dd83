#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/inventory/stock.h"
#include "apps/finance/ledger/post_voucher.h"
#include "apps/finance/ledger/posting_plan.h"
#include "apps/finance/order/order_steps.h"
#include "apps/finance/order/write_document.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/workspace/fulfilment.h"

#include <algorithm>

namespace cashline::finance {

namespace {

namespace order_line = finance_order_line;

struct Packed {
    Row line {};
    Decimal quantity {};
    Amount cost {};
    std::string item_group {};
    bool is_stocked {};
};

class Packing {
public:
    explicit Packing(OrderWork& work) : m_work(work) { }

    Result<void> run(std::string const& tracking_number);

private:
    Result<void> take(Row const& line, std::vector<Row> const& items);
    Result<std::optional<PostedVoucher>> post_cost(std::string const& number);
    Result<CostPosting> cost_posting(PostingAccounts const&, Packed const&) const;
    Result<void> write_lines(std::optional<Id> voucher);

    OrderWork& m_work;
    std::vector<Packed> m_packed {};
};

// What is picked and not yet packed leaves the warehouse.
Result<void> Packing::take(Row const& line, std::vector<Row> const& items)
{
    auto const quantities = quantities_of(line);
    auto const open = TRY(quantities.picked.minus(quantities.packed));
    if (open.sign() <= 0) {
        return {};
    }
    Packed packed { .line = line, .quantity = open };
    auto const number = line.text_or(order_line::item);
    auto const item = std::ranges::find(
        items, number, [](Row const& row) { return row.text_or(released_product::number); });
    if (item != items.end() && item->get(released_product::is_stocked).value_or(false)) {
        packed.is_stocked = true;
        packed.item_group = item->text_or(released_product::group);
        StockPlace const place { number, m_work.warehouse_of(line) };
        packed.cost = TRY(issue_cost(m_work.unit, m_work.books, place, open));
    }
    m_packed.push_back(std::move(packed));
    return {};
}

Result<CostPosting> Packing::cost_posting(
    PostingAccounts const& accounts, Packed const& packed) const
{
    auto const account = [&](PostingRole role) {
        return accounts.account({ .role = role,
            .item = packed.line.text_or(order_line::item),
            .item_group = packed.item_group,
            .customer = m_work.customer.text_or(finance_customer::account),
            .customer_group = m_work.customer.text_or(finance_customer::group) });
    };
    return CostPosting { .cost = packed.cost,
        .cogs_delivered_account = TRY(account(PostingRole::cogs_delivered)),
        .units_delivered_account = TRY(account(PostingRole::units_delivered)) };
}

Result<std::optional<PostedVoucher>> Packing::post_cost(std::string const& number)
{
    auto const accounts = TRY(PostingAccounts::load(m_work.unit, m_work.books.code));
    std::vector<CostPosting> costs;
    for (auto const& packed : m_packed) {
        if (!packed.cost.is_zero()) {
            costs.push_back(TRY(cost_posting(accounts, packed)));
        }
    }
    if (costs.empty()) {
        return std::optional<PostedVoucher> {};
    }
    auto const voucher = TRY(plan_packing_slip(m_work.unit.today(),
        "Packing slip " + number + " of order " + m_work.number(), m_work.books.currency.id,
        costs));
    return std::optional(TRY(post_voucher(m_work.unit, m_work.books,
        { .type = PostingType::packing_slip, .document = number }, voucher)));
}

Result<void> Packing::write_lines(std::optional<Id> voucher)
{
    for (auto const& packed : m_packed) {
        auto const& line = packed.line;
        if (packed.is_stocked) {
            TRY(move_stock(m_work.unit, m_work.books,
                { line.text_or(order_line::item), m_work.warehouse_of(line) },
                { .type = InventoryMovementMovementType::issue,
                    .date = m_work.unit.today(),
                    .quantity = packed.quantity.negated(),
                    .picked = packed.quantity.negated(),
                    .cost = packed.cost.negated(),
                    .order_number = m_work.number(),
                    .voucher = voucher }));
        }
        TRY(m_work.unit.update(order_line::table, line.id(),
            Row(order_line::table)
                .set(order_line::packed, TRY(quantities_of(line).packed.plus(packed.quantity)))
                .set(order_line::packed_cost,
                    TRY(line.amount_or_zero(order_line::packed_cost).plus(packed.cost)))));
    }
    return {};
}

Result<void> Packing::run(std::string const& tracking_number)
{
    auto const items = TRY(m_work.items());
    for (auto const& line : m_work.lines) {
        TRY(take(line, items));
    }
    if (m_packed.empty()) {
        return conflict("nothing_to_pack",
            "Order " + m_work.number() + " has nothing picked to pack. Pick it first.");
    }
    NewDocument slip { .type = OrderDocumentDocumentType::packing_slip,
        .tracking_number = tracking_number };
    slip.number = TRY(next_document_number(m_work, slip.type));
    for (auto const& packed : m_packed) {
        slip.lines.push_back(
            { .line = packed.line, .quantity = packed.quantity, .cost = packed.cost });
    }
    auto const posted = TRY(post_cost(slip.number));
    slip.voucher = posted ? std::optional(posted->id) : std::nullopt;
    TRY(write_lines(slip.voucher));
    TRY(write_document(m_work, slip));
    return {};
}

}

Result<DocumentReply> pack_order(Unit& unit, PackOrder const& request)
{
    auto work = TRY(OrderWork::load(unit, request.order));
    TRY(work.must_be_confirmed());
    TRY(Packing(work).run(request.tracking_number.value_or("")));
    TRY(work.update_status(FinanceOrderDocumentStatus::packing_slip));
    return DocumentReply { TRY(fulfilment_order(unit, request.order)) };
}

}
