#include "apps/integration/map/compare.h"

#include "apps/integration/map/translate.h"
#include "platform/journal/last_known.h"
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
    if (auto const* id = value.as_id()) {
        return id->to_string();
    }
    return display_text(reader.schema().table(table).column(column), value);
}

// A written decimal may have another scale than the stored one; the number counts.
bool is_same(Value const& a, Value const& b)
{
    auto const* first = a.as_decimal();
    auto const* second = b.as_decimal();
    return first && second ? *first == *second : a == b;
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
    // What the journal says of a stored value: nothing, that it is this one, or that it is another.
    enum class Told : std::uint8_t { nothing, this_value, another };
    Result<Told> told(MapPath const& path, Row const& row);
    Result<Side> wrong_side(MapColumn const& column, Row const& sales, Row const& finance);
    Result<bool> leads_to_partner(MapColumn const& column, Row const& sales, Value const& stored);
    Result<bool> belongs_to_another_map(Row const& finance);
    void compare_constants(Row const& sales, Row const& finance, std::string const& key);
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

Result<Comparing::Told> Comparing::told(MapPath const& path, Row const& row)
{
    auto const column = path.own_column();
    auto const& definition = m_reader.schema().table(row.table()).column(column);
    if (!definition.is_stored()) {
        return Told::nothing;
    }
    auto const last = TRY(journal::last_known_value(m_reader, { row.table(), row.id() }, column));
    if (!last) {
        return Told::nothing;
    }
    return is_same(*last, row.value(column)) ? Told::this_value : Told::another;
}

Result<Side> Comparing::wrong_side(MapColumn const& column, Row const& sales, Row const& finance)
{
    auto const of_finance = TRY(told(column.finance, finance));
    auto const of_sales = TRY(told(column.sales, sales));
    if (of_finance == Told::another) {
        return Side::finance;
    }
    if (of_sales == Told::another) {
        return Side::sales;
    }
    if (of_finance == of_sales && of_finance == Told::this_value) {
        return column.flow == Flow::to_sales ? Side::sales : Side::finance;
    }
    return of_finance == Told::this_value ? Side::sales : Side::finance;
}

// A lookup of Finance whose value cannot be found may still lead to the right row: the partner of
// what the lookup of Sales leads to. What is wrong with that row is told where it is compared.
Result<bool> Comparing::leads_to_partner(
    MapColumn const& column, Row const& sales, Value const& stored)
{
    auto const* parent = sales.value(column.sales.own_column()).as_lookup();
    auto const* leads_to = stored.as_lookup();
    if (!parent || !leads_to) {
        return false;
    }
    for (auto const& map : TRY(load_maps(m_reader.schema()))) {
        if (map.sales != parent->table || map.finance != leads_to->table) {
            continue;
        }
        auto const row = TRY(m_reader.retrieve(*parent));
        auto const partner = TRY(find_partner(m_reader, { map, Side::sales }, row));
        if (partner && partner->id() == leads_to->id) {
            return true;
        }
    }
    return false;
}

void Comparing::compare_constants(Row const& sales, Row const& finance, std::string const& key)
{
    auto const& table = m_reader.schema().table(finance.table());
    for (auto const& constant : m_map.constants) {
        auto const& value = finance.value(constant.column);
        if (value == constant.value) {
            continue;
        }
        m_result.differences.push_back({ .kind = Difference::Kind::value,
            .key = key,
            .sales = { sales.table(), sales.id() },
            .finance = { finance.table(), finance.id() },
            .finance_column = table.column(constant.column).name,
            .expected = shown(m_reader, table.id, constant.column, constant.value),
            .found = shown(m_reader, table.id, constant.column, value) });
    }
}

Result<bool> Comparing::belongs_to_another_map(Row const& finance)
{
    for (auto const& map : TRY(load_maps(m_reader.schema()))) {
        if (map.finance == m_map.finance && map.name != m_map.name
            && TRY(find_partner(m_reader, { map, Side::finance }, finance))) {
            return true;
        }
    }
    return false;
}

Result<void> Comparing::compare_column(
    CompanyScope const& scope, MapColumn const& column, Row const& sales, Row const& finance)
{
    // The owner is right; where both may write, Sales is taken as the measure.
    auto const owner = column.flow == Flow::to_sales ? Side::finance : Side::sales;
    auto const& source = owner == Side::sales ? sales : finance;
    auto const& checked = owner == Side::sales ? finance : sales;
    auto const stored = checked.value(column.at(other(owner)).own_column());
    auto const as_owned = translate(m_reader, { m_map, owner, &scope }, column, source);
    if (as_owned && *as_owned == stored) {
        return {};
    }
    if (!as_owned && TRY(leads_to_partner(column, sales, stored))) {
        return {};
    }
    auto const wrong = TRY(wrong_side(column, sales, finance));
    auto const expected = translate(
        m_reader, { m_map, other(wrong), &scope }, column, wrong == Side::sales ? finance : sales);
    auto const& row = wrong == Side::sales ? sales : finance;
    auto const place = column.at(wrong).own_column();
    auto const name_at = [&](Side side) {
        auto const& table = m_reader.schema().table(m_map.table(side));
        return table.column(column.at(side).own_column()).name;
    };
    m_result.differences.push_back({ .kind = Difference::Kind::value,
        .key = TRY(key_of(Side::sales, sales)),
        .sales = { sales.table(), sales.id() },
        .finance = { finance.table(), finance.id() },
        .wrong_side = wrong,
        .owner = owner,
        .sales_column = name_at(Side::sales),
        .finance_column = name_at(Side::finance),
        .expected =
            expected ? shown(m_reader, row.table(), place, *expected) : expected.error().text,
        .found = shown(m_reader, row.table(), place, row.value(place)) });
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
    compare_constants(sales, finance, TRY(key_of(Side::sales, sales)));
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
    // Maps may share a table: a row with other constants, or with a partner there, belongs to
    // another map.
    auto const is_ours = std::ranges::all_of(m_map.constants,
        [&](MapConstant const& constant) { return row.value(constant.column) == constant.value; });
    if (m_paired.contains(row.id()) || !is_ours || TRY(belongs_to_another_map(row))) {
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
