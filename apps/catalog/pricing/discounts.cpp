#include "apps/catalog/pricing/discounts.h"

#include "apps/catalog/pricing/shares.h"

#include <algorithm>

namespace cashline::catalog {

namespace {

class Spreading {
public:
    Spreading(DocumentInput const& input, std::span<Amount const> amounts)
        : m_input(input)
        , m_original(amounts)
    {
        m_result.remaining.assign(amounts.begin(), amounts.end());
    }

    Result<DiscountResult> run();

private:
    Result<void> apply(DiscountInput const&);
    Result<std::vector<std::size_t>> eligible_lines(DiscountInput const&) const;
    Result<std::vector<Decimal>> wanted(
        DiscountInput const&, std::vector<std::size_t> const& lines, Amount base) const;
    Result<void> keep_within_lines(DiscountInput const&, std::vector<std::size_t> const& lines,
        std::vector<Decimal>& exact) const;
    Amount base_of(DiscountInput const& discount, std::size_t line) const
    {
        return discount.base == DiscountBase::original ? m_original[line]
                                                       : m_result.remaining[line];
    }

    DocumentInput const& m_input;
    std::span<Amount const> m_original;
    DiscountResult m_result {};
};

Refusal too_large(DiscountInput const& discount)
{
    return invalid("InvalidTotalDiscount",
        "The discount \"" + (discount.label.empty() ? discount.code : discount.label)
            + "\" is larger than the lines it is taken from. Enter a smaller one.");
}

Result<std::vector<std::size_t>> Spreading::eligible_lines(DiscountInput const& discount) const
{
    std::vector<std::size_t> lines;
    for (auto const line : discount.lines) {
        if (line >= m_input.lines.size()) {
            return invalid("discount_line_unknown", "A discount names a line that does not exist.");
        }
    }
    for (std::size_t line = 0; line < m_input.lines.size(); ++line) {
        auto const is_named = discount.lines.empty()
            || std::ranges::find(discount.lines, line) != discount.lines.end();
        if (is_named && !m_input.lines[line].keeps_price) {
            lines.push_back(line);
        }
    }
    return lines;
}

Result<std::vector<Decimal>> Spreading::wanted(
    DiscountInput const& discount, std::vector<std::size_t> const& lines, Amount base) const
{
    std::vector<Decimal> exact;
    for (auto const line : lines) {
        auto const amount = base_of(discount, line).to_decimal().without_trailing_zeros();
        if (discount.percent) {
            auto const product = TRY(amount.times(*discount.percent)).without_trailing_zeros();
            exact.push_back(
                { product.coefficient(), static_cast<std::uint8_t>(product.scale() + 2) });
        } else {
            exact.push_back(TRY(proportion_of(
                discount.amount.round_to(m_input.precision, Rounding::half_away).to_decimal(),
                amount, base.to_decimal())));
        }
    }
    return exact;
}

// No line is taken below nothing, whichever side of zero it stands on.
Result<void> Spreading::keep_within_lines(DiscountInput const& discount,
    std::vector<std::size_t> const& lines, std::vector<Decimal>& exact) const
{
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto const left = m_result.remaining[lines[i]].to_decimal();
        auto const is_too_much = exact[i].sign() == left.sign() || left.is_zero()
            ? exact[i].absolute() > left.absolute()
            : false;
        if (is_too_much && discount.excess == Excess::refuse) {
            return too_large(discount);
        }
        if (is_too_much) {
            exact[i] = left;
        }
    }
    return {};
}

Result<void> Spreading::apply(DiscountInput const& discount)
{
    if (discount.percent
        && (discount.percent->is_negative() || *discount.percent > Decimal { 100, 0 })) {
        return invalid("discount_percent_invalid", "A discount must be between 0 and 100 percent.");
    }
    m_result.shares.emplace_back(m_original.size());
    auto const lines = TRY(eligible_lines(discount));
    Amount base;
    for (auto const line : lines) {
        base = TRY(base.plus(base_of(discount, line)));
    }
    auto const points_away = discount.amount.is_negative() != base.is_negative();
    if (!discount.percent && (base.is_zero() || points_away)) {
        if (!discount.amount.is_zero() && discount.excess == Excess::refuse) {
            return too_large(discount);
        }
        m_result.trace.push_back({ .rule = "document_discount", .label = discount.label });
        return {};
    }

    auto exact = TRY(wanted(discount, lines, base));
    TRY(keep_within_lines(discount, lines, exact));
    Decimal total;
    for (auto const& share : exact) {
        total = TRY(total.plus(share));
    }
    auto const rounded = TRY(Amount::from(total, m_input.precision, Rounding::half_away));
    auto const shares = TRY(share_total(rounded, exact, m_input.precision));

    Trace trace { .rule = "document_discount",
        .label = discount.label.empty() ? discount.code : discount.label,
        .base = base.to_decimal(),
        .rate = discount.percent,
        .exact = total,
        .rounding = "half_away " + std::to_string(m_input.precision),
        .result = rounded };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto& left = m_result.remaining[lines[i]];
        trace.parts.push_back({ .rule = "discount_share",
            .label = m_input.lines[lines[i]].label,
            .base = base_of(discount, lines[i]).to_decimal(),
            .exact = exact[i],
            .rounding = "largest remainder",
            .result = shares[i] });
        left = TRY(left.minus(shares[i]));
        m_result.shares.back()[lines[i]] = shares[i];
    }
    m_result.trace.push_back(std::move(trace));
    return {};
}

Result<DiscountResult> Spreading::run()
{
    for (auto const& discount : m_input.discounts) {
        TRY(apply(discount));
    }
    return std::move(m_result);
}

}

Result<DiscountResult> spread_discounts(DocumentInput const& input, std::span<Amount const> amounts)
{
    return Spreading(input, amounts).run();
}

}
