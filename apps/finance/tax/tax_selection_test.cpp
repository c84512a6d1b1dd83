#include "apps/finance/tax/tax_selection.h"

#include <gtest/gtest.h>

namespace cashline::finance {

namespace {

Date day(std::string_view text) { return Date::parse(text).value(); }

std::vector<TaxCode> codes()
{
    return {
        { .code = "VAT",
            .rates = { { .from = day("2020-01-01"), .percent = { 19, 0 } },
                { .from = day("2020-07-01"), .to = day("2020-12-31"), .percent = { 16, 0 } } } },
        { .code = "LOW", .rates = { { .from = day("2020-01-01"), .percent = { 7, 0 } } } },
        { .code = "NIL", .rates = { { .from = day("2020-01-01") } } }
    };
}

std::string answer(std::vector<TaxGroupCode> const& customer, std::vector<std::string> const& item,
    char const* date)
{
    auto const table = codes();
    auto const rates = applicable_taxes(
        { .customer_group = customer, .item_group = item, .codes = table, .date = day(date) });
    if (!rates) {
        return rates.error().code;
    }
    std::string text;
    for (auto const& rate : *rates) {
        text += rate.code + " " + std::string(catalog::letters(rate.category)) + " "
            + rate.percent.to_string() + ";";
    }
    return text;
}

}

TEST(TaxSelection, only_codes_in_both_groups_apply)
{
    EXPECT_EQ(answer({ { "VAT" }, { "LOW" } }, { "VAT" }, "2021-05-01"), "VAT S 19;");
    EXPECT_EQ(
        answer({ { "VAT" }, { "LOW" } }, { "LOW", "VAT" }, "2021-05-01"), "VAT S 19;LOW S 7;");
    EXPECT_EQ(answer({ { "VAT" } }, { "LOW" }, "2021-05-01"), "");
}

TEST(TaxSelection, the_rate_is_the_one_of_the_day)
{
    EXPECT_EQ(answer({ { "VAT" } }, { "VAT" }, "2020-06-30"), "VAT S 19;");
    EXPECT_EQ(answer({ { "VAT" } }, { "VAT" }, "2020-07-01"), "VAT S 16;");
    EXPECT_EQ(answer({ { "VAT" } }, { "VAT" }, "2020-12-31"), "VAT S 16;");
    EXPECT_EQ(answer({ { "VAT" } }, { "VAT" }, "2021-01-01"), "VAT S 19;");
    EXPECT_EQ(answer({ { "VAT" } }, { "VAT" }, "2019-12-31"), "tax_rate_missing");
    EXPECT_EQ(answer({ { "GONE" } }, { "GONE" }, "2021-01-01"), "tax_code_missing");
}

TEST(TaxSelection, the_customers_group_may_exempt_or_reverse)
{
    EXPECT_EQ(answer({ { "VAT", TaxTreatment::exempt } }, { "VAT" }, "2021-01-01"), "VAT E 0;");
    EXPECT_EQ(
        answer({ { "VAT", TaxTreatment::reverse_charge } }, { "VAT" }, "2021-01-01"), "VAT AE 0;");
    EXPECT_EQ(answer({ { "NIL" } }, { "NIL" }, "2021-01-01"), "NIL Z 0;");
}

TEST(TaxSelection, lines_of_a_document_share_rows)
{
    std::vector<catalog::TaxRate> all;
    std::vector<catalog::TaxRate> const vat { { .code = "VAT", .percent = { 19, 0 } } };
    std::vector<catalog::TaxRate> const low { { .code = "LOW", .percent = { 7, 0 } } };
    EXPECT_EQ(add_rates(all, vat), std::vector<std::size_t> { 0 });
    EXPECT_EQ(add_rates(all, low), std::vector<std::size_t> { 1 });
    EXPECT_EQ(add_rates(all, vat), std::vector<std::size_t> { 0 });
    EXPECT_EQ(all.size(), 2U);
}

}
