// The rules around the maps, one test each: who may write what, when a customer comes to the books,
// what the company fills in, which status wins, and that a refusal by either side refuses it all.
#include "apps/catalog/price_list/price_list_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/order/finance_order_line_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/setup/finance_company_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/api.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "server/demo/dealt_company_testing.h"

namespace cashline {

namespace {

class MapRules : public DealtCompanyTest {
protected:
    Id new_account(std::string const& name)
    {
        EXPECT_EQ(write(as("daisy"),
                      [&](Unit& unit) -> Result<void> {
                          TRY(unit.create(Row(account::table).set(account::name, name)));
                          return {};
                      }),
            "");
        return only(Query::from(account::table).where(account::name == name)).id();
    }
    std::vector<Row> customers_of(Id party)
    {
        return all(Query::from(finance_customer::table).where(finance_customer::party == party));
    }
    // Daisy makes a row for a new account, and the books know it from that moment, as a prospect.
    void expect_prospect_after(std::string const& name, std::function<Row(Lookup)> const& made)
    {
        auto const id = new_account(name);
        EXPECT_TRUE(customers_of(id).empty());
        auto const row = made({ account::table, id });
        EXPECT_EQ(write(as("daisy"),
                      [&](Unit& unit) -> Result<void> {
                          TRY(unit.create(row));
                          return {};
                      }),
            "");
        auto const found = customers_of(id);
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found[0].get(finance_customer::relation), FinanceCustomerRelation::prospect);
        EXPECT_EQ(
            found[0].get(finance_customer::account), read(account::table, id).get(account::number));
    }
    json::Value order_body(json::Object more = {})
    {
        json::Value body { json::Object { { "OrderId", m_finance_open_order.to_string() } } };
        for (auto& [name, value] : more) {
            body.set(name, std::move(value));
        }
        return body;
    }
    std::optional<SalesOrderProcessingStatus> status_in_sales()
    {
        return read(sales_order::table, m_open_order).get(sales_order::processing_status);
    }
    void pick(char const* quantity)
    {
        auto const line = only(Query::from(finance_order_line::table)
                .where(finance_order_line::order == m_finance_open_order));
        json::Value const entry { json::Object {
            { "LineId", line.id().to_string() }, { "Quantity", quantity } } };
        call("otto", "cl_PickOrder", order_body({ { "Lines", json::Array { entry } } }));
    }
    json::Value mode(char const* map, char const* wanted)
    {
        return json::Object { { "Map", map }, { "Mode", wanted } };
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, MapRules, both_databases(), database_name);

TEST_P(MapRules, what_finance_keeps_cannot_be_written_in_sales)
{
    auto const row = read(account::table, m_account);
    auto const refused =
        change(as("ada"), row, Row {}.set(account::credit_limit, Amount::parse("9.00")));
    EXPECT_TRUE(refused.starts_with("column_owned_elsewhere")) << refused;
    EXPECT_TRUE(refused.contains("Finance")) << refused;
    EXPECT_EQ(read(account::table, m_account), row);
}

TEST_P(MapRules, what_sales_keeps_cannot_be_written_in_finance)
{
    auto const row = customers_of(m_account).front();
    auto const refused = change(as("ada"), row, Row {}.set(finance_customer::name, "Other"));
    EXPECT_TRUE(refused.starts_with("column_owned_elsewhere")) << refused;
    EXPECT_TRUE(refused.contains("Sales")) << refused;
    EXPECT_EQ(customers_of(m_account).front(), row);
}

TEST_P(MapRules, an_account_has_its_number_from_the_start_and_keeps_it_once_synchronised)
{
    auto const fresh = read(account::table, new_account("Not yet a customer"));
    EXPECT_TRUE(fresh.text_or(account::number).starts_with("ACC-"));
    EXPECT_EQ(change(as("ada"), fresh, Row {}.set(account::number, "ACC-OWN")), "");

    auto const known = read(account::table, m_account);
    auto const refused = change(as("ada"), known, Row {}.set(account::number, "ACC-NEW"));
    EXPECT_TRUE(refused.starts_with("key_is_synchronised")) << refused;
    EXPECT_EQ(read(account::table, m_account), known);
}

TEST_P(MapRules, the_customer_of_an_opportunity_is_in_the_books)
{
    expect_prospect_after("Opportune Ltd", [](Lookup customer) {
        return Row(opportunity::table)
            .set(opportunity::topic, "Boards")
            .set(opportunity::customer, customer);
    });
}

TEST_P(MapRules, the_customer_of_a_quote_is_in_the_books)
{
    expect_prospect_after("Quoted Ltd", [](Lookup customer) {
        return Row(quote::table).set(quote::name, "Boards").set(quote::customer, customer);
    });
}

TEST_P(MapRules, the_customer_of_an_order_is_in_the_books)
{
    expect_prospect_after("Ordered Ltd", [](Lookup customer) {
        return Row(sales_order::table)
            .set(sales_order::name, "Boards")
            .set(sales_order::customer, customer);
    });
}

TEST_P(MapRules, qualified_is_a_prospect_and_won_a_customer_on_both_sides)
{
    auto const relation = [&] {
        return customers_of(m_account).front().get(finance_customer::relation);
    };
    auto const type = [&] {
        return read(account::table, m_account).get(account::relationship_type);
    };
    EXPECT_EQ(type(), AccountRelationshipType::prospect);
    EXPECT_EQ(relation(), FinanceCustomerRelation::prospect);
    auto const deal =
        only(Query::from(opportunity::table).where(opportunity::topic == "Surfboards for 2027"));
    call("daisy", "WinOpportunity", win_opportunity(deal.id()));
    EXPECT_EQ(type(), AccountRelationshipType::customer);
    EXPECT_EQ(relation(), FinanceCustomerRelation::customer);
}

TEST_P(MapRules, the_company_fills_in_what_sales_does_not_know)
{
    auto const row = customers_of(m_account).front();
    auto const settings =
        only(Query::from(finance_company::table).where(finance_company::company == "awie"));
    EXPECT_EQ(row.get(finance_customer::group), settings.get(finance_company::customer_group));
    EXPECT_EQ(row.get(finance_customer::tax_group), settings.get(finance_company::tax_group));
    EXPECT_EQ(row.get(finance_customer::payment_terms), "NET30");
    EXPECT_EQ(row.get(finance_customer::language), "en-ie");
    EXPECT_EQ(row.get(finance_customer::hold), FinanceCustomerHold::none);
}

TEST_P(MapRules, a_refusal_by_finance_refuses_the_whole_message)
{
    auto const settings =
        only(Query::from(finance_company::table).where(finance_company::company == "awie"));
    ASSERT_EQ(
        change(system_caller(), settings, Row {}.set(finance_company::customer_group, "NOWHERE")),
        "");
    Id source {};
    ASSERT_EQ(write(as("daisy"),
                  [&](Unit& unit) -> Result<void> {
                      source = TRY(unit.create(Row(lead::table)
                              .set(lead::topic, "Boards")
                              .set(lead::last_name, "Quinn")
                              .set(lead::company_name, "Refused Ltd")));
                      return {};
                  }),
        "");
    auto const refused = write(as("daisy"), [&](Unit& unit) -> Result<void> {
        TRY(unit.call(sales::QualifyLead { .lead = { lead::table, source },
            .create_account = true,
            .create_contact = true,
            .create_opportunity = true }));
        return {};
    });
    EXPECT_EQ(
        refused, "customer_group_unknown: There is no customer group 'NOWHERE' in company awie.");
    EXPECT_EQ(read(lead::table, source).get(lead::state), LeadState::open);
    EXPECT_TRUE(all(Query::from(account::table).where(account::name == "Refused Ltd")).empty());
    EXPECT_TRUE(all(Query::from(contact::table).where(contact::last_name == "Quinn")).empty());
}

TEST_P(MapRules, sales_shows_how_far_the_order_is)
{
    using enum SalesOrderProcessingStatus;
    EXPECT_EQ(status_in_sales(), active);
    call("ines", "cl_ConfirmOrder", order_body());
    EXPECT_EQ(status_in_sales(), confirmed);
    pick("1");
    EXPECT_EQ(status_in_sales(), partially_picked);
    call("otto", "cl_PackOrder", order_body());
    EXPECT_EQ(status_in_sales(), partially_delivered); // Packed comes before picked …
    pick("2");
    EXPECT_EQ(status_in_sales(), partially_delivered); // … also when all is picked.
    call("ines", "cl_InvoiceOrder", order_body());
    EXPECT_EQ(status_in_sales(), partially_invoiced); // Invoiced comes before packed.
    call("otto", "cl_PackOrder", order_body());
    EXPECT_EQ(status_in_sales(), delivered_partially_invoiced);
    call("ines", "cl_InvoiceOrder", order_body());
    EXPECT_EQ(status_in_sales(), invoiced);
}

TEST_P(MapRules, all_picked_and_all_packed_have_their_own_status)
{
    using enum SalesOrderProcessingStatus;
    call("ines", "cl_ConfirmOrder", order_body());
    pick("3");
    EXPECT_EQ(status_in_sales(), picked);
    call("otto", "cl_PackOrder", order_body());
    EXPECT_EQ(status_in_sales(), delivered);
}

TEST_P(MapRules, a_paused_map_sends_nothing_and_catches_up_in_both_directions)
{
    call("ada", "cl_SetMapMode", mode("customer", "paused"));
    auto const customer = customers_of(m_account).front();
    ASSERT_EQ(change(system_caller(), read(account::table, m_account),
                  Row {}.set(account::city, "Limerick")),
        "");
    ASSERT_EQ(change(system_caller(), customer,
                  Row {}.set(finance_customer::credit_limit, Amount::parse("700.00"))),
        "");
    EXPECT_NE(customers_of(m_account).front().get(finance_customer::city), "Limerick");
    EXPECT_TRUE(read(account::table, m_account).is_null(account::credit_limit));
    call("ada", "cl_SetMapMode", mode("customer", "live"));
    EXPECT_EQ(customers_of(m_account).front().get(finance_customer::city), "Limerick");
    EXPECT_EQ(read(account::table, m_account).get(account::credit_limit), Amount::parse("700.00"));
}

TEST_P(MapRules, a_stopped_map_still_answers_on_its_own_side)
{
    call("ada", "cl_SetMapMode", mode("customer", "stopped"));
    auto const refused = refusal("daisy", "cl_SetMapMode", mode("customer", "live"));
    EXPECT_EQ(refused, "PrivilegeDenied");
    ASSERT_EQ(change(system_caller(), read(account::table, m_account),
                  Row {}.set(account::city, "Limerick")),
        "");
    EXPECT_NE(customers_of(m_account).front().get(finance_customer::city), "Limerick");
}

}

}
