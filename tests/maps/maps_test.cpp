// What a map says about each of its columns, tried: the side that owns a value changes it, and the
// other side has it. A map or a column without a case here fails the last test of this file.
#include "apps/finance/customer/finance_contact_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/order/finance_order_line_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/quote/finance_quote_line_table.h"
#include "apps/finance/quote/finance_quote_table.h"
#include "apps/integration/map/map.h"
#include "server/demo/dealt_company_testing.h"
#include "tests/maps/map_cases.h"

#include "apps/catalog/product/product_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/invoice_line/invoice_line_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_line/quote_line_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"

#include <algorithm>

namespace cashline {

namespace {

using integration::Side;

struct Pair {
    Row sales {};
    Row finance {};
};

class Maps : public DealtCompanyTest {
protected:
    void SetUp() override;
    Pair pair_of(std::string_view map);
    // A value as text, read through lookups: an id for a lookup, the number of a customer.
    std::string text_at(Row const& row, std::string_view path);
    std::string text_of(Value const& value);
    Value value_of(Column const& column, std::string_view text);
    void try_case(MapCase const& one, Pair const& pair);
    void try_map(std::string_view map);

    Row first_line(Query query, WholeColumn const& number)
    {
        return all(std::move(query).order_by(number)).front();
    }
    Id m_second_account {};
};

INSTANTIATE_TEST_SUITE_P(Databases, Maps, both_databases(), database_name);

void Maps::SetUp()
{
    DealtCompanyTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
        return;
    }
    ASSERT_EQ(write(as("daisy"),
                  [&](Unit& unit) -> Result<void> {
                      m_second_account = TRY(unit.create(
                          Row(account::table).set(account::name, "Second Wave Rentals")));
                      return {};
                  }),
        "");
}

Pair Maps::pair_of(std::string_view map)
{
    auto const customer = [&](Id party) {
        return only(Query::from(finance_customer::table).where(finance_customer::party == party));
    };
    if (map == "customer") {
        return { read(account::table, m_account), customer(m_account) };
    }
    if (map == "person_customer") {
        return { read(contact::table, m_person), customer(m_person) };
    }
    if (map == "contact") {
        return { read(contact::table, m_contact),
            only(Query::from(finance_contact::table).where(finance_contact::party == m_contact)) };
    }
    if (map == "product") {
        return { read(product::table, demo::named("product", "SB-140")),
            only(Query::from(released_product::table)
                    .where(released_product::number == "SB-140"
                        && released_product::company == "awie")) };
    }
    if (map == "quote") {
        return { read(quote::table, m_draft_quote),
            only(Query::from(finance_quote::table)
                    .where(finance_quote::sales_quote == m_draft_quote)) };
    }
    if (map == "quote_line") {
        auto const line =
            only(Query::from(quote_line::table).where(quote_line::quote == m_draft_quote));
        return { line,
            only(Query::from(finance_quote_line::table)
                    .where(finance_quote_line::sales_line == line.id())) };
    }
    if (map == "order" || map == "order_status") {
        return { read(sales_order::table, m_open_order),
            read(finance_order::table, m_finance_open_order) };
    }
    if (map == "order_line") {
        auto const line = only(
            Query::from(sales_order_line::table).where(sales_order_line::order == m_open_order));
        return { line,
            only(Query::from(finance_order_line::table)
                    .where(finance_order_line::sales_line == line.id())) };
    }
    if (map == "invoice") {
        return { only(Query::from(invoice::table)), only(Query::from(finance_invoice::table)) };
    }
    if (map == "invoice_line") {
        return { first_line(Query::from(invoice_line::table), invoice_line::line_number),
            first_line(
                Query::from(finance_invoice_line::table), finance_invoice_line::line_number) };
    }
    ADD_FAILURE() << "No rows to try the map " << map << " on.";
    return {};
}

std::string Maps::text_of(Value const& value)
{
    if (auto const* lookup = value.as_lookup()) {
        if (lookup->table == account::table) {
            return read(account::table, lookup->id).text_or(account::number);
        }
        return lookup->table == contact::table
            ? read(contact::table, lookup->id).text_or(contact::number)
            : lookup->id.to_string();
    }
    if (auto const* flag = value.as_bool()) {
        return *flag ? "1" : "0";
    }
    if (auto const* number = value.as_integer()) {
        return std::to_string(*number);
    }
    if (auto const* decimal = value.as_decimal()) {
        return decimal->without_trailing_zeros().to_string();
    }
    if (auto const* amount = value.as_amount()) {
        return amount->to_decimal().without_trailing_zeros().to_string();
    }
    if (auto const* date = value.as_date()) {
        return date->to_string();
    }
    if (auto const* id = value.as_id()) {
        return id->to_string();
    }
    auto const* text = value.as_text();
    return text ? *text : std::string {};
}

std::string Maps::text_at(Row const& row, std::string_view path)
{
    auto current = row;
    for (;;) {
        auto const& table = platform().schema()->table(current.table());
        auto const dot = path.find('.');
        auto const* column = table.find(path.substr(0, dot));
        if (!column) {
            ADD_FAILURE() << table.name << " has no column " << path;
            return {};
        }
        if (dot == std::string_view::npos) {
            return column->index == table.id_column ? current.id().to_string()
                                                    : text_of(current.value(column->index));
        }
        auto const* lookup = current.value(column->index).as_lookup();
        if (!lookup) {
            return {};
        }
        current = read(lookup->table, lookup->id);
        path.remove_prefix(dot + 1);
    }
}

// "table/name" is a row of the demo company, or one of this test.
Value Maps::value_of(Column const& column, std::string_view text)
{
    if (text.empty()) {
        return {};
    }
    auto const number = Decimal::parse(text);
    switch (column.type) {
    case ColumnType::yes_no:
        return Value(text == "1");
    case ColumnType::money:
        return Value(Amount::parse(text).value());
    case ColumnType::decimal:
        return Value(number.value().rounded(column.scale, Rounding::half_away));
    case ColumnType::date:
        return Value(Date::parse(text).value());
    default:
        break;
    }
    if (column.is_lookup()) {
        auto const table = text.substr(0, text.find('/'));
        auto const name = text.substr(table.size() + 1);
        auto const id = text == "account/second" ? m_second_account
            : text == "quote/draft"              ? m_draft_quote
                                                 : demo::named(table, name);
        return Value(Lookup { platform().schema()->find(table)->id, id });
    }
    if (column.is_text()) {
        return Value(text);
    }
    auto const whole = Amount::parse(text).value().ten_thousandths / 10'000;
    return Value(std::int64_t { whole });
}

void Maps::try_case(MapCase const& one, Pair const& pair)
{
    SCOPED_TRACE(
        std::string(one.map) + ": " + std::string(one.sales) + " and " + std::string(one.finance));
    auto const is_from_sales = one.owner == Side::sales;
    auto const& source = is_from_sales ? pair.sales : pair.finance;
    auto const& target = is_from_sales ? pair.finance : pair.sales;
    auto const source_path = is_from_sales ? one.sales : one.finance;
    auto const target_path = is_from_sales ? one.finance : one.sales;
    if (one.steps.empty()) {
        // Given when the row was made, and never changed since.
        auto const given = text_at(source, source_path);
        EXPECT_NE(given, "");
        EXPECT_NE(given, "0") << "A value that is nothing anyway proves nothing.";
        EXPECT_EQ(text_at(target, target_path), given);
        return;
    }
    auto const& table = platform().schema()->table(source.table());
    auto const path = one.written.empty() ? source_path : one.written;
    auto const* column = table.find(path.substr(0, path.find('.')));
    ASSERT_TRUE(column) << path;
    for (auto const& [written, expected] : one.steps) {
        Row changes(source.table());
        changes.set(column->index, value_of(*column, written));
        EXPECT_EQ(change(system_caller(), source, changes), "") << written;
        auto const carried = text_at(read(target.table(), target.id()), target_path);
        EXPECT_EQ(carried,
            expected == same_as_source ? text_at(read(source.table(), source.id()), source_path)
                                       : std::string(expected))
            << "after " << written;
        EXPECT_TRUE(expected.empty() || !carried.empty());
    }
}

void Maps::try_map(std::string_view map)
{
    auto const pair = pair_of(map);
    for (auto const& one : map_cases()) {
        if (one.map != map || !one.tried_by.empty()) {
            continue;
        }
        if (one.sales.empty()) {
            EXPECT_EQ(text_at(pair.finance, one.finance), one.steps.front().second)
                << "the constant " << one.finance;
        } else {
            try_case(one, pair);
        }
    }
}

TEST_P(Maps, customer) { try_map("customer"); }
TEST_P(Maps, person_customer) { try_map("person_customer"); }
TEST_P(Maps, contact) { try_map("contact"); }
TEST_P(Maps, product) { try_map("product"); }
TEST_P(Maps, quote) { try_map("quote"); }
TEST_P(Maps, quote_line) { try_map("quote_line"); }
TEST_P(Maps, order) { try_map("order"); }
TEST_P(Maps, order_line) { try_map("order_line"); }
TEST_P(Maps, order_status) { try_map("order_status"); }
TEST_P(Maps, invoice) { try_map("invoice"); }
TEST_P(Maps, invoice_line) { try_map("invoice_line"); }

TEST_P(Maps, an_amount_of_a_product_stays_out_of_books_in_another_currency)
{
    auto const change_price = Row(product::table).set(product::list_price, Amount::parse("801.00"));
    ASSERT_EQ(change(system_caller(), pair_of("product").sales, change_price), "");
    auto const america = only(Query::from(released_product::table)
            .where(released_product::number == "SB-140" && released_product::company == "awus"));
    EXPECT_TRUE(america.is_null(released_product::price));
}

TEST_P(Maps, an_order_of_another_system_is_history_in_the_books_too)
{
    ASSERT_EQ(write(as("ada"),
                  [&](Unit& unit) -> Result<void> {
                      TRY(unit.create(Row(sales_order::table)
                              .set(sales_order::name, "From the old system")
                              .set(sales_order::customer, Lookup { account::table, m_account })
                              .set(sales_order::is_history, true)));
                      return {};
                  }),
        "");
    auto const order =
        only(Query::from(sales_order::table).where(sales_order::name == "From the old system"));
    auto const in_books =
        only(Query::from(finance_order::table).where(finance_order::sales_order == order.id()));
    EXPECT_EQ(in_books.get(finance_order::is_history), true);
    EXPECT_EQ(order.get(sales_order::processing_status), SalesOrderProcessingStatus::delivered);
}

// Whatever a map says is tried above, in every direction it says.
TEST_P(Maps, every_column_of_every_map_has_a_case)
{
    auto const maps = integration::load_maps(*platform().schema());
    ASSERT_TRUE(maps.has_value()) << maps.error().text;
    auto const has_case = [](std::string_view map, auto const& matches) {
        return std::ranges::any_of(
            map_cases(), [&](MapCase const& one) { return one.map == map && matches(one); });
    };
    for (auto const& map : *maps) {
        auto const expect_tried = [&](integration::MapColumn const& column, Side owner) {
            EXPECT_TRUE(has_case(map.name,
                [&](MapCase const& one) {
                    return one.sales == column.sales.text && one.finance == column.finance.text
                        && one.owner == owner;
                }))
                << map.name << ": " << column.sales.text << " and " << column.finance.text
                << ", owned by " << (owner == Side::sales ? "Sales" : "Finance");
        };
        for (auto const& key : map.key) {
            expect_tried(key, map.finance_creates ? Side::finance : Side::sales);
        }
        for (auto const& column : map.columns) {
            for (auto const side : { Side::sales, Side::finance }) {
                if (column.flows_from(side)) {
                    expect_tried(column, side);
                }
            }
        }
        auto const& finance_table = platform().schema()->table(map.finance);
        for (auto const& constant : map.constants) {
            auto const& name = finance_table.column(constant.column).name;
            EXPECT_TRUE(has_case(map.name,
                [&](MapCase const& one) { return one.sales.empty() && one.finance == name; }))
                << map.name << ": the constant " << name;
        }
    }
}

// And what is tried stands in a map: a value that both sides would have anyway is carried, too.
TEST_P(Maps, every_case_is_a_column_of_its_map)
{
    auto const maps = integration::load_maps(*platform().schema());
    ASSERT_TRUE(maps.has_value()) << maps.error().text;
    for (auto const& one : map_cases()) {
        auto const map = std::ranges::find(*maps, one.map, &integration::Map::name);
        ASSERT_NE(map, maps->end()) << one.map;
        auto const& finance_table = platform().schema()->table(map->finance);
        auto const is_this = [&](integration::MapColumn const& column) {
            return column.sales.text == one.sales && column.finance.text == one.finance;
        };
        auto const is_constant = [&](integration::MapConstant const& constant) {
            return one.sales.empty() && finance_table.column(constant.column).name == one.finance;
        };
        EXPECT_TRUE(std::ranges::any_of(map->key, is_this)
            || std::ranges::any_of(map->columns, is_this)
            || std::ranges::any_of(map->constants, is_constant))
            << one.map << ": " << one.sales << " and " << one.finance;
    }
}

}

}
