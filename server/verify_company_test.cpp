// verify finds nothing in a sound company, and exactly the row and the column of what was made
// wrong past the pipeline.
#include "server/verify_company.h"

#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/lead/lead_table.h"
#include "platform/store/sql.h"
#include "server/demo/company_testing.h"

#include <algorithm>

namespace cashline {

namespace {

class Verify : public CompanyTest {
protected:
    void SetUp() override
    {
        CompanyTest::SetUp();
        if (IsSkipped()) {
            return;
        }
        auto const made = platform().write(
            as("daisy"), std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
                m_account = TRY(unit.create(Row(account::table)
                        .set(account::name, "Çelik Surf")
                        .set(account::city, "Cork")));
                m_contact = TRY(unit.create(Row(contact::table)
                        .set(contact::last_name, "Çelik")
                        .set(contact::company_or_contact, Lookup { account::table, m_account })));
                m_lead = TRY(unit.create(Row(lead::table)
                        .set(lead::topic, "Boards")
                        .set(lead::last_name, "Çelik")
                        .set(lead::parent_account, m_account)));
                return {};
            }));
        ASSERT_TRUE(made.has_value()) << made.error().code << ": " << made.error().text;
        for (auto const* city : { "Galway", "Sligo" }) {
            auto const changed =
                platform().write(as("daisy"), std::function<Result<void>(Unit&)>([&](Unit& unit) {
                    return unit.update(account::table, m_account, Row {}.set(account::city, city));
                }));
            ASSERT_TRUE(changed.has_value()) << changed.error().text;
        }
        ASSERT_TRUE(platform().drain().has_value());
    }

    std::vector<VerifyFinding> findings()
    {
        auto found = server::verify_company(platform());
        EXPECT_TRUE(found.has_value()) << found.error().code << ": " << found.error().text;
        return found.value_or(std::vector<VerifyFinding> {});
    }
    static std::string told(std::vector<VerifyFinding> const& findings)
    {
        std::string text;
        for (auto const& finding : findings) {
            text += finding.check + " " + finding.table + " " + finding.row.to_string() + " "
                + finding.column + ": " + finding.text + " expected " + finding.expected
                + ", found " + finding.found + "\n";
        }
        return text;
    }
    void expect_only(
        std::string_view check, std::string_view table, Id row, std::string_view column)
    {
        auto const found = findings();
        ASSERT_EQ(found.size(), 1U) << told(found);
        EXPECT_EQ(found[0].check, check);
        EXPECT_EQ(found[0].table, table) << told(found);
        EXPECT_EQ(found[0].row, row) << told(found);
        EXPECT_EQ(found[0].column, column) << told(found);
    }
    void past_the_pipeline(std::string_view sql, std::vector<SqlValue> values)
    {
        auto const written = write_sql(platform().store(), sql, std::move(values));
        ASSERT_TRUE(written.has_value()) << written.error().text;
    }

    Id m_account {};
    Id m_contact {};
    Id m_lead {};
};

INSTANTIATE_TEST_SUITE_P(Databases, Verify, both_databases(), database_name);

TEST_P(Verify, a_sound_company_has_no_findings)
{
    auto const found = findings();
    EXPECT_TRUE(found.empty()) << told(found);
}

TEST_P(Verify, names_a_lookup_that_leads_nowhere)
{
    past_the_pipeline("update contact set parentcustomerid = ?1 where contactid = ?2",
        { Id::from_name("nobody"), m_contact });
    expect_only("references", "contact", m_contact, "parentcustomerid");
}

TEST_P(Verify, names_a_lookup_to_a_table_that_is_not_allowed)
{
    past_the_pipeline(
        "update contact set parentcustomerid__t = 4 where contactid = ?1", { m_contact });
    expect_only("references", "contact", m_contact, "parentcustomerid");
}

TEST_P(Verify, names_a_value_that_the_journal_does_not_know)
{
    past_the_pipeline(
        "update account set address1_city = 'Dublin' where accountid = ?1", { m_account });
    auto const found = findings();
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].check, "journal") << told(found);
    EXPECT_EQ(found[0].row, m_account);
    EXPECT_EQ(found[0].column, "address1_city");
    EXPECT_EQ(found[0].expected, "Sligo");
    EXPECT_EQ(found[0].found, "Dublin");
}

TEST_P(Verify, names_a_journal_entry_that_was_changed)
{
    // The older of two entries: the newer one begins with what this one must have ended with.
    past_the_pipeline("update cl_journal set data = replace(data, 't:Galway', 't:Athlone') where "
                      "row_id = ?1 and data like '%\"t:Galway\"]%'",
        { m_account });
    expect_only("journal", "account", m_account, "address1_city");
}

TEST_P(Verify, names_a_row_that_went_past_the_journal)
{
    past_the_pipeline("delete from contact where contactid = ?1", { m_contact });
    auto const found = findings();
    auto const is_told = std::ranges::any_of(found, [&](VerifyFinding const& finding) {
        return finding.check == "journal" && finding.row == m_contact
            && finding.column == "contactid";
    });
    EXPECT_TRUE(is_told) << told(found);
}

TEST_P(Verify, names_a_change_set_without_entries_and_a_gap)
{
    past_the_pipeline("delete from cl_journal where row_id = ?1 and operation = 1 and data like "
                      "'%\"t:Sligo\"]%'",
        { m_account });
    auto const found = findings();
    auto const is_told = std::ranges::any_of(found, [&](VerifyFinding const& finding) {
        return finding.table == "cl_change_set" && finding.column == "ticket";
    });
    EXPECT_TRUE(is_told) << told(found);
}

// Tables are walked in chunks of 500 rows; what is wrong stands behind the first of them.
TEST_P(Verify, looks_beyond_the_first_chunk_of_a_table)
{
    std::vector<Id> made;
    auto const written = platform().write(
        as("daisy"), std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
            made.clear();
            for (auto number = 0; number < 1'100; ++number) {
                made.push_back(TRY(unit.create(
                    Row(contact::table).set(contact::last_name, std::to_string(number)))));
            }
            for (auto const id : made) {
                TRY(unit.update(contact::table, id, Row {}.set(contact::city, "Cork")));
            }
            return {};
        }));
    ASSERT_TRUE(written.has_value()) << written.error().text;
    auto const last = *std::ranges::max_element(made);
    auto const changed =
        platform().write(as("daisy"), std::function<Result<void>(Unit&)>([&](Unit& unit) {
            return unit.update(contact::table, last, Row {}.set(contact::city, "Sligo"));
        }));
    ASSERT_TRUE(changed.has_value()) << changed.error().text;
    EXPECT_TRUE(findings().empty()) << told(findings());
    past_the_pipeline("update contact set address1_city = 'Galway' where contactid = ?1", { last });
    expect_only("journal", "contact", last, "address1_city");
}

TEST_P(Verify, names_a_folded_text_that_is_wrong)
{
    past_the_pipeline("update account set name__f = 'x' where accountid = ?1", { m_account });
    expect_only("keys", "account", m_account, "name");
}

TEST_P(Verify, names_a_status_of_another_state)
{
    past_the_pipeline("update lead set statuscode = 3 where leadid = ?1", { m_lead });
    expect_only("keys", "lead", m_lead, "statuscode");
}

}

}
