#include "apps/finance/api.h"

#include "apps/finance/order/order_testing.h"

#include <algorithm>

namespace cashline::finance {
namespace {

class VerifyTest : public OrderTest {
protected:
    std::vector<VerifyFinding> findings()
    {
        auto found = platform().read<std::vector<VerifyFinding>>(
            system_caller(), [](Reader& reader) { return verify_ledger(reader); });
        EXPECT_TRUE(found.has_value());
        return found.value_or(std::vector<VerifyFinding> {});
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, VerifyTest, both_databases(), database_name);

TEST_P(VerifyTest, finds_nothing_after_the_chain_and_each_wrong_value_by_row_and_column)
{
    invoice(add_board_order());
    for (auto const& finding : findings()) {
        ADD_FAILURE() << finding.table << "." << finding.column << ": " << finding.expected
                      << " but " << finding.found;
    }
    // Past the pipeline, as a fault would.
    std::vector<std::pair<std::string, std::string>> const values {
        { "finledgeraccount", "balanceamount" }, { "fincustomer", "balanceamount" },
        { "fincusttransaction", "openamount" }, { "fininvoice", "totaltaxamount" },
        { "fininvoice", "totalinvoiceamount" }, { "fininventory", "onhandquantity" },
        { "fininventory", "onhandvalue" }, { "finledgerentry", "debitamount" }
    };
    for (auto const& [table, column] : values) {
        auto const key = table + "id";
        auto const one = "where " + key + " = (select " + key + " from " + table + " order by "
            + key + " limit 1)";
        auto const sql = "update " + table + " set " + column + " = " + column;
        ASSERT_EQ(code_of(write_sql(platform().store(), sql + " + 10000 " + one)), "");
        auto const found = findings();
        EXPECT_TRUE(std::ranges::any_of(found,
            [&](VerifyFinding const& finding) {
                return finding.table == table && finding.column == column;
            }))
            << table << "." << column;
        ASSERT_EQ(code_of(write_sql(platform().store(), sql + " - 10000 " + one)), "");
    }
    EXPECT_TRUE(findings().empty());
}

}
}
