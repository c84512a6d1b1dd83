#include "apps/finance/e_invoice/amounts.h"

#include <algorithm>
#include <array>

namespace cashline::finance {

namespace {

using catalog::PricedDocument;
using catalog::PricedLine;

constexpr Decimal one { 1, 0 };

struct LineVAT {
    VATCategory category { VATCategory::not_subject };
    std::optional<Decimal> rate {};
    std::string reason { "Not subject to VAT" };
    std::string reason_code {};
};

class AmountTaking {
public:
    AmountTaking(EInvoice& invoice, PricedDocument const& document)
        : m_invoice(invoice)
        , m_document(document)
    {
    }

    Result<void> run(Amount prepaid);

private:
    Result<LineVAT> vat_of(std::vector<std::size_t> const& taxes) const;
    Result<void> take_line(EInvoiceLine&, PricedLine const&) const;
    Result<void> take_discounts();
    Result<void> take_charges();
    Result<void> add_to_breakdown(LineVAT const&, Amount base, Amount tax);
    Result<void> sum_up(Amount prepaid);
    Amount turned(Amount amount) const
    {
        return m_invoice.is_credit_note() ? amount.negated() : amount;
    }

    EInvoice& m_invoice;
    PricedDocument const& m_document;
};

std::vector<std::size_t> taxes_of(std::vector<catalog::LineTax> const& taxes)
{
    std::vector<std::size_t> indices;
    for (auto const& tax : taxes) {
        indices.push_back(tax.tax);
    }
    return indices;
}

Result<LineVAT> AmountTaking::vat_of(std::vector<std::size_t> const& taxes) const
{
    if (taxes.empty()) {
        return LineVAT {};
    }
    if (taxes.size() > 1) {
        return conflict("e_invoice_several_taxes",
            "A line with several tax codes cannot be sent as an e-invoice. Use one code a line.");
    }
    auto const& rate = m_document.taxes[taxes.front()].rate;
    LineVAT vat { .category = rate.category,
        .rate = rate.percent.without_trailing_zeros(),
        .reason = rate.reason,
        .reason_code = rate.reason_code };
    if (rate.category == VATCategory::standard || rate.category == VATCategory::zero) {
        vat.reason.clear();
        vat.reason_code.clear();
    }
    if (rate.category == VATCategory::not_subject) {
        vat.rate.reset();
    }
    return vat;
}

// With tax in the prices, or without a quantity to speak of, the price is the line's net for its
// quantity: exact, and never negative (BR-27).
void take_price(EInvoiceLine& line, PricedLine const& priced, bool prices_include_tax, Amount net)
{
    line.price = priced.price.without_trailing_zeros();
    line.base_quantity.reset();
    if (priced.price_quantity != one) {
        line.base_quantity = priced.price_quantity.without_trailing_zeros();
    }
    if ((prices_include_tax || priced.price.is_negative()) && !priced.quantity.is_zero()) {
        line.price = net.to_decimal().absolute().without_trailing_zeros();
        line.base_quantity = priced.quantity.absolute().without_trailing_zeros();
        auto const is_opposite = net.is_negative() != line.quantity->is_negative();
        line.quantity = is_opposite ? line.quantity->negated() : *line.quantity;
    }
    line.base_unit = line.base_quantity ? line.unit : "";
}

Result<void> AmountTaking::take_line(EInvoiceLine& line, PricedLine const& priced) const
{
    auto const vat = TRY(vat_of(taxes_of(priced.taxes)));
    line.category = vat.category;
    line.rate = vat.rate;
    auto const quantity = priced.quantity.without_trailing_zeros();
    line.quantity = m_invoice.is_credit_note() ? quantity.negated() : quantity;
    line.net = turned(priced.net);
    line.allowance_charges.clear();
    take_price(line, priced, m_document.prices_include_tax, line.net);
    // What stands between quantity × price and the net is one allowance or charge, to the cent.
    auto const difference = TRY(line.net.minus(TRY(expected_line_net(line))));
    if (!difference.is_zero()) {
        auto const is_charge = !difference.is_negative();
        line.allowance_charges.push_back({ .is_charge = is_charge,
            .amount = is_charge ? difference : difference.negated(),
            .reason = is_charge ? "Surcharge" : "Discount",
            .reason_code = is_charge ? "ABK" : "95" });
    }
    return {};
}

Result<void> AmountTaking::take_discounts()
{
    for (auto const& discount : m_document.discounts) {
        for (auto const& share : discount.shares) {
            auto const vat = TRY(vat_of(share.taxes));
            auto const amount = turned(share.net);
            auto const& reason = discount.label.empty() ? discount.code : discount.label;
            if (!amount.is_zero()) {
                m_invoice.allowance_charges.push_back({ .is_charge = amount.is_negative(),
                    .amount = amount.is_negative() ? amount.negated() : amount,
                    .reason = reason.empty() ? "Discount" : reason,
                    .reason_code = amount.is_negative() ? "" : "95",
                    .category = vat.category,
                    .rate = vat.rate });
            }
        }
    }
    return {};
}

Result<void> AmountTaking::take_charges()
{
    for (auto const& charge : m_document.charges) {
        auto const vat = TRY(vat_of(taxes_of(charge.taxes)));
        auto const amount = turned(charge.net);
        if (amount.is_zero()) {
            continue;
        }
        auto const& reason = charge.label.empty() ? charge.code : charge.label;
        m_invoice.allowance_charges.push_back({ .is_charge = !amount.is_negative(),
            .amount = amount.is_negative() ? amount.negated() : amount,
            .reason = reason.empty() ? "Charge" : reason,
            .category = vat.category,
            .rate = vat.rate });
        TRY(add_to_breakdown(vat, amount, turned(charge.tax)));
    }
    return {};
}

Result<void> AmountTaking::add_to_breakdown(LineVAT const& vat, Amount base, Amount tax)
{
    auto found = std::ranges::find_if(m_invoice.vat, [&](VATBreakdown const& row) {
        return row.category == vat.category && row.rate == vat.rate;
    });
    if (found == m_invoice.vat.end()) {
        m_invoice.vat.push_back({ .category = vat.category,
            .rate = vat.rate,
            .reason = vat.reason,
            .reason_code = vat.reason_code });
        found = std::prev(m_invoice.vat.end());
    }
    found->base = TRY(found->base.plus(base));
    found->amount = TRY(found->amount.plus(tax));
    return {};
}

Result<void> AmountTaking::sum_up(Amount prepaid)
{
    auto& invoice = m_invoice;
    invoice.line_total = turned(m_document.net);
    invoice.allowance_total = {};
    invoice.charge_total = {};
    for (auto const& each : invoice.allowance_charges) {
        auto& total = each.is_charge ? invoice.charge_total : invoice.allowance_total;
        total = TRY(total.plus(each.amount));
    }
    invoice.vat_total = turned(m_document.tax);
    invoice.total_with_vat = turned(m_document.gross);
    invoice.total_without_vat = TRY(invoice.total_with_vat.minus(invoice.vat_total));
    invoice.prepaid = prepaid;
    invoice.payable = TRY(TRY(invoice.total_with_vat.minus(prepaid)).plus(invoice.rounding));
    invoice.prices_include_tax = m_document.prices_include_tax;
    return {};
}

Result<void> AmountTaking::run(Amount prepaid)
{
    if (m_invoice.lines.size() != m_document.lines.size()) {
        return conflict("e_invoice_lines_differ", "Invoice and calculation have different lines.");
    }
    if (m_document.precision > 2) {
        return conflict("e_invoice_precision", "An e-invoice has at most two decimals.");
    }
    m_invoice.allowance_charges.clear();
    m_invoice.vat.clear();
    for (std::size_t i = 0; i < m_invoice.lines.size(); ++i) {
        auto const& priced = m_document.lines[i];
        TRY(take_line(m_invoice.lines[i], priced));
        TRY(add_to_breakdown(
            TRY(vat_of(taxes_of(priced.taxes))), turned(priced.base), turned(priced.tax)));
    }
    TRY(take_discounts());
    TRY(take_charges());
    return sum_up(prepaid);
}

}

bool EInvoice::is_credit_note() const
{
    constexpr std::array<std::string_view, 5> codes { "381", "81", "83", "396", "532" };
    return std::ranges::find(codes, type) != codes.end();
}

Result<Amount> expected_line_net(EInvoiceLine const& line)
{
    auto const quantity = line.quantity.value_or(Decimal {}).without_trailing_zeros();
    auto const product = TRY(quantity.times(line.price.without_trailing_zeros()));
    auto const base = line.base_quantity.value_or(one).without_trailing_zeros();
    auto net = TRY(
        Amount::from(TRY(product.without_trailing_zeros().divided_by(base, 2, Rounding::half_away)),
            2, Rounding::half_away));
    for (auto const& each : line.allowance_charges) {
        net = TRY(each.is_charge ? net.plus(each.amount) : net.minus(each.amount));
    }
    return net;
}

Result<void> take_amounts(
    EInvoice& invoice, catalog::PricedDocument const& document, Amount prepaid)
{
    return AmountTaking(invoice, document).run(prepaid);
}

}
