#include "platform/numbers/numbers.h"

#include <gtest/gtest.h>

namespace cashline {
namespace {

TEST(Numbers, a_pattern_says_how_a_number_looks)
{
    numbers::PatternValues const values {
        .sequence = 42, .random = "ABCDEF", .date = Date::of(2027, 3, 1), .company = "ie01"
    };
    struct Case {
        std::string_view pattern;
        std::string_view number;
    };
    for (auto const& one : { Case { "QUO-{SEQ:5}-{RAND:6}", "QUO-00042-ABCDEF" },
             Case { "{SEQ:1}", "42" }, // Never cut.
             Case { "{RAND:2}{SEQ}{RAND:2}", "AB42CD" },
             Case { "{COMPANY}-{YEAR}-{SEQ:3}", "ie01-2027-042" }, Case { "plain", "plain" },
             Case { "open {SEQ", "open {SEQ" }, Case { "", "" } }) {
        EXPECT_EQ(numbers::apply(one.pattern, values), one.number);
    }
    EXPECT_EQ(numbers::random_length("{RAND:2}{SEQ}{RAND:4}"), 6U);
}

}
}
