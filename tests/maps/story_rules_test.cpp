// The named rules of the story, one test each, so that removing one fails exactly one of them: who
// gets a lead, who is recognised, which prices stay, who is let into the shop, what the totals are.
#include "apps/activities/outgoing_mail/outgoing_mail_table.h"
#include "apps/commerce/buyer/buyer_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/pricing/trade_agreement_table.h"
#include "apps/finance/tax/tax_rate_row_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/assignment_rule/assignment_rule_table.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_line/quote_line_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "server/demo/dealt_company_testing.h"

namespace cashline {

namespace {

class StoryRules : public DealtCompanyTest {
protected:
    // What a stranger sends through the shop.
    Row requested(Row row)
    {
        row.set_table(lead::table);
        auto const id = platform().write<Id>(
            system_caller(Door::shop), [&](Unit& unit) { return unit.create(row); });
        EXPECT_TRUE(id.has_value()) << id.error().code << ": " << id.error().text;
        return read(lead::table, id.value_or(Id {}));
    }
    static Lookup person(std::string_view name)
    {
        return { system_user::table, demo::named("systemuser", name) };
    }
    Lookup customer() const { return { account::table, m_account }; }

    Id quote_of(Id opportunity)
    {
        return call("daisy", "GenerateQuoteFromOpportunity",
            json::Object { { "OpportunityId", opportunity.to_string() } })
            .rows.front()
            .id;
    }
    // Activates, wins and orders.
    Id order_of(Id quote_id)
    {
        EXPECT_EQ(change(as("daisy"), read(quote::table, quote_id),
                      Row {}.set(quote::state, QuoteState::active)),
            "");
        json::Value const closing { json::Object {
            { "@odata.type", "Microsoft.Dynamics.CRM.quoteclose" },
            { "quoteid@odata.bind", "/quotes(" + quote_id.to_string() + ")" } } };
        call("daisy", "WinQuote", json::Object { { "QuoteClose", closing }, { "Status", -1 } });
        return call("daisy", "ConvertQuoteToSalesOrder",
            json::Object { { "QuoteId", quote_id.to_string() } })
            .rows.front()
            .id;
    }
    Row in_books(Id order)
    {
        return only(Query::from(finance_order::table).where(finance_order::sales_order == order));
    }
    void confirm(Id order)
    {
        call("ines", "cl_ConfirmOrder",
            json::Object { { "OrderId", in_books(order).id().to_string() } });
    }
    void add_agreement(Row row)
    {
        row.set(trade_agreement::company, "awie")
            .set(trade_agreement::account_scope, TradeAgreementAccountScope::one)
            .set(trade_agreement::account, read(account::table, m_account).get(account::number))
            .set(trade_agreement::item_scope, TradeAgreementItemScope::one)
            .set(trade_agreement::item, "SB-110")
            .set(trade_agreement::currency_code, "EUR");
        EXPECT_EQ(write(system_caller(),
                      [&](Unit& unit) -> Result<void> {
                          TRY(unit.create(row));
                          return {};
                      }),
            "");
    }
    void expect_same_totals(Id quote_id, Id order);
    void expect_equal_books(Id order);
};

INSTANTIATE_TEST_SUITE_P(Databases, StoryRules, both_databases(), database_name);

void StoryRules::expect_same_totals(Id quote_id, Id order)
{
    auto const offered = read(quote::table, quote_id);
    auto const ordered = read(sales_order::table, order);
    EXPECT_GT(offered.amount_or_zero(quote::total), Amount {});
    EXPECT_EQ(ordered.get(sales_order::total_line_amount), offered.get(quote::total_line_amount));
    EXPECT_EQ(ordered.get(sales_order::total_discount), offered.get(quote::total_discount));
    EXPECT_EQ(ordered.get(sales_order::total_less_freight), offered.get(quote::total_less_freight));
    EXPECT_EQ(ordered.get(sales_order::freight), offered.get(quote::freight));
    EXPECT_EQ(ordered.get(sales_order::total_tax), offered.get(quote::total_tax));
    EXPECT_EQ(ordered.get(sales_order::total), offered.get(quote::total));
    expect_equal_books(order);
}

void StoryRules::expect_equal_books(Id order)
{
    auto const ordered = read(sales_order::table, order);
    auto const books = in_books(order);
    EXPECT_EQ(
        books.get(finance_order::total_line_amount), ordered.get(sales_order::total_line_amount));
    EXPECT_EQ(books.get(finance_order::total_discount), ordered.get(sales_order::total_discount));
    EXPECT_EQ(books.get(finance_order::total_charge), ordered.get(sales_order::freight));
    EXPECT_EQ(books.get(finance_order::total_tax), ordered.get(sales_order::total_tax));
    EXPECT_EQ(books.get(finance_order::total), ordered.get(sales_order::total));
}

TEST_P(StoryRules, a_lead_goes_to_the_seller_whose_words_it_has)
{
    auto const row =
        requested(Row {}.set(lead::topic, "Forty surfboards").set(lead::last_name, "O"));
    EXPECT_EQ(row.get(lead::owner), person("daisy"));
}

TEST_P(StoryRules, a_lead_goes_to_the_seller_of_its_country)
{
    auto const row = requested(Row {}
            .set(lead::topic, "Forty surfboards")
            .set(lead::country, "United States")
            .set(lead::last_name, "O"));
    EXPECT_EQ(row.get(lead::owner), person("grace"));
}

TEST_P(StoryRules, a_lead_of_a_customer_goes_to_who_owns_the_customer)
{
    ASSERT_EQ(change(system_caller(), read(account::table, m_account),
                  Row {}.set(account::owner, person("lena"))),
        "");
    auto const row = requested(Row {}
            .set(lead::topic, "Forty surfboards")
            .set(lead::last_name, "O")
            .set(lead::company_name, "Northwind Traders"));
    EXPECT_EQ(row.get(lead::owner), person("lena"));
}

TEST_P(StoryRules, what_no_rule_knows_goes_to_the_last_one)
{
    auto const row = requested(Row {}.set(lead::topic, "Tents").set(lead::last_name, "O"));
    EXPECT_EQ(row.get(lead::owner), person("tom"));
}

TEST_P(StoryRules, a_known_contact_is_recognised_by_the_address)
{
    auto const row = requested(Row {}
            .set(lead::topic, "More boards")
            .set(lead::last_name, "Lindgren")
            .set(lead::email, "MONA@northwind.example"));
    EXPECT_EQ(row.get(lead::is_existing_customer), true);
    EXPECT_EQ(row.get(lead::customer), customer());
    EXPECT_EQ(row.get(lead::parent_contact)->id, m_contact);
    EXPECT_EQ(row.get(lead::parent_account)->id, m_account);
}

TEST_P(StoryRules, a_known_company_is_recognised_by_its_name)
{
    auto const row = requested(Row {}
            .set(lead::topic, "More boards")
            .set(lead::last_name, "Nilsson")
            .set(lead::email, "new@elsewhere.example")
            .set(lead::company_name, "northwind traders"));
    EXPECT_EQ(row.get(lead::is_existing_customer), true);
    EXPECT_EQ(row.get(lead::customer), customer());
    EXPECT_TRUE(row.is_null(lead::parent_contact));
}

TEST_P(StoryRules, a_stranger_is_not_taken_for_a_customer)
{
    auto const row = requested(Row {}
            .set(lead::topic, "Boards")
            .set(lead::last_name, "Lindgren")
            .set(lead::email, "somebody@else.example")
            .set(lead::company_name, "Northwind"));
    EXPECT_NE(row.get(lead::is_existing_customer), true);
    EXPECT_TRUE(row.is_null(lead::customer));
}

TEST_P(StoryRules, the_price_of_a_won_quote_is_the_next_price)
{
    auto const line =
        only(Query::from(quote_line::table).where(quote_line::quote == m_draft_quote));
    ASSERT_EQ(change(as("daisy"), line,
                  Row {}
                      .set(quote_line::is_price_overridden, true)
                      .set(quote_line::price_per_unit, Amount::parse("499.50"))),
        "");
    order_of(m_draft_quote);
    call("daisy", "WinOpportunity", win_opportunity(m_opportunity));
    auto const agreed =
        only(Query::from(trade_agreement::table).where(trade_agreement::item == "SB-110"));
    EXPECT_EQ(agreed.get(trade_agreement::price), Amount::parse("499.50"));
    EXPECT_EQ(
        agreed.get(trade_agreement::account), read(account::table, m_account).get(account::number));

    ASSERT_EQ(change(as("daisy"), read(opportunity::table, m_opportunity),
                  Row {}.set(opportunity::state, OpportunityState::open)),
        "");
    auto const next = quote_of(m_opportunity);
    auto const priced = only(Query::from(quote_line::table).where(quote_line::quote == next));
    EXPECT_EQ(priced.get(quote_line::price_per_unit), Amount::parse("499.50"));
}

TEST_P(StoryRules, winning_invites_the_buyer)
{
    auto const mails = all(Query::from(outgoing_mail::table)).size();
    auto const deal =
        only(Query::from(opportunity::table).where(opportunity::topic == "Surfboards for 2027"));
    call("daisy", "WinOpportunity", win_opportunity(deal.id()));
    auto const invited = only(Query::from(buyer::table));
    EXPECT_EQ(invited.get(buyer::email), "mona@northwind.example");
    EXPECT_EQ(invited.get(buyer::contact)->id, m_contact);
    EXPECT_EQ(invited.get(buyer::organisation)->id, m_account);
    EXPECT_EQ(all(Query::from(outgoing_mail::table)).size(), mails + 1);
}

TEST_P(StoryRules, a_quote_adds_up)
{
    auto const row = read(quote::table, m_won_quote);
    // 10 × 649.00 + 10 × 24.90, less five per cent, and the freight of 25.00.
    EXPECT_EQ(row.get(quote::total_line_amount), Amount::parse("6739.00"));
    EXPECT_EQ(row.get(quote::total_discount), Amount::parse("336.95"));
    EXPECT_EQ(row.get(quote::total_less_freight), Amount::parse("6402.05"));
    EXPECT_EQ(row.get(quote::freight), Amount::parse("25.00"));
    EXPECT_EQ(row.get(quote::total_tax), Amount::parse("1478.22")); // 23 % of 6,427.05
    EXPECT_EQ(row.get(quote::total), Amount::parse("7905.27"));
}

TEST_P(StoryRules, quote_order_and_invoice_have_the_same_cents)
{
    expect_same_totals(m_won_quote, m_invoiced_order);
    auto const billed = only(Query::from(invoice::table));
    EXPECT_EQ(billed.get(invoice::total), read(quote::table, m_won_quote).get(quote::total));
}

TEST_P(StoryRules, an_order_has_its_totals_in_the_books_before_it_is_confirmed)
{
    auto const typed = read(sales_order::table, m_open_order);
    EXPECT_EQ(typed.get(sales_order::total_line_amount), Amount::parse("1647.00"));
    EXPECT_EQ(typed.get(sales_order::freight), Amount::parse("25.00"));
    EXPECT_EQ(typed.get(sales_order::total_tax), Amount::parse("384.56")); // 23 % of 1,672.00
    EXPECT_EQ(typed.get(sales_order::total), Amount::parse("2056.56"));
    expect_equal_books(m_open_order);

    auto const order = order_of(m_draft_quote);
    expect_same_totals(m_draft_quote, order);
    confirm(order);
    expect_same_totals(m_draft_quote, order);
}

TEST_P(StoryRules, discounts_of_agreements_stay_on_the_order)
{
    add_agreement(Row(trade_agreement::table)
            .set(trade_agreement::relation, TradeAgreementRelation::line_discount)
            .set(trade_agreement::percent1, Decimal { 7'50'00, 4 }));
    auto const offer = quote_of(m_opportunity);
    auto const line = only(Query::from(quote_line::table).where(quote_line::quote == offer));
    // 7.5 % of 3 × 549.00: 1,523.475 are left, rounded up.
    EXPECT_EQ(line.get(quote_line::agreement_discount), Amount::parse("123.52"));
    EXPECT_EQ(line.get(quote_line::base_amount), Amount::parse("1523.48"));
    auto const order = order_of(offer);
    expect_same_totals(offer, order);
    confirm(order);
    expect_same_totals(offer, order);
}

TEST_P(StoryRules, prices_with_tax_stay_so_on_the_order)
{
    auto const in_finance =
        only(Query::from(finance_customer::table).where(finance_customer::party == m_account));
    ASSERT_EQ(
        change(system_caller(), in_finance, Row {}.set(finance_customer::prices_include_tax, true)),
        "");
    auto const offer = quote_of(m_opportunity);
    EXPECT_EQ(read(quote::table, offer).get(quote::total), Amount::parse("1672.00"));
    auto const order = order_of(offer);
    // What the customer's way becomes later is not the order's.
    ASSERT_EQ(change(system_caller(), in_finance,
                  Row {}.set(finance_customer::prices_include_tax, false)),
        "");
    confirm(order);
    expect_same_totals(offer, order);
}

TEST_P(StoryRules, a_tax_that_changes_before_the_confirmation_reaches_sales)
{
    ASSERT_EQ(
        write(system_caller(),
            [&](Unit& unit) -> Result<void> {
                for (auto const& rate :
                    TRY(unit.query(
                        Query::from(tax_rate_row::table).where(tax_rate_row::company == "awie")))) {
                    if (rate.get(tax_rate_row::percent) == Decimal { 23'0000, 4 }) {
                        TRY(unit.update(tax_rate_row::table, rate.id(),
                            Row {}.set(tax_rate_row::percent, Decimal { 21'0000, 4 })));
                    }
                }
                return {};
            }),
        "");
    confirm(m_open_order);
    auto const row = read(sales_order::table, m_open_order);
    EXPECT_EQ(row.get(sales_order::total_tax), Amount::parse("351.12")); // 21 % of 1,672.00
    EXPECT_EQ(row.get(sales_order::total), Amount::parse("2023.12"));
    expect_equal_books(m_open_order);
    auto const line =
        only(Query::from(sales_order_line::table).where(sales_order_line::order == m_open_order));
    EXPECT_EQ(line.get(sales_order_line::tax), Amount::parse("345.87"));
    EXPECT_EQ(line.get(sales_order_line::extended_amount), Amount::parse("1992.87"));
}

}

}
