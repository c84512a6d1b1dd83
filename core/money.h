// Money. An Amount is an int64 of ten-thousandths of a currency unit, as every database column
// stores it (exactly Dataverse's range, ±922,337,203,685,477.5807). The currency stands beside it
// in the row; Money joins the two where sums of several documents meet. Rounding to a currency's
// precision happens at named steps through `round_to`, splitting through `allocate`, which never
// loses a unit.
#pragma once

#include "core/decimal.h"
#include "core/id.h"

#include <span>
#include <vector>

namespace cashline {

struct Amount {
    static constexpr std::uint8_t scale = 4;

    std::int64_t ten_thousandths {};

    // At most four decimals ("-12.3400"); refuses more digits than it can hold.
    static std::optional<Amount> parse(std::string_view text);
    static Amount from_units(std::int64_t units) { return { units * 10'000 }; }
    // Rounds to `precision` decimals (0 to 4) of the currency.
    static Result<Amount> from(Decimal const&, std::uint8_t precision, Rounding);

    Decimal to_decimal() const { return Decimal::from_scaled(ten_thousandths, scale); }
    std::string to_string(std::uint8_t decimals = 4) const; // "12.3400"; shortens only zeros
    bool is_zero() const { return ten_thousandths == 0; }
    bool is_negative() const { return ten_thousandths < 0; }
    Amount negated() const { return { -ten_thousandths }; }

    Result<Amount> plus(Amount) const; // "amount_overflow"
    Result<Amount> minus(Amount) const;
    // amount × factor, rounded to `precision` decimals.
    Result<Amount> times(Decimal const& factor, std::uint8_t precision, Rounding) const;
    Amount round_to(std::uint8_t precision, Rounding) const;

    auto operator<=>(Amount const&) const = default;
};

// Splits `total` in proportion to `weights` (not all zero) so that the parts add up to it exactly,
// each rounded to `precision`; left-over units go to the largest remainders, earlier positions
// first.
Result<std::vector<Amount>> allocate(
    Amount total, std::span<Decimal const> weights, std::uint8_t precision);

// Rounds exact values, such as the tax of each line, so that they add up to `total`, their rounded
// sum: only the spare steps are handed out, so a value that needs no rounding stays as it is.
// Refused
// ("shares_do_not_match_total") when more than rounding lies between them.
Result<std::vector<Amount>> round_together(
    Amount total, std::span<Decimal const> exact, std::uint8_t precision);

// Exact sum of any number of amounts; refused when the result does not fit.
Result<Amount> sum(std::span<Amount const>);

struct Money {
    Amount amount {};
    Id currency {};

    Result<Money> plus(Money const&) const; // "currency_mismatch" between currencies
    Result<Money> minus(Money const&) const;
    bool operator==(Money const&) const = default;
};

}
