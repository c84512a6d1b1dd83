#include "apps/catalog/pricing/calculate.h"

#include "apps/catalog/pricing/discounts.h"
#include "apps/catalog/pricing/tax.h"
#include "core/check.h"

#include <algorithm>

namespace cashline::catalog {

namespace {

constexpr Decimal one { 1, 0 };
constexpr Decimal hundred { 100, 0 };

Decimal hundredth(Decimal const& value)
{
    auto const short_value = value.without_trailing_zeros();
    return { short_value.coefficient(), static_cast<std::uint8_t>(short_value.scale() + 2) };
}

class Calculation {
public:
    explicit Calculation(DocumentInput const& input) : m_input(input) { }

    Result<PricedDocument> run();

private:
    Result<void> price_line(LineInput const&);
    Result<Decimal> factor_of(LineInput const&) const;
    Result<Decimal> exact_line_amount(LineInput const&) const;
    Result<void> add_charge(ChargeInput const&);
    Result<Decimal> charge_value(ChargeInput const&, Trace&) const;
    Result<void> apply_tax();
    Result<void> take_line(std::size_t line, TaxedPosition);
    Result<void> take_discounts(TaxQuestion const&);
    Result<void> add_share(
        PricedDiscount&, std::vector<std::size_t> const& taxes, Amount net) const;
    Result<void> sum_up();
    std::string rounding() const { return "half_away " + std::to_string(m_input.precision); }
    Result<Amount> rounded(Decimal const& value) const
    {
        return Amount::from(value, m_input.precision, Rounding::half_away);
    }

    DocumentInput const& m_input;
    std::vector<Amount> m_amounts {}; // per line, after line discounts, as entered
    std::vector<Amount> m_charge_amounts {}; // as entered
    DiscountResult m_discounts {};
    PricedDocument m_document {};
};

Result<Decimal> Calculation::factor_of(LineInput const& line) const
{
    auto factor = one;
    for (auto const& percent : line.percents) {
        if (percent > hundred || percent < hundred.negated()) {
            return invalid("line_percent_invalid", "A line discount must be at most 100 percent.");
        }
        factor = TRY(factor.times(TRY(one.minus(hundredth(percent))))).without_trailing_zeros();
    }
    return factor;
}

// finance.md 4.3, step 4. Multiplied out before the only division, so that the one rounding sees
// the exact value (292.125 is 292.13, not what a rounded unit price makes of it).
Result<Decimal> Calculation::exact_line_amount(LineInput const& line) const
{
    auto const price = TRY(line.price.minus(line.unit_discount)).without_trailing_zeros();
    auto const goods =
        TRY(line.quantity.without_trailing_zeros().times(price)).without_trailing_zeros();
    auto const discounted = TRY(goods.times(TRY(factor_of(line)))).without_trailing_zeros();
    auto const fixed = TRY(line.fixed_charge.minus(line.line_discount)).to_decimal();
    auto const price_quantity = line.price_quantity.without_trailing_zeros();
    if (price_quantity == one) {
        return discounted.plus(fixed.without_trailing_zeros());
    }
    auto const scaled = TRY(fixed.without_trailing_zeros().times(price_quantity));
    return TRY(discounted.plus(scaled))
        .divided_by(price_quantity, m_input.precision, Rounding::half_away);
}

Result<void> Calculation::price_line(LineInput const& line)
{
    if (line.price_quantity.sign() <= 0) {
        return invalid("line_price_quantity_invalid",
            "The number of units a price counts for must be greater than zero.", "pricequantity");
    }
    PricedLine priced { .quantity = line.quantity,
        .price = line.price,
        .price_quantity = line.price_quantity,
        .price_source = line.price_source };
    Trace trace { .rule = "line_amount", .label = line.label, .rounding = rounding() };
    if (line.typed_amount) {
        trace.rule = "line_amount_typed";
        trace.result = line.typed_amount->round_to(m_input.precision, Rounding::half_away);
        priced.list_amount = trace.result;
    } else {
        auto const exact = TRY(exact_line_amount(line));
        auto const list = TRY(exact_line_amount({ .quantity = line.quantity,
            .price = line.price,
            .price_quantity = line.price_quantity,
            .fixed_charge = line.fixed_charge }));
        priced.list_amount = TRY(rounded(list));
        trace.exact = exact;
        trace.result = TRY(rounded(exact));
    }
    priced.line_discount = TRY(priced.list_amount.minus(trace.result));
    trace.parts.push_back(
        { .rule = line.price_source.empty() ? "price" : "price_" + line.price_source,
            .base = line.quantity,
            .rate = line.price,
            .result = priced.list_amount });
    if (!priced.line_discount.is_zero()) {
        trace.parts.push_back({ .rule = "line_discount", .result = priced.line_discount });
    }
    m_amounts.push_back(trace.result);
    m_document.lines.push_back(std::move(priced));
    m_document.trace.parts.push_back(std::move(trace));
    return {};
}

Result<Decimal> Calculation::charge_value(ChargeInput const& charge, Trace& trace) const
{
    if (charge.kind == ChargeKind::fixed) {
        return charge.value;
    }
    Decimal base;
    for (std::size_t line = 0; line < m_input.lines.size(); ++line) {
        if (charge.line && *charge.line != line) {
            continue;
        }
        auto const part = charge.kind == ChargeKind::percent
            ? m_discounts.remaining[line].to_decimal()
            : m_input.lines[line].quantity;
        base = TRY(base.plus(part.without_trailing_zeros()));
    }
    trace.base = base;
    trace.rate = charge.value;
    auto const product = TRY(base.times(charge.value));
    return charge.kind == ChargeKind::percent ? hundredth(product) : product;
}

Result<void> Calculation::add_charge(ChargeInput const& charge)
{
    if (charge.line && *charge.line >= m_input.lines.size()) {
        return invalid("charge_line_unknown", "A charge names a line that does not exist.");
    }
    Trace trace { .rule = "charge",
        .label = charge.label.empty() ? charge.code : charge.label,
        .rounding = rounding() };
    auto const exact = TRY(charge_value(charge, trace));
    auto amount = TRY(rounded(exact));
    trace.exact = exact;
    if (charge.amount_max && amount > *charge.amount_max) {
        amount = *charge.amount_max;
        trace.rule = "charge_limited";
    }
    trace.result = amount;
    m_charge_amounts.push_back(amount);
    m_document.charges.push_back(
        { .code = charge.code, .label = charge.label, .line = charge.line });
    m_document.trace.parts.push_back(std::move(trace));
    return {};
}

Result<void> Calculation::take_line(std::size_t line, TaxedPosition position)
{
    auto& priced = m_document.lines[line];
    priced.base = position.base;
    priced.net = TRY(position.base.plus(priced.document_discount));
    priced.tax = position.tax;
    priced.gross = TRY(position.base.plus(position.tax));
    priced.taxes = std::move(position.taxes);
    return {};
}

Result<void> Calculation::add_share(
    PricedDiscount& discount, std::vector<std::size_t> const& taxes, Amount net) const
{
    auto found = std::ranges::find(discount.shares, taxes, &DiscountShare::taxes);
    if (found == discount.shares.end()) {
        discount.shares.push_back({ .taxes = taxes });
        found = std::prev(discount.shares.end());
    }
    found->net = TRY(found->net.plus(net));
    discount.net = TRY(discount.net.plus(net));
    return {};
}

// The shares of a discount without tax. With exclusive prices they are the entered shares; with
// inclusive ones the tax is taken out share by share, and the line's net is its base plus these
// shares, so nothing is lost.
Result<void> Calculation::take_discounts(TaxQuestion const& question)
{
    for (std::size_t i = 0; i < m_input.discounts.size(); ++i) {
        auto const& entered = m_input.discounts[i];
        PricedDiscount discount {
            .code = entered.code, .label = entered.label, .is_coupon = entered.is_coupon
        };
        for (std::size_t line = 0; line < m_input.lines.size(); ++line) {
            auto const share = m_discounts.shares[i][line];
            if (share.is_zero()) {
                continue;
            }
            auto const& taxes = m_input.lines[line].taxes;
            auto const net =
                m_document.prices_include_tax ? TRY(without_tax(question, share, taxes)) : share;
            TRY(add_share(discount, taxes, net));
            discount.entered = TRY(discount.entered.plus(share));
            auto& on_line = m_document.lines[line].document_discount;
            on_line = TRY(on_line.plus(net));
        }
        m_document.discounts.push_back(std::move(discount));
    }
    return {};
}

Result<void> Calculation::apply_tax()
{
    std::vector<TaxPosition> positions;
    for (std::size_t line = 0; line < m_input.lines.size(); ++line) {
        positions.push_back({ .label = m_input.lines[line].label,
            .amount = m_discounts.remaining[line],
            .taxes = m_input.lines[line].taxes });
    }
    for (std::size_t i = 0; i < m_input.charges.size(); ++i) {
        positions.push_back({ .label = m_input.charges[i].label,
            .amount = m_charge_amounts[i],
            .taxes = m_input.charges[i].taxes });
    }
    TaxQuestion const question { .positions = positions,
        .rates = m_input.taxes,
        .rules = m_input.tax_rules,
        .precision = m_input.precision };
    auto taxed = TRY(compute_tax(question));
    TRY(take_discounts(question));
    for (std::size_t line = 0; line < m_input.lines.size(); ++line) {
        TRY(take_line(line, std::move(taxed.positions[line])));
    }
    for (std::size_t i = 0; i < m_input.charges.size(); ++i) {
        auto& position = taxed.positions[m_input.lines.size() + i];
        m_document.charges[i].net = position.base;
        m_document.charges[i].tax = position.tax;
        m_document.charges[i].taxes = std::move(position.taxes);
    }
    m_document.taxes = std::move(taxed.taxes);
    m_document.tax = taxed.tax;
    std::ranges::move(taxed.trace, std::back_inserter(m_document.trace.parts));
    return {};
}

Result<void> Calculation::sum_up()
{
    Amount parts; // The document once more, from its lines and charges.
    for (auto const& line : m_document.lines) {
        m_document.net = TRY(m_document.net.plus(line.net));
        parts = TRY(parts.plus(line.gross));
    }
    for (auto const& discount : m_document.discounts) {
        m_document.discount = TRY(m_document.discount.plus(discount.net));
    }
    for (auto const& charge : m_document.charges) {
        m_document.charge = TRY(m_document.charge.plus(charge.net));
        parts = TRY(TRY(parts.plus(charge.net)).plus(charge.tax));
    }
    auto const without_charges = TRY(m_document.net.minus(m_document.discount));
    auto const without_tax_total = TRY(without_charges.plus(m_document.charge));
    m_document.gross = TRY(without_tax_total.plus(m_document.tax));
    CHECK(parts == m_document.gross);
    m_document.trace.result = m_document.gross;
    return {};
}

Result<PricedDocument> Calculation::run()
{
    m_document.currency = m_input.currency;
    m_document.precision = m_input.precision;
    m_document.prices_include_tax = m_input.tax_rules.prices_include_tax;
    m_document.trace.rule = "document";

    // 1. Lines.
    for (auto const& line : m_input.lines) {
        TRY(price_line(line));
    }
    // 2. Discounts on the document.
    m_discounts = TRY(spread_discounts(m_input, m_amounts));
    std::ranges::move(m_discounts.trace, std::back_inserter(m_document.trace.parts));
    // 3. Charges.
    for (auto const& charge : m_input.charges) {
        TRY(add_charge(charge));
    }
    // 4. Tax.
    TRY(apply_tax());
    TRY(sum_up());
    return std::move(m_document);
}

}

Result<PricedDocument> calculate(DocumentInput const& input) { return Calculation(input).run(); }

}
