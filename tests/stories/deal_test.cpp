// A deal in Sales from the opportunity to the order, and what it leaves in the books (product.md
// steps 5 to 9).
#include "apps/catalog/product/product_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/order/finance_order_line_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/pricing/trade_agreement_table.h"
#include "apps/integration/map/compare.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/api.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_close/opportunity_close_table.h"
#include "apps/sales/opportunity_product/opportunity_product_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "server/demo/company_testing.h"

namespace cashline {

namespace {

class Deal : public CompanyTest {
protected:
    using Work = std::function<Result<void>(Unit&)>;

    std::string done(Result<void> const& result)
    {
        return result ? std::string {} : result.error().code + ": " + result.error().text;
    }
    std::string write(std::string_view who, Work const& work)
    {
        return done(platform().write(as(who), work));
    }
    Row read(TableId table, Id id)
    {
        return platform()
            .read<Row>(system_caller(), [&](Reader& reader) { return reader.retrieve(table, id); })
            .value();
    }
    std::vector<Row> all(Query const& query)
    {
        return platform()
            .read<std::vector<Row>>(
                system_caller(), [&](Reader& reader) { return reader.query(query); })
            .value();
    }

    void qualify()
    {
        EXPECT_EQ(write("daisy",
                      [&](Unit& unit) -> Result<void> {
                          auto const source = TRY(unit.create(Row(lead::table)
                                  .set(lead::topic, "Surfboards for 2027")
                                  .set(lead::first_name, "Mona")
                                  .set(lead::last_name, "Lindgren")
                                  .set(lead::email, "mona@northwind.example")
                                  .set(lead::country, "Ireland")
                                  .set(lead::company_name, "Northwind Traders")));
                          auto const made =
                              TRY(unit.call(sales::QualifyLead { .lead = { lead::table, source },
                                  .create_account = true,
                                  .create_contact = true,
                                  .create_opportunity = true }));
                          m_account = made.rows[0].id;
                          m_opportunity = made.rows[2].id;
                          return {};
                      }),
            "");
    }
    void add_product(char const* number, std::int64_t quantity)
    {
        EXPECT_EQ(write("daisy",
                      [&](Unit& unit) -> Result<void> {
                          Row line(opportunity_product::table);
                          line.set(opportunity_product::opportunity, m_opportunity)
                              .set(opportunity_product::product, demo::named("product", number))
                              .set(opportunity_product::quantity, Decimal::from(quantity));
                          TRY(unit.create(std::move(line)));
                          return {};
                      }),
            "");
    }
    // A message by its name, as a client calls it; the first row it answers.
    Id call(std::string_view who, std::string_view message, json::Value const& body)
    {
        auto const reply = platform().call(as(who), message, body);
        EXPECT_TRUE(reply.has_value())
            << message << ": " << reply.error().code << ": " << reply.error().text;
        return reply && !reply->rows.empty() ? reply->rows.front().id : Id {};
    }
    std::string refused(std::string_view who, std::string_view message, json::Value const& body)
    {
        auto const reply = platform().call(as(who), message, body);
        return reply ? "" : reply.error().code;
    }
    json::Value closing(char const* type, std::string const& link, std::string const& set, Id id)
    {
        return json::Object { { "@odata.type", std::string("Microsoft.Dynamics.CRM.") + type },
            { link + "@odata.bind", "/" + set + "(" + id.to_string() + ")" } };
    }
    json::Value win_quote(Id quote_id)
    {
        return json::Object {
            { "QuoteClose", closing("quoteclose", "quoteid", "quotes", quote_id) }, { "Status", -1 }
        };
    }
    json::Value end_opportunity()
    {
        return json::Object {
            { "OpportunityClose",
                closing("opportunityclose", "opportunityid", "opportunities", m_opportunity) },
            { "Status", -1 }
        };
    }

    Id m_account {};
    Id m_opportunity {};
};

INSTANTIATE_TEST_SUITE_P(Databases, Deal, both_databases(), database_name);

TEST_P(Deal, goes_from_products_to_an_order_the_books_know)
{
    qualify();
    add_product("SB-100", 40);
    add_product("AC-300", 40);
    auto const deal = read(opportunity::table, m_opportunity);
    EXPECT_EQ(deal.get(opportunity::estimated_revenue), Amount::parse("26956.00"));

    auto const offer = call("daisy", "GenerateQuoteFromOpportunity",
        json::Object { { "OpportunityId", m_opportunity.to_string() } });
    auto const priced = read(quote::table, offer);
    EXPECT_EQ(priced.get(quote::total_line_amount), Amount::parse("26956.00"));
    EXPECT_GT(priced.amount_or_zero(quote::total_tax), Amount {});
    EXPECT_EQ(write("daisy",
                  [&](Unit& unit) {
                      return unit.update(
                          quote::table, offer, Row {}.set(quote::state, QuoteState::active));
                  }),
        "");
    EXPECT_EQ(refused("daisy", "WinOpportunity", end_opportunity()), "OpportunityCannotBeClosed");

    auto const revised =
        call("daisy", "ReviseQuote", json::Object { { "QuoteId", offer.to_string() } });
    EXPECT_EQ(read(quote::table, revised).get(quote::revision), 1);
    EXPECT_EQ(read(quote::table, revised).get(quote::number), priced.get(quote::number));
    EXPECT_EQ(write("daisy",
                  [&](Unit& unit) {
                      return unit.update(
                          quote::table, revised, Row {}.set(quote::state, QuoteState::active));
                  }),
        "");
    call("daisy", "WinQuote", win_quote(revised));
    auto const order = call(
        "daisy", "ConvertQuoteToSalesOrder", json::Object { { "QuoteId", revised.to_string() } });
    auto const ordered = read(sales_order::table, order);
    EXPECT_EQ(ordered.get(sales_order::total), read(quote::table, revised).get(quote::total));

    auto const in_books =
        all(Query::from(finance_order::table).where(finance_order::sales_order == order));
    ASSERT_EQ(in_books.size(), 1U);
    EXPECT_EQ(in_books[0].get(finance_order::number), ordered.get(sales_order::number));
    EXPECT_EQ(all(Query::from(finance_order_line::table)
                      .where(finance_order_line::order == in_books[0].id()))
                  .size(),
        2U);
}

TEST_P(Deal, won_makes_a_customer_with_agreed_prices)
{
    qualify();
    add_product("SB-100", 40);
    auto const number = read(account::table, m_account).text_or(account::number);
    auto customers =
        all(Query::from(finance_customer::table).where(finance_customer::account == number));
    ASSERT_EQ(customers.size(), 1U);
    EXPECT_EQ(customers[0].get(finance_customer::relation), FinanceCustomerRelation::prospect);

    call("daisy", "WinOpportunity", end_opportunity());
    auto const deal = read(opportunity::table, m_opportunity);
    EXPECT_EQ(deal.get(opportunity::state), OpportunityState::won);
    EXPECT_EQ(deal.get(opportunity::actual_revenue), Amount::parse("25960.00"));
    EXPECT_EQ(read(account::table, m_account).get(account::relationship_type),
        AccountRelationshipType::customer);
    customers =
        all(Query::from(finance_customer::table).where(finance_customer::account == number));
    EXPECT_EQ(customers[0].get(finance_customer::relation), FinanceCustomerRelation::customer);
    auto const agreed =
        all(Query::from(trade_agreement::table).where(trade_agreement::account == number));
    ASSERT_EQ(agreed.size(), 1U);
    EXPECT_EQ(agreed[0].get(trade_agreement::price), Amount::parse("649.00"));
    EXPECT_EQ(refused("daisy", "WinOpportunity", end_opportunity()), "OpportunityIsAlreadyClosed");
}

TEST_P(Deal, moves_the_dashboard_of_whoever_may_see_it)
{
    auto const figure = [&](std::string_view who, std::string_view id) -> std::string {
        auto const reply = platform().call(as(who), "cl_RetrieveSalesDashboard", json::Object {});
        EXPECT_TRUE(reply.has_value()) << reply.error().text;
        auto const* document = reply ? reply->complex.find("document") : nullptr;
        for (auto const& shown : document ? document->array("figures") : json::Array {}) {
            if (shown.text("id") == id) {
                return std::string(shown.text("text"));
            }
        }
        return {};
    };
    qualify();
    add_product("SB-100", 40);
    EXPECT_EQ(figure("daisy", "pipeline"), "€25960.00");
    EXPECT_EQ(figure("grace", "pipeline"), "€0.00");
    call("daisy", "WinOpportunity", end_opportunity());
    EXPECT_EQ(figure("daisy", "pipeline"), "€0.00");
    EXPECT_EQ(figure("sam", "won"), "€25960.00");
}

TEST_P(Deal, lost_can_be_reopened)
{
    qualify();
    call("daisy", "LoseOpportunity", end_opportunity());
    EXPECT_EQ(
        read(opportunity::table, m_opportunity).get(opportunity::state), OpportunityState::lost);
    EXPECT_EQ(write("daisy",
                  [&](Unit& unit) {
                      return unit.update(opportunity::table, m_opportunity,
                          Row {}.set(opportunity::state, OpportunityState::open));
                  }),
        "");
    EXPECT_TRUE(read(opportunity::table, m_opportunity).is_null(opportunity::actual_close_date));
}

TEST_P(Deal, leaves_sales_and_finance_equal)
{
    qualify();
    add_product("SB-100", 3);
    auto const offer = call("daisy", "GenerateQuoteFromOpportunity",
        json::Object { { "OpportunityId", m_opportunity.to_string() } });
    EXPECT_EQ(write("daisy",
                  [&](Unit& unit) {
                      return unit.update(
                          quote::table, offer, Row {}.set(quote::state, QuoteState::active));
                  }),
        "");
    call("daisy", "WinQuote", win_quote(offer));
    call("daisy", "ConvertQuoteToSalesOrder", json::Object { { "QuoteId", offer.to_string() } });
    EXPECT_EQ(done(platform().read(system_caller(),
                  std::function<Result<void>(Reader&)>([&](Reader& reader) -> Result<void> {
                      for (auto const& map : TRY(integration::load_maps(reader.schema()))) {
                          auto const comparison = TRY(integration::compare(reader, map));
                          for (auto const& difference : comparison.differences) {
                              ADD_FAILURE()
                                  << map.name << " " << difference.key << " "
                                  << wrong_column(difference) << ": " << difference.expected
                                  << " / " << difference.found << " " << difference.message;
                          }
                      }
                      return {};
                  }))),
        "");
}

}

}
