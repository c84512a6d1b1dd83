#include "apps/integration/map/translate.h"

#include "apps/parties/account/account_table.h"
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

Result<Value> mapped_value(MapColumn const& column, Side from, Value const& value)
{
    auto const* number = value.as_integer();
    if (column.values.empty() || !number) {
        return value;
    }
    for (auto const& [sales, finance] : column.values) {
        if ((from == Side::sales ? sales : finance) == *number) {
            return Value(from == Side::sales ? finance : sales);
        }
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
    auto query = Query::from(path.target);
    query.columns = { path.column };
    query.filter = Filter::condition(path.column, Operator::equal, { value });
    query.limit = 1;
    auto const rows = TRY(reader.query(query));
    if (rows.empty()) {
        auto const& table = reader.schema().table(path.target);
        return conflict("partner_missing",
            table.label + " '" + display_text(table.column(path.column), value)
                + "' does not exist on the other side yet. Create it there first.");
    }
    return Value(Lookup { path.target, rows.front().id() });
}

}

Result<Value> read_path(Reader& reader, MapPath const& path, Row const& row)
{
    if (!path.lookup) {
        return row.value(path.column);
    }
    auto const* lookup = row.value(*path.lookup).as_lookup();
    if (!lookup || lookup->table != path.target) {
        return Value {};
    }
    Columns columns;
    columns.indexes = { path.column };
    auto const target = TRY(reader.find(lookup->table, lookup->id, columns));
    return target ? target->value(path.column) : Value {};
}

Result<Value> translate(
    Reader& reader, Map const&, MapColumn const& column, Side from, Row const& row)
{
    if (column.is_customer) {
        auto const value = TRY(read_path(reader, column.at(from), row));
        return from == Side::sales ? customer_key(reader, value) : customer_with_key(reader, value);
    }
    auto const value =
        TRY(mapped_value(column, from, TRY(read_path(reader, column.at(from), row))));
    auto const& target = column.at(other(from));
    return target.lookup ? lookup_by_value(reader, target, value) : Result<Value>(value);
}

Result<std::optional<Row>> find_partner(Reader& reader, Map const& map, Side from, Row const& row)
{
    auto query = Query::from(map.table(other(from)));
    for (auto const& key : map.key) {
        auto const value = TRY(translate(reader, map, key, from, row));
        if (value.is_null()) {
            return std::nullopt;
        }
        auto const& path = key.at(other(from));
        query.filter = std::move(query.filter)
            && Filter::condition(
                path.lookup ? *path.lookup : path.column, Operator::equal, { value });
    }
    query.limit = 1;
    auto rows = TRY(reader.query(query));
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

}
