#include "apps/integration/map/translate.h"

#include "apps/parties/account/account_table.h"
#include "apps/parties/company/company_table.h"
#include "apps/parties/contact/contact_table.h"
#include "platform/metadata/display.h"

#include <algorithm>

namespace cashline::integration {

namespace {

// An account is known to Finance by its number, a person who is a customer by his contact number.
Result<Value> customer_key(Reader& reader, Value const& customer)
{
    auto const* lookup = customer.as_lookup();
    if (!lookup) {
        return Value {};
    }
    if (lookup->table == account::table) {
        return TRY(reader.retrieve(account::table, lookup->id, { account::number }))
            .value(account::number);
    }
    return TRY(reader.retrieve(contact::table, lookup->id, { contact::number }))
        .value(contact::number);
}

Result<Value> customer_with_key(Reader& reader, Value const& key)
{
    auto const* number = key.as_text();
    if (!number) {
        return Value {};
    }
    if (auto const found = TRY(reader.first(Query::from(account::table)
                .select({ account::number })
                .where(account::number == *number)))) {
        return Value(Lookup { account::table, found->id() });
    }
    if (auto const found = TRY(reader.first(Query::from(contact::table)
                .select({ contact::number })
                .where(contact::number == *number)))) {
        return Value(Lookup { contact::table, found->id() });
    }
    return Value {};
}

std::optional<std::int64_t> number_in(Value const& value)
{
    if (auto const* flag = value.as_bool()) {
        return *flag ? 1 : 0;
    }
    auto const* number = value.as_integer();
    return number ? std::optional(*number) : std::nullopt;
}

Result<Value> mapped_value(MapColumn const& column, Side from, Value const& value)
{
    if (column.values.empty()) {
        return value;
    }
    auto const number = number_in(value);
    for (auto const& [sales, finance] : column.values) {
        if (number && (from == Side::sales ? sales : finance) == *number) {
            return Value(from == Side::sales ? finance : sales);
        }
    }
    if (column.otherwise && from == Side::sales) {
        return Value(*column.otherwise);
    }
    if (!number) {
        return Value {};
    }
    return conflict("value_not_mapped",
        "'" + column.at(from).text + "' has the value " + std::to_string(*number)
            + ", for which the map names no counterpart. Add it to the map's values.");
}

// Finds the row a path leads to by the value of its column.
Result<Value> lookup_by_value(Reader& reader, MapPath const& path, Value const& value)
{
    if (value.is_null()) {
        return Value {};
    }
    auto const target = path.hops.front().target;
    auto const& table = reader.schema().table(target);
    auto query = Query::from(target);
    query.columns = { path.column };
    query.filter = Filter::condition(path.column, Operator::equal, { value });
    query.limit = 1;
    auto const rows = TRY(reader.query(query));
    if (rows.empty()) {
        return conflict("partner_missing",
            table.label + " '" + display_text(table.column(path.column), value)
                + "' does not exist on the other side yet. Create it there first.");
    }
    return Value(Lookup { target, rows.front().id() });
}

// Ids and lookups, flags and numbers: the same fact in two kinds.
Value as_kind_of(Column const& column, Value value)
{
    if (auto const* lookup = value.as_lookup(); lookup && column.type == ColumnType::id) {
        return Value(lookup->id);
    }
    if (auto const* id = value.as_id(); id && column.is_lookup() && !column.is_polymorphic()) {
        return Value(Lookup { column.targets.front(), *id });
    }
    if (auto const* number = value.as_integer(); number && column.type == ColumnType::yes_no) {
        return Value(*number != 0);
    }
    if (auto const* decimal = value.as_decimal(); decimal && column.type == ColumnType::decimal) {
        return Value(decimal->rounded(column.scale, Rounding::half_away));
    }
    return value;
}

bool is_in_other_currency(Translation const& translation, Table const& table, Row const& row)
{
    auto const* currency = table.find("transactioncurrencyid");
    auto const* own = currency ? row.value(currency->index).as_lookup() : nullptr;
    return translation.company && translation.company->currency
        && (!own || own->id != *translation.company->currency);
}

}

Result<Value> read_path(Reader& reader, TableId table, MapPath const& path, Row const& row)
{
    if (path.hops.empty()) {
        auto const& definition = reader.schema().table(table);
        return path.column == definition.id_column ? Value(row.id()) : row.value(path.column);
    }
    auto current = row;
    for (std::size_t step = 0; step < path.hops.size(); ++step) {
        auto const& hop = path.hops[step];
        auto const* lookup = current.value(hop.lookup).as_lookup();
        if (!lookup || lookup->table != hop.target) {
            return Value {};
        }
        Columns columns;
        columns.indexes = { step + 1 < path.hops.size() ? path.hops[step + 1].lookup
                                                        : path.column };
        auto target = TRY(reader.find(lookup->table, lookup->id, columns));
        if (!target) {
            return Value {};
        }
        current = std::move(*target);
    }
    auto const& last = reader.schema().table(path.hops.back().target);
    return path.column == last.id_column ? Value(current.id()) : current.value(path.column);
}

Result<Value> translate(
    Reader& reader, Translation const& translation, MapColumn const& column, Row const& row)
{
    auto const from = translation.from;
    auto const table = translation.map.table(from);
    if (column.is_customer) {
        auto const value = TRY(read_path(reader, table, column.at(from), row));
        return from == Side::sales ? customer_key(reader, value) : customer_with_key(reader, value);
    }
    if (column.only_in_company_currency
        && is_in_other_currency(translation, reader.schema().table(table), row)) {
        return Value {};
    }
    auto const value =
        TRY(mapped_value(column, from, TRY(read_path(reader, table, column.at(from), row))));
    auto const& target = column.at(other(from));
    auto const& other_table = reader.schema().table(translation.map.table(other(from)));
    if (target.hops.empty()) {
        return as_kind_of(other_table.column(target.column), value);
    }
    auto const& last = reader.schema().table(target.hops.back().target);
    return lookup_by_value(reader, target, as_kind_of(last.column(target.column), value));
}

Result<std::optional<Row>> find_partner(
    Reader& reader, Translation const& translation, Row const& row)
{
    auto const& map = translation.map;
    auto const to = other(translation.from);
    auto const& table = reader.schema().table(map.table(to));
    auto query = Query::from(table.id);
    std::vector<MapColumn const*> far_keys; // too far away to be asked for: looked at behind
    for (auto const& key : map.key) {
        if (key.at(to).hops.size() > 1) {
            far_keys.push_back(&key);
            continue;
        }
        auto const value = TRY(translate(reader, translation, key, row));
        if (value.is_null()) {
            return std::nullopt;
        }
        query.filter = std::move(query.filter)
            && Filter::condition(key.at(to).own_column(), Operator::equal, { value });
    }
    auto const* company =
        translation.company && translation.from == Side::sales ? table.find("dataareaid") : nullptr;
    if (company && !translation.company->code.empty()) {
        query.filter = std::move(query.filter)
            && Filter::condition(
                company->index, Operator::equal, { Value(translation.company->code) });
    }
    for (auto& found : TRY(reader.query(query))) {
        auto is_partner = true;
        for (auto const* key : far_keys) {
            is_partner = is_partner
                && TRY(read_path(
                       reader, map.table(translation.from), key->at(translation.from), row))
                    == TRY(read_path(reader, table.id, key->at(to), found));
        }
        if (is_partner) {
            return std::optional(std::move(found));
        }
    }
    return std::nullopt;
}

Result<std::vector<CompanyScope>> scopes_of(Reader& reader, Map const& map, Side from)
{
    if (!map.per_company || from == Side::finance) {
        return std::vector<CompanyScope> { CompanyScope {} };
    }
    std::vector<CompanyScope> scopes;
    for (auto const& row : TRY(reader.query(Query::from(company::table).order_by(company::code)))) {
        auto const currency = row.get(company::accounting_currency);
        scopes.push_back(
            { row.text_or(company::code), currency ? std::optional(currency->id) : std::nullopt });
    }
    return scopes;
}

}
