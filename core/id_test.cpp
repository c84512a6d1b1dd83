#include "core/id.h"

#include <gtest/gtest.h>

#include <set>

namespace cashline {

TEST(Id, reads_any_case_and_braces)
{
    constexpr auto text = "018f4e2a-7b1c-7d3e-9f00-0123456789ab";
    auto const id = Id::parse(text);
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(id->to_string(), text);
    EXPECT_EQ(Id::parse("{018F4E2A-7B1C-7D3E-9F00-0123456789AB}"), id);
}

TEST(Id, refuses_other_text)
{
    for (auto const* const text :
        { "", "018f4e2a7b1c7d3e9f000123456789ab", "018f4e2a-7b1c-7d3e-9f00-0123456789a",
            "018f4e2a-7b1c-7d3e-9f00-0123456789ag", "{018f4e2a-7b1c-7d3e-9f00-0123456789ab",
            "018f4e2a-7b1c-7d3e-9f000-123456789ab", "(018f4e2a-7b1c-7d3e-9f00-0123456789ab)",
            " 018f4e2a-7b1c-7d3e-9f00-0123456789ab", "018f4e2a-7b1c-7d3e-9f00-0123456789ab0" }) {
        EXPECT_FALSE(Id::parse(text)) << text;
    }
}

TEST(Id, carries_time_version_and_variant)
{
    std::array<std::uint8_t, 10> random {};
    random.fill(0xff);
    EXPECT_EQ(
        make_uuid_v7(0x018f4e2a7b1c, random).to_string(), "018f4e2a-7b1c-7fff-bfff-ffffffffffff");
    random.fill(0);
    EXPECT_EQ(
        make_uuid_v7(0x018f4e2a7b1c, random).to_string(), "018f4e2a-7b1c-7000-8000-000000000000");
}

TEST(Id, from_a_name_is_stable_and_tells_names_apart)
{
    // Written into databases, so this value may never change.
    EXPECT_EQ(
        Id::from_name("role:salesperson").to_string(), "8d809e44-4ee5-8854-9d13-f8be51eadcb6");
    std::set<Id> ids;
    for (int number = 0; number < 10'000; ++number) {
        ids.insert(Id::from_name("view:" + std::to_string(number)));
    }
    EXPECT_EQ(ids.size(), 10'000U);
}

}
