// The whole demo company installs and is sound.
#include "apps/activities/appointment/appointment_table.h"
#include "apps/catalog/ports.h"
#include "apps/collaboration/channel_message/channel_message_table.h"
#include "apps/commerce/buyer/buyer_table.h"
#include "apps/finance/bank/statement_line_table.h"
#include "apps/finance/bank/statement_table.h"
#include "apps/finance/inventory/on_hand_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/insights/action_item/action_item_table.h"
#include "apps/insights/conversation/conversation_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "core/text.h"
#include "platform/pipeline/registry.h"
#include "server/apps.h"
#include "server/demo/company_testing.h"
#include "server/demo/history.h"
#include "server/verify_company.h"

#include <algorithm>

namespace cashline {

namespace {

class DemoCompany : public ::testing::TestWithParam<Dialect> {
protected:
    void SetUp() override
    {
        m_store = fresh_store(GetParam());
        if (!m_store) {
            GTEST_SKIP() << "This database is not installed here.";
        }
        m_store->close();
        auto opened = Platform::open(
            { .store = m_store->options(), .environment = &m_environment, .apps = all_apps() });
        ASSERT_TRUE(opened.has_value()) << opened.error().text;
        m_platform = std::move(*opened);
        auto const installed = demo::install(*m_platform);
        ASSERT_TRUE(installed.has_value())
            << installed.error().code << ": " << installed.error().text;
        ASSERT_TRUE(m_platform->drain().has_value());
    }
    std::int64_t count(TableId table, Filter filter = {})
    {
        return m_platform
            ->read<std::int64_t>(system_caller(),
                [&](Reader& reader) { return reader.count(Query::from(table).where(filter)); })
            .value_or(-1);
    }
    std::vector<Row> all(TableId table)
    {
        return m_platform
            ->read<std::vector<Row>>(
                system_caller(), [&](Reader& reader) { return reader.query(Query::from(table)); })
            .value();
    }

    ManualEnvironment m_environment { CompanyTest::morning() };
    std::unique_ptr<FreshStore> m_store {};
    std::unique_ptr<Platform> m_platform {};
};

INSTANTIATE_TEST_SUITE_P(Databases, DemoCompany, both_databases(), database_name);

TEST_P(DemoCompany, has_a_history_and_is_sound)
{
    EXPECT_EQ(count(account::table), demo::account_count);
    EXPECT_EQ(count(contact::table), demo::contact_count);
    EXPECT_EQ(count(lead::table), demo::lead_count);
    EXPECT_EQ(count(opportunity::table), demo::deal_count);
    EXPECT_GT(count(opportunity::table, opportunity::state == OpportunityState::open), 10);
    EXPECT_GT(count(opportunity::table, opportunity::state == OpportunityState::won), 15);
    EXPECT_GT(count(opportunity::table, opportunity::state == OpportunityState::lost), 10);
    if (m_platform->registry().find_port<catalog::Prices>()) {
        EXPECT_GT(count(quote::table, quote::state == QuoteState::active), 0);
    }
    auto const today = CompanyTest::morning().date_utc();
    for (auto const& deal : all(opportunity::table)) {
        EXPECT_LE(deal.get(opportunity::created_on)->date_utc(), today);
        if (auto const closed = deal.get(opportunity::actual_close_date)) {
            EXPECT_LT(*closed, today);
            EXPECT_GT(*closed, deal.get(opportunity::created_on)->date_utc());
        }
    }
    auto const findings = server::verify_company(*m_platform);
    ASSERT_TRUE(findings.has_value()) << findings.error().text;
    for (auto const& finding : *findings) {
        ADD_FAILURE() << finding.check << " " << finding.table << " " << finding.row.to_string()
                      << " " << finding.column << ": " << finding.text << " " << finding.expected
                      << " / " << finding.found;
    }
}

TEST_P(DemoCompany, has_orders_in_every_state_and_invoices_paid_open_and_overdue)
{
    using Status = SalesOrderProcessingStatus;
    for (auto const status : { Status::active, Status::confirmed, Status::partially_picked,
             Status::picked, Status::delivered, Status::invoiced }) {
        EXPECT_GT(count(sales_order::table, sales_order::processing_status == status), 0)
            << static_cast<int>(status);
    }
    namespace columns = finance_invoice;
    auto const today = CompanyTest::morning().date_utc();
    auto const open = columns::payment_status == FinanceInvoicePaymentStatus::open;
    EXPECT_EQ(count(columns::table), 11);
    EXPECT_EQ(
        count(columns::table, columns::payment_status == FinanceInvoicePaymentStatus::paid), 4);
    EXPECT_GE(count(columns::table, open && columns::due_date < today), 2);
    EXPECT_GE(count(columns::table, open && columns::due_date >= today), 2);
    EXPECT_EQ(count(columns::table, columns::total_charge > Amount {}), 11);
    // One line of the last statement is certain, two wait for the clerk.
    using LineStatus = StatementLineLineStatus;
    EXPECT_EQ(count(statement_line::table, statement_line::line_status == LineStatus::matched), 1);
    EXPECT_EQ(count(statement_line::table, statement_line::line_status == LineStatus::open), 2);
    for (auto const& statement : all(statement::table)) {
        EXPECT_EQ(statement.get(statement::closing), Amount::from_units(10'000));
    }
}

TEST_P(DemoCompany, was_made_by_its_people_at_their_time)
{
    auto const now = CompanyTest::morning();
    for (auto const& order : all(sales_order::table)) {
        EXPECT_NE(order.get(sales_order::created_by)->id, system_user_id());
        EXPECT_EQ(order.get(sales_order::created_by)->id, order.get(sales_order::owner)->id);
        EXPECT_LT(*order.get(sales_order::created_on), now);
    }
    auto invoices = all(finance_invoice::table);
    std::ranges::sort(
        invoices, {}, [](Row const& row) { return row.text_or(finance_invoice::number); });
    std::optional<Date> before;
    for (auto const& invoice : invoices) {
        EXPECT_EQ(invoice.get(finance_invoice::created_by)->id, demo::named("systemuser", "ines"));
        auto const date = *invoice.get(finance_invoice::date);
        EXPECT_TRUE(!before || *before < date); // Numbers and dates rise together.
        before = date;
    }
}

TEST_P(DemoCompany, has_goods_meetings_and_talk)
{
    EXPECT_EQ(count(on_hand::table), 26);
    for (auto const& place : all(on_hand::table)) {
        EXPECT_GT(place.get(on_hand::quantity).value_or(Decimal {}).sign(), 0);
    }
    auto const now = CompanyTest::morning();
    EXPECT_GE(count(appointment::table,
                  appointment::scheduled_start >= now
                      && appointment::scheduled_start < now.plus_seconds(7 * 86'400)),
        7);
    EXPECT_EQ(count(conversation::table), 1);
    EXPECT_GT(count(action_item::table), 0);
    EXPECT_EQ(count(channel_message::table), 3);
}

TEST_P(DemoCompany, lets_a_buyer_of_a_customer_order_on_account)
{
    auto const buyers = all(buyer::table);
    ASSERT_EQ(buyers.size(), 1U);
    EXPECT_EQ(buyers[0].get(buyer::status), BuyerStatus::enabled);
    EXPECT_EQ(buyers[0].text_or(buyer::email), "aoife.ahern@blue-reef-group.example");
    auto const credit = m_platform
                            ->read<catalog::CreditStanding>(system_caller(),
                                [&](Reader& reader) {
                                    return reader.port<catalog::CustomerAccounts>().credit(
                                        reader, *buyers[0].get(buyer::organisation));
                                })
                            .value();
    EXPECT_TRUE(credit.has_limit);
    EXPECT_FALSE(credit.on_hold);
    EXPECT_GT(credit.available, Amount::from_units(15'000));
}

TEST_P(DemoCompany, knows_nobody_of_the_story_to_come)
{
    for (auto const& row : all(account::table)) {
        EXPECT_FALSE(text::fold(row.text_or(account::name)).contains("northwind"));
    }
    for (auto const& row : all(contact::table)) {
        EXPECT_NE(row.text_or(contact::first_name), "Mona");
    }
    for (auto const& row : all(lead::table)) {
        EXPECT_NE(row.text_or(lead::first_name), "Mona");
        EXPECT_FALSE(text::fold(row.text_or(lead::company_name)).contains("northwind"));
    }
}

}

}
