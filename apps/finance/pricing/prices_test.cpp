#include "apps/catalog/price_list_item/price_list_item_table.h"
#include "apps/catalog/unit/unit_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/finance_testing.h"
#include "apps/finance/pricing/auto_charge_table.h"
#include "apps/finance/pricing/prices.h"
#include "apps/finance/pricing/trade_agreement_table.h"

namespace cashline::finance {
namespace {

// SUMMER takes ten percent off the board; anything else is no coupon.
class SummerCoupon final : public catalog::Coupons {
public:
    explicit SummerCoupon(Id const& board) : m_board(board) { }
    Result<catalog::CouponDiscount> coupon(
        Reader&, catalog::CouponQuestion const& question) override
    {
        if (question.code != "SUMMER") {
            return conflict("coupon_inactive", "Coupon " + question.code + " is not active.");
        }
        return catalog::CouponDiscount { .code = "SUMMER",
            .label = "Summer",
            .percent = Decimal::from(10),
            .order_min = money("150"),
            .products = { m_board } };
    }

private:
    Id const& m_board;
};

class PricesTest : public FinanceTest {
protected:
    void register_more(Registry& registry) override
    {
        registry.provide<catalog::Coupons>(std::make_unique<SummerCoupon>(m_board));
    }
    void SetUp() override
    {
        FinanceTest::SetUp();
        if (IsSkipped()) {
            return;
        }
        m_board = add_item({ .number = "BOARD", .price = money("100"), .cost = money("60") });
        m_wax = add_item({ .number = "WAX", .price = money("9.99"), .tax_item_group = "REDUCED" });
        m_customer = add_customer("NW-1", "Northwind Traders");
    }
    catalog::PriceRequest request(std::vector<catalog::PriceLine> lines)
    {
        return { .company = m_company,
            .customer = m_customer,
            .currency = m_euro,
            .price_list = m_price_list,
            .date = Date::of(2027, 3, 1),
            .lines = std::move(lines) };
    }
    Result<catalog::PricedDocument> price(catalog::PriceRequest const& asked)
    {
        return platform().read<catalog::PricedDocument>(m_daisy, [&](Reader& reader) {
            return reader.port<catalog::Prices>().quote_prices(reader, asked);
        });
    }
    catalog::PriceLine board(std::string_view quantity)
    {
        return { .product = m_board, .unit = m_unit, .quantity = number(quantity) };
    }
    void agree(Amount price)
    {
        made(Row(trade_agreement::table)
                .set(trade_agreement::company, company_code)
                .set(trade_agreement::account, "NW-1")
                .set(trade_agreement::item, "BOARD")
                .set(trade_agreement::currency_code, "EUR")
                .set(trade_agreement::price, price));
    }

    Id m_board {};
    Id m_wax {};
    Id m_customer {};
};

INSTANTIATE_TEST_SUITE_P(Databases, PricesTest, both_databases(), database_name);

TEST_P(PricesTest, typed_price_beats_agreement_beats_list_beats_product)
{
    auto asked = request({ board("1") });
    EXPECT_EQ(price(asked).value().lines[0].price_source, "product");
    made(Row(price_list_item::table)
            .set(price_list_item::price_list, m_price_list)
            .set(price_list_item::product, m_board)
            .set(price_list_item::unit, m_unit)
            .set(price_list_item::amount, money("95")));
    EXPECT_EQ(price(asked).value().net, money("95"));
    agree(money("90"));
    EXPECT_EQ(price(asked).value().net, money("90"));
    EXPECT_EQ(price(asked).value().lines[0].price_source, "agreement: customer × item");
    asked.lines[0].price_typed = number("80");
    EXPECT_EQ(price(asked).value().net, money("80"));
    // Somebody else's prices stay as they were.
    asked = request({ board("1") });
    asked.customer = Id::from_name("party/somebody else");
    EXPECT_EQ(price(asked).value().net, money("95"));
}

TEST_P(PricesTest, a_line_without_a_unit_has_what_was_agreed_for_the_products_own)
{
    made(Row(trade_agreement::table)
            .set(trade_agreement::company, company_code)
            .set(trade_agreement::account, "NW-1")
            .set(trade_agreement::item, "BOARD")
            .set(trade_agreement::unit, row({ unit::table, m_unit }).text_or(unit::name))
            .set(trade_agreement::currency_code, "EUR")
            .set(trade_agreement::price, money("90")));
    auto asked = request({ board("1") });
    asked.lines[0].unit.reset();
    EXPECT_EQ(price(asked).value().net, money("90"));
}

TEST_P(PricesTest, of_two_agreements_the_later_one_counts)
{
    agree(money("90"));
    environment().advance_seconds(60);
    agree(money("88"));
    EXPECT_EQ(price(request({ board("1") })).value().net, money("88"));
}

TEST_P(PricesTest, each_tax_rate_is_computed_on_its_lines)
{
    auto const priced = price(
        request({ board("2"), { .product = m_wax, .unit = m_unit, .quantity = number("3") } }));
    ASSERT_TRUE(priced.has_value()) << priced.error().text;
    ASSERT_EQ(priced->taxes.size(), 2U);
    EXPECT_EQ(priced->taxes[0].amount, money("46.00"));
    EXPECT_EQ(priced->taxes[1].amount, money("4.05")); // 29.97 at 13.5 %
    EXPECT_EQ(priced->gross, money("280.02"));
}

TEST_P(PricesTest, an_automatic_charge_is_taxed_and_ends_at_its_bracket)
{
    made(Row(auto_charge::table)
            .set(auto_charge::company, company_code)
            .set(auto_charge::code, "FREIGHT")
            .set(auto_charge::label, "Freight")
            .set(auto_charge::currency_code, "EUR")
            .set(auto_charge::value, number("25"))
            .set(auto_charge::amount_to, money("500")));
    auto const small = price(request({ board("4") }));
    ASSERT_TRUE(small.has_value()) << small.error().text;
    EXPECT_EQ(small->charge, money("25"));
    EXPECT_EQ(small->tax, money("97.75"));
    EXPECT_EQ(price(request({ board("5") }))->charge, Amount {});
    auto typed = request({ board("5") });
    typed.freight_typed = money("7.50");
    EXPECT_EQ(price(typed)->charge, money("7.50"));
}

TEST_P(PricesTest, a_coupon_takes_from_its_products_only)
{
    auto asked =
        request({ board("2"), { .product = m_wax, .unit = m_unit, .quantity = number("1") } });
    asked.coupons = { "SUMMER" };
    auto const priced = price(asked);
    ASSERT_TRUE(priced.has_value()) << priced.error().text;
    EXPECT_EQ(priced->discount, money("20"));
    EXPECT_EQ(priced->lines[1].document_discount, Amount {});
    EXPECT_TRUE(priced->discounts[0].is_coupon);
    asked.coupons = { "WINTER" };
    EXPECT_EQ(code(price(asked)), "coupon_inactive");
    asked = request({ board("1") });
    asked.coupons = { "SUMMER" };
    EXPECT_EQ(code(price(asked)), "coupon_minimum_not_met");
    asked = request({ { .product = m_wax, .unit = m_unit, .quantity = number("20") } });
    asked.coupons = { "SUMMER" };
    EXPECT_EQ(code(price(asked)), "coupon_not_for_these_products");
}

TEST_P(PricesTest, what_has_no_price_is_refused_by_name)
{
    EXPECT_EQ(code(price(request({ { .description = "A favour" } }))), "price_missing");
    auto const dear = request({ { .description = "A favour", .price_typed = number("5") } });
    EXPECT_EQ(price(dear)->gross, money("6.15"));
}

TEST_P(PricesTest, a_company_without_books_still_has_prices)
{
    auto asked = request({ board("1") });
    asked.company = Id::from_name("no such company");
    auto const priced = price(asked);
    ASSERT_TRUE(priced.has_value()) << priced.error().text;
    EXPECT_EQ(priced->gross, money("100"));
}

TEST_P(PricesTest, a_customer_gets_the_defaults_of_his_group_and_wrong_names_are_refused)
{
    auto const wrong = [&](TextColumn const& column) {
        return code(platform().write<Id>(system_caller(), [&](Unit& unit) {
            return unit.create(Row(finance_customer::table)
                    .set(finance_customer::company, company_code)
                    .set(finance_customer::account, "X-1")
                    .set(finance_customer::name, "X")
                    .set(column, "NOPE"));
        }));
    };
    EXPECT_EQ(wrong(finance_customer::group), "customer_group_unknown");
    EXPECT_EQ(wrong(finance_customer::payment_terms), "payment_terms_unknown");
    EXPECT_EQ(wrong(finance_customer::tax_group), "tax_group_unknown");
    EXPECT_EQ(wrong(finance_customer::currency_code), "currency_unknown");
    auto const made_up = rows(Query::from(finance_customer::table))[0];
    EXPECT_EQ(made_up.text_or(finance_customer::payment_terms), "NET30");
    EXPECT_EQ(made_up.text_or(finance_customer::tax_group), "DOM");
}

}
}
