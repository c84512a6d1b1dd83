// The AdventureWorks LT sample through its recipe. Reads ../shared beside the repository; skipped
// where it is absent.
#include "apps/finance/inventory/inventory_movement_table.h"
#include "apps/finance/ledger/ledger_voucher_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/order/order_document_table.h"
#include "apps/finance/tax/tax_transaction_table.h"
#include "apps/integration/import/importer.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"
#include "platform/files/whole_file.h"
#include "server/demo/company_testing.h"

#include <algorithm>
#include <filesystem>

namespace cashline {

namespace {

std::optional<std::filesystem::path> sample()
{
    for (auto folder = std::filesystem::current_path(); folder != folder.root_path();
        folder = folder.parent_path()) {
        auto const data = folder / "shared/data/adventureworks-lt";
        if (std::filesystem::exists(data)) {
            return data;
        }
    }
    return std::nullopt;
}

class AdventureWorks : public CompanyTest {
protected:
    Caller importer()
    {
        return is_empty() ? system_caller(Door::import) : as("ada", Door::command);
    }
    Result<integration::ImportReport> import(integration::ImportOptions const& options = {})
    {
        auto const folder = *sample();
        return integration::import_records(platform(), importer(),
            { "adventureworks",
                [folder](std::string const& name) {
                    return read_whole_file((folder / name).string());
                } },
            options);
    }
    std::int64_t count(TableId table, Filter filter = {})
    {
        return platform()
            .read<std::int64_t>(system_caller(),
                [&](Reader& reader) { return reader.count(Query::from(table).where(filter)); })
            .value();
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, AdventureWorks, both_databases(), database_name);

TEST_P(AdventureWorks, everything_arrives_once_and_is_explained)
{
    if (!sample()) {
        GTEST_SKIP() << "shared/data/adventureworks-lt is not beside the repository.";
    }
    auto const vouchers = count(ledger_voucher::table);
    auto const movements = count(inventory_movement::table);
    auto const first = import();
    ASSERT_TRUE(first.has_value()) << first.error().code << ": " << first.error().text;
    ASSERT_FALSE(first->has_refusals()) << first->to_text().substr(0, 4000);
    EXPECT_EQ(count(contact::table, is_not_null(contact::external_id)), 847);
    EXPECT_EQ(count(account::table, is_not_null(account::external_id)), 439);
    EXPECT_EQ(count(sales_order::table, is_not_null(sales_order::source_total)), 32);
    EXPECT_EQ(count(sales_order_line::table, is_not_null(sales_order_line::external_id)), 542);
    EXPECT_EQ(first->steps[6].created, 295);
    EXPECT_FALSE(first->steps[9].repeats.empty());
    auto const about_lines = std::ranges::count_if(
        first->steps[10].differences, [](integration::ImportFinding const& finding) {
            return finding.text.contains("SubTotal is not");
        });
    EXPECT_EQ(about_lines, 32) << first->to_text().substr(0, 2000);
    EXPECT_GT(first->steps[11].differences.size(), 271U);

    // Delivered long ago, and nothing here was posted, taken from stock or taxed.
    using enum SalesOrderProcessingStatus;
    EXPECT_EQ(count(sales_order::table, sales_order::processing_status == delivered), 32);
    EXPECT_EQ(count(finance_order::table,
                  finance_order::processing_status == FinanceOrderProcessingStatus::delivered
                      && finance_order::order_status == FinanceOrderOrderStatus::delivered),
        32);
    EXPECT_EQ(count(ledger_voucher::table), vouchers);
    EXPECT_EQ(count(inventory_movement::table), movements);
    EXPECT_EQ(count(order_document::table), 0);
    EXPECT_EQ(count(tax_transaction::table), 0);

    auto const second = import();
    ASSERT_TRUE(second.has_value()) << second.error().text;
    for (auto const& step : second->steps) {
        EXPECT_EQ(step.created, 0) << step.step;
        EXPECT_EQ(step.updated, 0) << step.step;
    }
}

// A company without any settings: the recipe lays what its records lean on.
class AdventureWorksInEmptyCompany : public AdventureWorks {
protected:
    bool is_empty() const override { return true; }
};

INSTANTIATE_TEST_SUITE_P(Databases, AdventureWorksInEmptyCompany, both_databases(), database_name);

TEST_P(AdventureWorksInEmptyCompany, everything_arrives_as_well)
{
    if (!sample()) {
        GTEST_SKIP() << "shared/data/adventureworks-lt is not beside the repository.";
    }
    auto const report = import();
    ASSERT_TRUE(report.has_value()) << report.error().code << ": " << report.error().text;
    ASSERT_FALSE(report->has_refusals()) << report->to_text().substr(0, 4000);
    EXPECT_EQ(count(contact::table, is_not_null(contact::external_id)), 847);
    EXPECT_EQ(count(sales_order_line::table), 542);
    auto const again = import();
    ASSERT_TRUE(again.has_value()) << again.error().text;
    for (auto const& step : again->steps) {
        EXPECT_EQ(step.created + step.updated, 0) << step.step;
    }
}

TEST_P(AdventureWorks, a_rehearsal_keeps_nothing)
{
    if (!sample()) {
        GTEST_SKIP() << "shared/data/adventureworks-lt is not beside the repository.";
    }
    auto const rehearsed = import({ .is_rehearsal = true });
    ASSERT_TRUE(rehearsed.has_value()) << rehearsed.error().text;
    EXPECT_EQ(rehearsed->steps[9].created, 847);
    EXPECT_EQ(count(contact::table), 0);
}

TEST_P(AdventureWorks, a_torn_file_is_refused_before_anything_is_written)
{
    auto const refused = integration::import_records(platform(), as("ada", Door::command),
        { "adventureworks", [](std::string const&) -> Result<std::string> {
             return std::string("A,B\n1,\"open");
         } });
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, "csv_malformed");
    EXPECT_EQ(count(contact::table), 0);
}

TEST_P(AdventureWorks, importing_needs_its_privilege)
{
    auto const refused = integration::import_records(platform(), as("daisy"),
        { "adventureworks",
            [](std::string const&) -> Result<std::string> { return std::string {}; } });
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, "PrivilegeDenied");
}

}

}
