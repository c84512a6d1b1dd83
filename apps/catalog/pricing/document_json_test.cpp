#include "apps/catalog/pricing/document_json.h"

#include "apps/catalog/pricing/calculate.h"

#include <gtest/gtest.h>

namespace cashline::catalog {
namespace {

PricedDocument priced()
{
    DocumentInput input { .currency = Id::from_name("EUR"),
        .taxes = { { .code = "VAT23", .label = "VAT 23 %", .percent = { 23, 0 } } } };
    input.lines = { { .label = "Board",
        .quantity = { 15, 1 },
        .price = { 12345, 4 },
        .price_quantity = { 10, 0 },
        .taxes = { 0 },
        .price_source = "typed" } };
    input.discounts = { { .code = "SUMMER", .percent = Decimal { 10, 0 }, .is_coupon = true } };
    input.charges = { { .code = "FREIGHT", .value = { 20, 0 }, .taxes = { 0 } } };
    return calculate(input).value();
}

TEST(DocumentJson, a_document_comes_back_as_it_was)
{
    auto const before = to_json(priced());
    auto const back = document_from_json(json::parse(before.to_string()).value());
    ASSERT_TRUE(back.has_value()) << back.error().text;
    EXPECT_EQ(to_json(*back), before);
    EXPECT_EQ(back->gross, priced().gross);
}

TEST(DocumentJson, a_torn_document_is_refused)
{
    for (auto const* key : { "gross", "currency" }) {
        auto torn = to_json(priced());
        torn.set(key, "?");
        EXPECT_EQ(document_from_json(torn).error().code, "document_malformed") << key;
    }
}

}
}
