#include "apps/catalog/pricing/tax.h"

#include "apps/catalog/pricing/shares.h"
#include "core/check.h"

#include <map>

namespace cashline::catalog {

namespace {

constexpr Decimal hundred { 100, 0 };

// One code on one position: the smallest thing that gets a share of a rounded tax.
struct Entry {
    std::size_t position {};
    std::size_t slot {}; // which of the position's codes
    Decimal exact {};
};

class TaxComputation {
public:
    explicit TaxComputation(TaxQuestion const& question) : m_question(question) { }

    Result<TaxResult> run();

private:
    Result<void> prepare();
    Result<std::vector<std::vector<Entry>>> groups() const;
    Result<void> settle(std::vector<Entry> const& group);
    Result<void> sum_up();
    // numerator / denominator, rounded once: sums of shares that do not terminate would miss a tie.
    Result<Amount> round_tax(Decimal const& numerator, Decimal const& denominator) const;
    Result<Amount> tax_of(std::vector<Entry> const& group) const;
    Trace trace_of(std::vector<Entry> const& group, Decimal const& exact, Amount tax) const;
    std::string rounding_text() const;

    TaxQuestion const& m_question;
    std::vector<Entry> m_entries {};
    TaxResult m_result {};
};

Result<Decimal> sum_of_percents(TaxQuestion const& question, std::span<std::size_t const> taxes)
{
    Decimal sum;
    for (auto const index : taxes) {
        sum = TRY(sum.plus(question.rates[index].percent));
    }
    return sum;
}

// Exclusive: amount × r / 100. Inclusive: amount × r / (100 + Σ r of the position's codes).
Result<Decimal> exact_tax(
    TaxQuestion const& question, TaxPosition const& position, Decimal const& percent)
{
    auto const product = TRY(position.amount.to_decimal().without_trailing_zeros().times(percent));
    if (!question.rules.prices_include_tax) {
        return Decimal { product.coefficient(), static_cast<std::uint8_t>(product.scale() + 2) };
    }
    auto const whole = TRY(hundred.plus(TRY(sum_of_percents(question, position.taxes))));
    return product.without_trailing_zeros().divided_by(
        whole.without_trailing_zeros(), 12, Rounding::half_even);
}

Result<void> TaxComputation::prepare()
{
    for (std::size_t i = 0; i < m_question.positions.size(); ++i) {
        auto const& position = m_question.positions[i];
        TaxedPosition taxed { .base = position.amount };
        for (std::size_t slot = 0; slot < position.taxes.size(); ++slot) {
            auto const tax = position.taxes[slot];
            if (tax >= m_question.rates.size()) {
                return invalid(
                    "tax_unknown", "A line names a tax that the document does not list.");
            }
            taxed.taxes.push_back({ .tax = tax });
        }
        m_result.positions.push_back(std::move(taxed));
    }
    for (std::size_t i = 0; i < m_question.positions.size(); ++i) {
        auto const& position = m_question.positions[i];
        for (std::size_t slot = 0; slot < position.taxes.size(); ++slot) {
            auto const& percent = m_question.rates[position.taxes[slot]].percent;
            m_entries.push_back({ i, slot, TRY(exact_tax(m_question, position, percent)) });
        }
    }
    return {};
}

// What is rounded together. Inclusive prices always round a combination at once: the price the
// customer was told must come out again, whatever the codes in it.
Result<std::vector<std::vector<Entry>>> TaxComputation::groups() const
{
    auto const& rules = m_question.rules;
    auto const by_combination =
        rules.prices_include_tax || rules.grouping == TaxGrouping::per_combination;
    auto const by_line = rules.method == TaxMethod::per_line;
    std::map<std::vector<std::size_t>, std::vector<Entry>> found;
    std::vector<std::vector<std::size_t>> order;
    for (auto const& entry : m_entries) {
        auto const& taxes = m_question.positions[entry.position].taxes;
        auto key = by_combination ? taxes : std::vector { taxes[entry.slot] };
        if (by_line) {
            key.insert(key.begin(), entry.position);
        }
        auto& group = found[key];
        if (group.empty()) {
            order.push_back(key);
        }
        group.push_back(entry);
    }
    std::vector<std::vector<Entry>> groups;
    groups.reserve(order.size());
    for (auto const& key : order) {
        groups.push_back(std::move(found[key]));
    }
    return groups;
}

Result<Amount> TaxComputation::round_tax(Decimal const& numerator, Decimal const& denominator) const
{
    auto const& rules = m_question.rules;
    auto const precision = m_question.precision;
    if (!rules.step) {
        return Amount::from(TRY(numerator.divided_by(denominator, precision, rules.rounding)),
            precision, rules.rounding);
    }
    auto const step = rules.step->to_decimal().without_trailing_zeros();
    auto const steps = TRY(numerator.divided_by(TRY(denominator.times(step)), 0, rules.rounding));
    return Amount::from(TRY(steps.times(step)), precision, Rounding::half_away);
}

Result<Amount> TaxComputation::tax_of(std::vector<Entry> const& group) const
{
    Decimal numerator;
    for (auto const& entry : group) {
        auto const& position = m_question.positions[entry.position];
        auto const& percent = m_question.rates[position.taxes[entry.slot]].percent;
        auto const product =
            TRY(position.amount.to_decimal().without_trailing_zeros().times(percent));
        numerator = TRY(numerator.plus(product));
    }
    numerator = numerator.without_trailing_zeros();
    if (!m_question.rules.prices_include_tax) {
        return round_tax(numerator, hundred);
    }
    // All positions of an inclusive group share one combination of codes.
    auto const& taxes = m_question.positions[group.front().position].taxes;
    auto const whole = TRY(hundred.plus(TRY(sum_of_percents(m_question, taxes))));
    return round_tax(numerator, whole.without_trailing_zeros());
}

Result<void> TaxComputation::settle(std::vector<Entry> const& group)
{
    Decimal exact;
    std::vector<Decimal> shares;
    for (auto const& entry : group) {
        exact = TRY(exact.plus(entry.exact));
        shares.push_back(entry.exact);
    }
    auto const tax = TRY(tax_of(group));
    auto const parts = TRY(share_total(tax, shares, m_question.precision));
    for (std::size_t i = 0; i < group.size(); ++i) {
        auto& position = m_result.positions[group[i].position];
        position.taxes[group[i].slot].amount = parts[i];
        position.tax = TRY(position.tax.plus(parts[i]));
    }
    m_result.trace.push_back(trace_of(group, exact, tax));
    return {};
}

std::string TaxComputation::rounding_text() const
{
    auto const& rules = m_question.rules;
    std::string text { name_of(rules.rounding) };
    text +=
        rules.step ? " to " + rules.step->to_string(2) : " " + std::to_string(m_question.precision);
    return text;
}

Trace TaxComputation::trace_of(
    std::vector<Entry> const& group, Decimal const& exact, Amount tax) const
{
    auto const by_line = m_question.rules.method == TaxMethod::per_line;
    Trace trace { .rule = by_line ? "tax_of_line" : "tax_of_document",
        .exact = exact,
        .rounding = rounding_text(),
        .result = tax };
    for (auto const& entry : group) {
        auto const& position = m_question.positions[entry.position];
        auto const& rate = m_question.rates[position.taxes[entry.slot]];
        trace.label = trace.label.empty() || trace.label == rate.code ? rate.code : trace.label;
        trace.rate = rate.percent;
        trace.parts.push_back({ .rule = "tax_share",
            .label = position.label,
            .base = position.amount.to_decimal(),
            .rate = rate.percent,
            .exact = entry.exact,
            .rounding = "largest remainder",
            .result = m_result.positions[entry.position].taxes[entry.slot].amount });
    }
    return trace;
}

Result<void> TaxComputation::sum_up()
{
    for (auto const& rate : m_question.rates) {
        m_result.taxes.push_back({ .rate = rate });
    }
    for (auto& position : m_result.positions) {
        if (m_question.rules.prices_include_tax) {
            position.base = TRY(position.base.minus(position.tax));
        }
        for (auto const& tax : position.taxes) {
            auto& row = m_result.taxes[tax.tax];
            row.amount = TRY(row.amount.plus(tax.amount));
            row.base = TRY(row.base.plus(position.base));
        }
        m_result.tax = TRY(m_result.tax.plus(position.tax));
    }
    return {};
}

Result<TaxResult> TaxComputation::run()
{
    if (m_question.rules.step && m_question.rules.step->ten_thousandths <= 0) {
        return invalid("tax_step_invalid", "The rounding step of a tax must be greater than zero.");
    }
    TRY(prepare());
    for (auto const& group : TRY(groups())) {
        TRY(settle(group));
    }
    TRY(sum_up());
    Amount of_codes;
    for (auto const& row : m_result.taxes) {
        of_codes = TRY(of_codes.plus(row.amount));
    }
    CHECK(of_codes == m_result.tax);
    return std::move(m_result);
}

}

Result<TaxResult> compute_tax(TaxQuestion const& question)
{
    return TaxComputation(question).run();
}

Result<Amount> without_tax(
    TaxQuestion const& question, Amount amount, std::span<std::size_t const> taxes)
{
    auto const whole = TRY(hundred.plus(TRY(sum_of_percents(question, taxes))));
    auto const product = TRY(amount.to_decimal().times(hundred));
    return Amount::from(TRY(product.divided_by(whole.without_trailing_zeros(), question.precision,
                            Rounding::half_away)),
        question.precision, Rounding::half_away);
}

std::string_view name_of(Rounding rounding)
{
    switch (rounding) {
    case Rounding::half_away:
        return "half_away";
    case Rounding::half_even:
        return "half_even";
    case Rounding::down:
        return "down";
    case Rounding::up:
        return "up";
    case Rounding::floor:
        return "floor";
    case Rounding::ceiling:
        return "ceiling";
    }
    return "";
}

}
