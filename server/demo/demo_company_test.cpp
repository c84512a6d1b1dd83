// The whole demo company installs and is sound.
#include "apps/catalog/ports.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/quote/quote_table.h"
#include "core/text.h"
#include "server/apps.h"
#include "server/demo/company_testing.h"
#include "server/demo/history.h"
#include "server/verify_company.h"

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
