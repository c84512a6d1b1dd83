#include "apps/integration/map/compare.h"

#include "apps/integration/map/translate.h"
#include "platform/metadata/display.h"

#include <algorithm>
#include <set>

namespace cashline::integration {

namespace {

// Rows are read in chunks, so that a large table neither fills memory nor holds a long snapshot.
constexpr std::int64_t chunk_rows = 500;

Result<void> each_row(
    Reader& reader, TableId table, std::function<Result<void>(Row const&)> const& visit)
{
    auto const& definition = reader.schema().table(table);
    Id last {};
    for (;;) {
        auto query = Query::from(table);
        if (!last.is_nil()) {
            query.filter =
                Filter::condition(definition.id_column, Operator::greater, { Value(last) });
        }
        query.orders.push_back({ .column = definition.id_column });
        query.limit = chunk_rows;
        auto const rows = TRY(reader.query(query));
        for (auto const& row : rows) {
            TRY(visit(row));
        }
        if (static_cast<std::int64_t>(rows.size()) < chunk_rows) {
            return {};
        }
        last = rows.back().id();
    }
}

std::string shown(Reader& reader, TableId table, ColumnIndex column, Value const& value)
{
    if (auto const* lookup = value.as_lookup()) {
        return lookup->id.to_string();
    }
    return display_text(reader.schema().table(table).column(column), value);
}

class Comparing {
public:
    Comparing(Reader& reader, Map const& map) : m_reader(reader), m_map(map) { }

    Result<Comparison> run();

private:
    Result<void> look_at_sales(Row const& row);
    Result<void> look_at_finance(Row const& row);
    Result<void> compare_pair(CompanyScope const& scope, Row const& sales, Row const& finance);
    Result<void> compare_column(
        CompanyScope const& scope, MapColumn const& column, Row const& sales, Row const& finance);
    Result<std::string> key_of(Side side, Row const& row);
    void report_error(Side side, Row const& row, Error const& error);

    Reader& m_reader;
    Map const& m_map;
    Comparison m_result {};
    std::set<Id> m_paired {};
    std::vector<CompanyScope> m_scopes {};
};

Result<std::string> Comparing::key_of(Side side, Row const& row)
{
    auto const& path = m_map.key.front().at(side);
    auto const value = TRY(read_path(m_reader, m_map.table(side), path, row));
    return shown(m_reader, path.hops.empty() ? m_map.table(side) : path.hops.back().target,
        path.column, value);
}

void Comparing::report_error(Side side, Row const& row, Error const& error)
{
    Difference difference {
        .kind = Difference::Kind::error, .wrong_side = side, .message = error.text
    };
    (side == Side::sales ? difference.sales : difference.finance) = { row.table(), row.id() };
    m_result.differences.push_back(std::move(difference));
}

Result<void> Comparing::compare_column(
    CompanyScope const& scope, MapColumn const& column, Row const& sales, Row const& finance)
{
    // The owner is right; where both may write, Sales is taken as the measure.
    auto const from = column.flow == Flow::to_sales ? Side::finance : Side::sales;
    auto const& source = from == Side::sales ? sales : finance;
    auto const& checked = from == Side::sales ? finance : sales;
    auto const& target = column.at(other(from));
    auto const stored_at = target.own_column();
    auto const expected = translate(m_reader, { m_map, from, &scope }, column, source);
    if (expected && *expected == checked.value(stored_at)) {
        return {};
    }
    auto const& table = m_reader.schema().table(m_map.table(other(from)));
    auto const own_text = shown(m_reader, table.id, stored_at, checked.value(stored_at));
    auto const expected_text =
        expected ? shown(m_reader, table.id, stored_at, *expected) : expected.error().text;
    m_result.differences.push_back({ .kind = Difference::Kind::value,
        .key = TRY(key_of(Side::sales, sales)),
        .sales = { sales.table(), sales.id() },
        .finance = { finance.table(), finance.id() },
        .column = table.column(stored_at).name,
        .wrong_side = other(from),
        .sales_value = from == Side::sales ? expected_text : own_text,
        .finance_value = from == Side::sales ? own_text : expected_text });
    return {};
}

Result<void> Comparing::compare_pair(
    CompanyScope const& scope, Row const& sales, Row const& finance)
{
    ++m_result.pairs;
    m_paired.insert(finance.id());
    for (auto const& column : m_map.columns) {
        TRY(compare_column(scope, column, sales, finance));
    }
    return {};
}

Result<void> Comparing::look_at_sales(Row const& row)
{
    for (auto const& scope : m_scopes) {
        auto const partner = find_partner(m_reader, { m_map, Side::sales, &scope }, row);
        if (!partner) {
            report_error(Side::sales, row, partner.error());
        } else if (*partner) {
            TRY(compare_pair(scope, row, **partner));
        } else if (m_map.sales_creates && !m_map.only_customers_of_deals) {
            m_result.differences.push_back({ .kind = Difference::Kind::missing_in_finance,
                .key = TRY(key_of(Side::sales, row)),
                .sales = { row.table(), row.id() } });
        }
    }
    return {};
}

Result<void> Comparing::look_at_finance(Row const& row)
{
    // Maps may share a table: a row with other constants belongs to another map.
    auto const is_ours = std::ranges::all_of(m_map.constants,
        [&](MapConstant const& constant) { return row.value(constant.column) == constant.value; });
    if (m_paired.contains(row.id()) || !is_ours) {
        return {};
    }
    m_result.differences.push_back({ .kind = Difference::Kind::missing_in_sales,
        .key = TRY(key_of(Side::finance, row)),
        .finance = { row.table(), row.id() } });
    return {};
}

Result<Comparison> Comparing::run()
{
    m_scopes = TRY(scopes_of(m_reader, m_map, Side::sales));
    TRY(each_row(m_reader, m_map.sales, [&](Row const& row) { return look_at_sales(row); }));
    TRY(each_row(m_reader, m_map.finance, [&](Row const& row) { return look_at_finance(row); }));
    return std::move(m_result);
}

}

Result<Comparison> compare(Reader& reader, Map const& map) { return Comparing(reader, map).run(); }

}
