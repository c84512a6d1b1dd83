#include "apps/finance/invoice/invoice_draft.h"

#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/order/order_charge_table.h"
#include "apps/finance/order/order_discount_table.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/setup/finance_company_table.h"
#include "apps/finance/tax/tax_setup.h"

#include <algorithm>

namespace cashline::finance {

namespace {

namespace header = finance_order;
namespace order_line = finance_order_line;

class Drafting {
public:
    explicit Drafting(OrderWork& work) : m_work(work) { }

    Result<InvoiceDraft> run();

private:
    enum class Part : std::uint8_t { whole_order, one_of_several, last };

    Result<void> take_lines();
    Result<Amount> share_of_line_discount(Row const& line, Decimal const& quantity) const;
    Result<catalog::LineInput> line_input(InvoicedLine const& line);
    Result<void> add_discounts();
    Result<Amount> share_of_discount(GrantedDiscount const& discount, Amount net) const;
    Result<Amount> ordered_net(std::vector<std::size_t> const& places) const;
    Result<void> add_charges();
    Result<std::vector<std::size_t>> taxes_of(std::string const& item_group);
    std::string tax_item_group(Row const& line) const;

    OrderWork& m_work;
    std::vector<Row> m_items {};
    std::optional<TaxSetup> m_taxes {};
    std::string m_default_tax_group {};
    Part m_part { Part::whole_order };
    catalog::DocumentInput m_input {};
    InvoiceDraft m_draft {};
};

Row const* find_item(std::vector<Row> const& items, std::string const& number)
{
    auto const found = std::ranges::find(
        items, number, [](Row const& row) { return row.text_or(released_product::number); });
    return found == items.end() ? nullptr : &*found;
}

// round(discount × done / ordered), so that the parts of all invoices make the whole.
Result<Amount> proportion(
    Amount total, Decimal const& part, Decimal const& whole, std::uint8_t precision)
{
    if (part == whole || whole.is_zero()) {
        return total;
    }
    auto const product =
        TRY(total.to_decimal().without_trailing_zeros().times(part.without_trailing_zeros()));
    return Amount::from(TRY(product.divided_by(whole, precision, Rounding::half_away)), precision,
        Rounding::half_away);
}

Result<Amount> Drafting::share_of_line_discount(Row const& line, Decimal const& quantity) const
{
    auto const quantities = quantities_of(line);
    auto const total = TRY(whole_line_discount(line));
    auto const precision = m_work.currency.precision;
    auto const before = quantities.invoiced.is_zero()
        ? Amount {}
        : TRY(proportion(total, quantities.invoiced, quantities.ordered, precision));
    auto const after = TRY(
        proportion(total, TRY(quantities.invoiced.plus(quantity)), quantities.ordered, precision));
    return after.minus(before);
}

Result<void> Drafting::take_lines()
{
    auto is_whole = true;
    auto is_last = true;
    for (auto const& line : m_work.lines) {
        auto const quantities = quantities_of(line);
        auto const open = TRY(quantities.packed.minus(quantities.invoiced));
        is_whole = is_whole && quantities.invoiced.is_zero() && open == quantities.ordered;
        is_last = is_last && quantities.packed >= quantities.ordered;
        if (open.sign() <= 0) {
            continue;
        }
        auto const* item = find_item(m_items, line.text_or(order_line::item));
        m_draft.lines.push_back({ .line = line,
            .quantity = open,
            .line_discount = TRY(share_of_line_discount(line, open)),
            .cost = TRY(line.amount_or_zero(order_line::packed_cost)
                    .minus(line.amount_or_zero(order_line::invoiced_cost))),
            .item_group = item ? item->text_or(released_product::group) : std::string {} });
    }
    m_part = is_whole ? Part::whole_order : is_last ? Part::last : Part::one_of_several;
    if (m_draft.lines.empty()) {
        return conflict("nothing_to_invoice",
            "Order " + m_work.number() + " has nothing packed to invoice. Pack it first.");
    }
    return {};
}

std::string Drafting::tax_item_group(Row const& line) const
{
    auto const* item = find_item(m_items, line.text_or(order_line::item));
    auto const of_item = item ? item->text_or(released_product::tax_item_group) : std::string {};
    return line.text_or(
        order_line::tax_item_group, of_item.empty() ? m_default_tax_group : of_item);
}

Result<std::vector<std::size_t>> Drafting::taxes_of(std::string const& item_group)
{
    return m_taxes->taxes_of(m_input.taxes, item_group, m_work.unit.today());
}

Result<catalog::LineInput> Drafting::line_input(InvoicedLine const& line)
{
    auto const& row = line.line;
    return catalog::LineInput {
        .label = row.text_or(order_line::item, row.text_or(order_line::description)),
        .quantity = line.quantity,
        .price = row.amount_or_zero(order_line::price).to_decimal(),
        .price_quantity = row.get(order_line::price_quantity).value_or(Decimal::from(1)),
        .line_discount = line.line_discount,
        .taxes = TRY(taxes_of(tax_item_group(row))),
        .price_source = "order " + m_work.number(),
    };
}

Result<Amount> Drafting::ordered_net(std::vector<std::size_t> const& places) const
{
    // The places are those of this invoice; the share is of the same items on the whole order.
    std::vector<Amount> amounts;
    for (auto const& line : m_work.lines) {
        auto const is_touched =
            places.empty() || std::ranges::any_of(places, [&](std::size_t place) {
                return m_draft.lines[place].line.text_or(order_line::item)
                    == line.text_or(order_line::item);
            });
        if (is_touched) {
            amounts.push_back(line.amount_or_zero(order_line::amount));
        }
    }
    return sum(amounts);
}

Result<Amount> Drafting::share_of_discount(GrantedDiscount const& discount, Amount net) const
{
    auto const left = TRY(discount.row.amount_or_zero(order_discount::taken)
            .minus(discount.row.amount_or_zero(order_discount::invoiced)));
    if (m_part == Part::last) {
        return left;
    }
    auto const whole = TRY(ordered_net(discount.input.lines));
    auto const share = TRY(proportion(discount.row.amount_or_zero(order_discount::taken),
        net.to_decimal(), whole.to_decimal(), m_work.currency.precision));
    return std::min(share, left);
}

Result<void> Drafting::add_discounts()
{
    std::vector<Row> lines;
    for (auto const& line : m_draft.lines) {
        lines.push_back(line.line);
    }
    auto const before = TRY(catalog::calculate(m_input));
    m_draft.discounts = TRY(granted_discounts(m_work.unit, m_work.order.id(), lines));
    for (auto& discount : m_draft.discounts) {
        if (!discount.input.percent && m_part != Part::whole_order) {
            Amount net;
            for (std::size_t place = 0; place < before.lines.size(); ++place) {
                auto const& only = discount.input.lines;
                if (only.empty() || std::ranges::find(only, place) != only.end()) {
                    net = TRY(net.plus(before.lines[place].net));
                }
            }
            discount.input.amount = TRY(share_of_discount(discount, net));
        }
        m_input.discounts.push_back(discount.input);
    }
    return {};
}

// A charge goes with the first invoice (finance.md 5).
Result<void> Drafting::add_charges()
{
    m_draft.charges = TRY(m_work.unit.query(Query::from(order_charge::table)
            .where(order_charge::order == m_work.order.id() && order_charge::is_invoiced == false)
            .order_by(order_charge::line_number)));
    for (auto const& charge : m_draft.charges) {
        m_input.charges.push_back({ .code = charge.text_or(order_charge::code),
            .label = charge.text_or(order_charge::label),
            .value = charge.amount_or_zero(order_charge::amount).to_decimal(),
            .taxes =
                TRY(taxes_of(charge.text_or(order_charge::tax_item_group, m_default_tax_group))) });
    }
    return {};
}

Result<InvoiceDraft> Drafting::run()
{
    auto const& settings = m_work.books.settings;
    m_items = TRY(m_work.items());
    m_default_tax_group = settings.text_or(finance_company::tax_item_group);
    auto const group = m_work.order.text_or(
        header::tax_group, m_work.customer.text_or(finance_customer::tax_group));
    m_taxes = TRY(TaxSetup::load(m_work.unit, m_work.books.code, group));
    m_input.currency = m_work.currency.id;
    m_input.precision = m_work.currency.precision;
    auto const method = settings.get(finance_company::tax_method);
    m_input.tax_rules = { .method = method == FinanceCompanyTaxMethod::per_line
            ? catalog::TaxMethod::per_line
            : catalog::TaxMethod::per_document,
        .prices_include_tax = m_work.order.get(header::prices_include_tax)
            .value_or(m_work.customer.get(finance_customer::prices_include_tax).value_or(false)) };
    TRY(take_lines());
    for (auto const& line : m_draft.lines) {
        m_input.lines.push_back(TRY(line_input(line)));
    }
    TRY(add_discounts());
    TRY(add_charges());
    m_draft.priced = TRY(catalog::calculate(m_input));
    return std::move(m_draft);
}

}

Result<InvoiceDraft> draft_invoice(OrderWork& work) { return Drafting(work).run(); }

}
