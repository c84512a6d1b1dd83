#include "apps/catalog/pricing/shares.h"

#include <algorithm>
#include <numeric>

namespace cashline::catalog {

namespace {

struct Part {
    std::size_t position {};
    std::int64_t units {};
    Decimal remainder {};
};

Result<std::vector<Part>> floors(
    std::span<Decimal const> exact, bool is_negative, std::uint8_t precision)
{
    std::vector<Part> parts;
    for (std::size_t i = 0; i < exact.size(); ++i) {
        if (exact[i].is_zero()) {
            continue;
        }
        auto const share = is_negative ? exact[i].negated() : exact[i];
        auto const floor = share.rounded(precision, Rounding::floor);
        parts.push_back({ .position = i,
            .units = TRY(floor.to_scaled(precision)),
            .remainder = TRY(share.minus(floor)) });
    }
    return parts;
}

std::int64_t unit_size(std::uint8_t precision)
{
    std::int64_t size = 1;
    for (auto digits = precision; digits < Amount::scale; ++digits) {
        size *= 10;
    }
    return size;
}

}

Result<std::vector<Amount>> share_total(
    Amount total, std::span<Decimal const> exact, std::uint8_t precision)
{
    // A credit note must mirror its invoice to the cent, so a negative total is shared as its
    // positive twin.
    auto const is_negative = total.is_negative();
    auto parts = TRY(floors(exact, is_negative, precision));
    if (parts.empty()) {
        if (!total.is_zero()) {
            return invalid(
                "nothing_to_share", "There is no line to carry an amount of the document.");
        }
        return std::vector<Amount>(exact.size());
    }

    auto const unit = unit_size(precision);
    auto left = (is_negative ? -total.ten_thousandths : total.ten_thousandths) / unit;
    for (auto const& part : parts) {
        left -= part.units;
    }
    std::ranges::stable_sort(parts, std::ranges::greater {}, &Part::remainder);

    // Rounding steps above one unit (0.05, 1.00) can leave more units than parts: everyone gets the
    // same number, then the largest remainders one more.
    auto const count = static_cast<std::int64_t>(parts.size());
    auto each = left / count;
    if (left % count < 0) {
        --each;
    }
    auto extra = left - each * count;
    std::vector<Amount> amounts(exact.size());
    for (auto const& part : parts) {
        auto const units = part.units + each + (extra > 0 ? 1 : 0);
        extra -= extra > 0 ? 1 : 0;
        amounts[part.position] = Amount { (is_negative ? -units : units) * unit };
    }
    return amounts;
}

Result<Decimal> proportion_of(Decimal const& total, Decimal const& part, Decimal const& whole)
{
    auto const product = TRY(total.times(part));
    return product.without_trailing_zeros().divided_by(
        whole.without_trailing_zeros(), 12, Rounding::half_even);
}

}
