// Random decimals for the laws: mostly of everyday size, sometimes as wide as they come.
#pragma once

#include "core/decimal.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <ostream>

namespace cashline {

inline void showValue(Decimal const& value, std::ostream& out) { out << value.to_string(); }

}

namespace rc {

template<>
struct Arbitrary<cashline::Decimal> {
    static Gen<cashline::Decimal> arbitrary()
    {
        auto const make = [](std::int64_t high, std::int64_t low, int scale) {
            auto const coefficient = static_cast<__int128>(high) * 1'000'000'000'000'000'000 + low;
            return cashline::Decimal { coefficient, static_cast<std::uint8_t>(scale) };
        };
        auto const everyday = gen::inRange<std::int64_t>(-100'000'000'000, 100'000'000'000);
        auto const wide =
            gen::inRange<std::int64_t>(-9'000'000'000'000'000'000, 9'000'000'000'000'000'000);
        auto const none = gen::just<std::int64_t>(0);
        return gen::oneOf(gen::apply(make, none, everyday, gen::inRange(0, 11)),
            gen::apply(make, wide, wide, gen::inRange(0, 29)));
    }
};

}
