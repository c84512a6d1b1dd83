// A wrong value written past the pipeline is named, and only it: in every mapped column of Finance,
// in every total that is kept beside the rows it adds up, in a lookup, in the journal. `verify`,
// its command and the maps screen must agree.
#include "apps/finance/api.h"
#include "apps/finance/ledger/ledger_entry_table.h"
#include "apps/integration/map/map.h"
#include "apps/integration/map/verify_maps.h"
#include "apps/parties/account/account_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "platform/pipeline/sql_values.h"
#include "server/commands/all.h"
#include "server/demo/dealt_company_testing.h"
#include "server/verify_company.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace cashline {

namespace {

struct Place {
    std::string table {};
    std::string row {};
    std::string column {};
    auto operator<=>(Place const&) const = default;
};

void PrintTo(Place const& place, std::ostream* out)
{
    *out << place.table << " " << place.row << " " << place.column;
}

using Places = std::set<Place>;

class SpoiledValues : public DealtCompanyTest {
protected:
    enum class Checks : std::uint8_t { all, maps_and_ledger };
    Places found(Checks checks = Checks::all);
    Places found_by_the_command();
    Places found_on_the_maps_screen(std::string const& map);

    // Writes past everything that watches: the row, and nothing else.
    void put(Row const& row, Column const& column, Value const& value);
    // Another value that could stand there; null when the table has no second row to point at.
    Value wrong_value(Column const& column, Value const& value);
    Place place(Row const& row, std::string_view column)
    {
        return { platform().schema()->table(row.table()).name, row.id().to_string(),
            std::string(column) };
    }
    void expect_named(Row const& row, Column const& column, Value const& wrong);
};

INSTANTIATE_TEST_SUITE_P(Databases, SpoiledValues, both_databases(), database_name);

Places SpoiledValues::found(Checks checks)
{
    using Findings = std::vector<VerifyFinding>;
    auto const findings = checks == Checks::all
        ? server::verify_company(platform())
        : platform().read<Findings>(system_caller(), [](Reader& reader) -> Result<Findings> {
              auto all = TRY(integration::verify_maps(reader));
              auto const ledger = TRY(finance::verify_ledger(reader));
              all.insert(all.end(), ledger.begin(), ledger.end());
              return all;
          });
    EXPECT_TRUE(findings.has_value()) << findings.error().code << ": " << findings.error().text;
    Places places;
    for (auto const& finding : findings.value_or(Findings {})) {
        EXPECT_NE(finding.text, "");
        EXPECT_NE(finding.expected, finding.found) << finding.text;
        places.insert({ finding.table, finding.row.to_string(), finding.column });
    }
    return places;
}

Places SpoiledValues::found_by_the_command()
{
    server::CompanyContext context { .platform = platform() };
    server::Arguments const as_json { json::Value { json::Object { { "json", true } } } };
    auto const output = server::verify_command().on_company(context, as_json);
    EXPECT_TRUE(output.has_value()) << output.error().text;
    auto const document = json::parse(output->text).value();
    Places places;
    for (auto const& finding : document.array("findings")) {
        places.insert({ std::string(finding.text("table")), std::string(finding.text("row")),
            std::string(finding.text("column")) });
    }
    EXPECT_EQ(output->exit_code, places.empty() ? 0 : 1);
    EXPECT_EQ(document.flag("ok"), places.empty());
    return places;
}

Places SpoiledValues::found_on_the_maps_screen(std::string const& map)
{
    auto const reply = call("ada", "cl_RetrieveMapDifferences", json::Object { { "Map", map } });
    Places places;
    auto const* document = reply.complex.find("document");
    for (auto const& row : document ? document->array("rows") : json::Array {}) {
        auto const is_sales = row.text("wrongSide") == "sales";
        places.insert({ std::string(row.text(is_sales ? "salesTable" : "financeTable")),
            std::string(row.text(is_sales ? "salesId" : "financeId")),
            std::string(row.text("column")) });
        EXPECT_NE(row.text("salesValue"), row.text("financeValue"));
    }
    return places;
}

void SpoiledValues::put(Row const& row, Column const& column, Value const& value)
{
    auto const& table = platform().schema()->table(row.table());
    std::vector<SqlValue> values;
    append_parameters(values, column, value);
    ASSERT_EQ(values.size(), 1U);
    values.emplace_back(row.id());
    auto const sql = "update " + table.name + " set " + column.name + " = ?1 where "
        + table.column(table.id_column).name + " = ?2";
    ASSERT_EQ(code_of(write_sql(platform().store(), sql, values)), "") << sql;
}

Value SpoiledValues::wrong_value(Column const& column, Value const& value)
{
    switch (column.type) {
    case ColumnType::yes_no:
        return Value(!(value.as_bool() && *value.as_bool()));
    case ColumnType::money:
        return Value(
            Amount { (value.as_amount() ? value.as_amount()->ten_thousandths : 0) + 12'300 });
    case ColumnType::decimal: {
        auto const was = value.as_decimal() ? *value.as_decimal() : Decimal {};
        return Value(was.plus(Decimal::from(1)).value().rounded(column.scale, Rounding::half_away));
    }
    case ColumnType::date:
        return Value(
            value.as_date() ? value.as_date()->plus_days(1) : Date::parse("2027-03-01").value());
    case ColumnType::id:
        return Value(Id::from_name("somebody else"));
    default:
        break;
    }
    if (column.is_choice()) {
        // Not a neighbour that means the same on the other side.
        for (auto const& option : column.options) {
            if (!value.as_integer() || std::abs(option.value - *value.as_integer()) == 1) {
                return Value(option.value);
            }
        }
    }
    if (column.is_lookup()) {
        for (auto const& other : all(Query::from(column.targets.front()))) {
            if (!value.as_lookup() || other.id() != value.as_lookup()->id) {
                return Value(Lookup { other.table(), other.id() });
            }
        }
        return {};
    }
    if (column.type == ColumnType::whole) {
        return Value(std::int64_t { (value.as_integer() ? *value.as_integer() : 0) + 40 });
    }
    return Value("wrong");
}

// The first column that is no key; a choice only where there is nothing else, since two of its
// values may mean the same on the other side.
ColumnIndex column_to_spoil(integration::Map const& map, Table const& table)
{
    auto chosen = map.columns.back().finance.own_column();
    for (auto const& column : map.columns | std::views::reverse) {
        auto const index = column.finance.own_column();
        auto const is_key = std::ranges::any_of(map.key,
            [&](integration::MapColumn const& key) { return key.finance.own_column() == index; });
        chosen = is_key || table.column(index).is_choice() ? chosen : index;
    }
    return chosen;
}

void SpoiledValues::expect_named(Row const& row, Column const& column, Value const& wrong)
{
    SCOPED_TRACE(platform().schema()->table(row.table()).name + "." + column.name);
    auto const was = row.value(column.index);
    put(row, column, wrong);
    EXPECT_EQ(found(Checks::maps_and_ledger), (Places { place(row, column.name) }));
    put(row, column, was);
}

TEST_P(SpoiledValues, nothing_is_wrong_before)
{
    EXPECT_EQ(found(), Places {});
    EXPECT_EQ(found_by_the_command(), Places {});
}

// Every map there is, every column of it that is not a key: new ones are tried without being named.
TEST_P(SpoiledValues, of_each_column_of_each_map_are_named)
{
    auto const maps = integration::load_maps(*platform().schema());
    ASSERT_TRUE(maps.has_value());
    std::size_t tried = 0;
    for (auto const& map : *maps) {
        SCOPED_TRACE(map.name);
        auto const& table = platform().schema()->table(map.finance);
        std::set<ColumnIndex> keys;
        for (auto const& key : map.key) {
            keys.insert(key.finance.own_column());
        }
        std::set<ColumnIndex> columns;
        for (auto const& column : map.columns) {
            columns.insert(column.finance.own_column());
        }
        for (auto const& constant : map.constants) {
            columns.insert(constant.column);
        }
        // A row of this map, and not of another one of the same table.
        auto query = Query::from(map.finance);
        for (auto const& constant : map.constants) {
            query.filter = std::move(query.filter)
                && Filter::condition(constant.column, Operator::equal, { constant.value });
        }
        query.orders.push_back({ .column = table.id_column, .descending = true });
        auto const rows = all(query);
        ASSERT_FALSE(rows.empty()) << "no row to spoil";
        for (auto const index : columns) {
            auto const& column = table.column(index);
            auto const wrong = wrong_value(column, rows.front().value(index));
            if (keys.contains(index) || wrong.is_null()) {
                continue;
            }
            expect_named(rows.front(), column, wrong);
            ++tried;
        }
    }
    EXPECT_GT(tried, 80U);
    EXPECT_EQ(found(), Places {});
}

// The screen and the command say the same as the check, once for each map.
TEST_P(SpoiledValues, of_each_map_are_named_on_the_screen_and_by_the_command)
{
    auto const maps = integration::load_maps(*platform().schema());
    ASSERT_TRUE(maps.has_value());
    for (auto const& map : *maps) {
        SCOPED_TRACE(map.name);
        auto const& table = platform().schema()->table(map.finance);
        auto const index = column_to_spoil(map, table);
        auto query = Query::from(map.finance);
        for (auto const& constant : map.constants) {
            query.filter = std::move(query.filter)
                && Filter::condition(constant.column, Operator::equal, { constant.value });
        }
        query.orders.push_back({ .column = table.id_column, .descending = true });
        auto const row = all(query).front();
        put(row, table.column(index), wrong_value(table.column(index), row.value(index)));
        Places const only { place(row, table.column(index).name) };
        EXPECT_EQ(found_on_the_maps_screen(map.name), only);
        EXPECT_EQ(found_by_the_command(), only);
        for (auto const& other : *maps) {
            if (other.name != map.name) {
                EXPECT_EQ(found_on_the_maps_screen(other.name), Places {}) << other.name;
            }
        }
        put(row, table.column(index), row.value(index));
    }
}

// Whatever Finance keeps beside the rows it comes from: amounts and quantities that only its rules
// write, apart from those that are tried as columns of a map.
TEST_P(SpoiledValues, of_each_total_are_named)
{
    auto const& schema = *platform().schema();
    std::set<std::pair<TableId, ColumnIndex>> mapped;
    for (auto const& map : integration::load_maps(schema).value()) {
        for (auto const& column : map.columns) {
            mapped.insert({ map.finance, column.finance.own_column() });
        }
    }
    // What was confirmed, and what invoices took of a discount, stand nowhere else.
    std::set<std::string> const snapshots { "finsalesline.lineamount",
        "finorderdiscount.takenamount", "finorderdiscount.invoicedamount" };
    std::set<std::string> tried;
    for (auto const& table : schema.tables()) {
        if (table.app != "finance") {
            continue;
        }
        for (auto const& column : table.columns) {
            auto const is_sum =
                column.type == ColumnType::money || column.type == ColumnType::decimal;
            auto const name = table.name + "." + column.name;
            if (!column.is_derived || column.is_standard || !column.base_of.empty() || !is_sum
                || snapshots.contains(name) || mapped.contains({ table.id, column.index })) {
                continue;
            }
            auto const rows = all(Query::from(table.id));
            ASSERT_FALSE(rows.empty()) << name << ": no row to spoil";
            expect_named(
                rows.front(), column, wrong_value(column, rows.front().value(column.index)));
            expect_named(rows.back(), column, wrong_value(column, rows.back().value(column.index)));
            tried.insert(name);
        }
    }
    for (auto const* name : { "finledgeraccount.balanceamount", "fincustomer.balanceamount",
             "fincusttransaction.openamount", "fincusttransaction.openaccountingamount",
             "fininvoice.openamount", "fininventory.onhandquantity",
             "fininventory.reservedonhandquantity", "fininventory.onhandvalue",
             "finsalesline.pickedquantity", "finsalesline.deliveredquantity",
             "finsalesline.invoicedquantity", "finsalesline.deliveredcostamount",
             "finsalesline.invoicedcostamount" }) {
        EXPECT_TRUE(tried.contains(name)) << name;
    }
    EXPECT_EQ(found(), Places {});
}

// An entry that no longer balances its voucher, on either side and in both of its amounts.
TEST_P(SpoiledValues, of_ledger_entries_are_named)
{
    auto const& table = platform().schema()->table(ledger_entry::table);
    auto const entries = all(Query::from(ledger_entry::table));
    ASSERT_GT(entries.size(), 4U);
    for (auto const& row : { entries.front(), entries[2], entries.back() }) {
        auto const is_debit = !row.amount_or_zero(ledger_entry::debit).is_zero();
        for (auto const& handle : { is_debit ? ledger_entry::debit : ledger_entry::credit,
                 is_debit ? ledger_entry::accounting_debit : ledger_entry::accounting_credit }) {
            auto const& column = table.column(handle.index);
            expect_named(row, column, wrong_value(column, row.value(handle)));
        }
    }
    EXPECT_EQ(found(), Places {});
}

TEST_P(SpoiledValues, a_lookup_that_leads_nowhere_is_named)
{
    auto const deal = read(opportunity::table, m_opportunity);
    ASSERT_EQ(code_of(write_sql(platform().store(),
                  "update opportunity set customerid = ?1 where opportunityid = ?2",
                  { Id::from_name("nobody"), deal.id() })),
        "");
    EXPECT_EQ(found(), (Places { place(deal, "customerid") }));
    EXPECT_EQ(found_by_the_command(), (Places { place(deal, "customerid") }));
}

TEST_P(SpoiledValues, a_journal_entry_that_was_changed_is_named)
{
    auto const company = read(account::table, m_account);
    for (auto const* city : { "Galway", "Sligo" }) {
        ASSERT_EQ(change(as("daisy"), company, Row {}.set(account::city, city)), "");
    }
    ASSERT_TRUE(platform().drain().has_value());
    ASSERT_EQ(found(), Places {});
    ASSERT_EQ(code_of(write_sql(platform().store(),
                  "update cl_journal set data = replace(data, 't:Galway', 't:Athlone') where "
                  "row_id = ?1 and data like '%\"t:Galway\"]%'",
                  { company.id() })),
        "");
    EXPECT_EQ(found(), (Places { place(company, "address1_city") }));
    EXPECT_EQ(found_by_the_command(), (Places { place(company, "address1_city") }));
}

TEST_P(SpoiledValues, a_wrong_copy_in_sales_is_named_there)
{
    // Sales changed this value since it was made, so the journal knows which side is right.
    auto const company = read(account::table, m_account);
    ASSERT_EQ(change(as("daisy"), company, Row {}.set(account::city, "Galway")), "");
    auto const& column = platform().schema()->table(account::table).column(account::city.index);
    put(company, column, Value("Cork"));
    EXPECT_EQ(found(), (Places { place(company, "address1_city") }));
    EXPECT_EQ(found_on_the_maps_screen("customer"), (Places { place(company, "address1_city") }));
}

}

}
