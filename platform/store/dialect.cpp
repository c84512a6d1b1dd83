#include "platform/store/dialect.h"

#include <fmt/format.h>

namespace cashline::dialect {

namespace {

std::string wrapped(std::string_view text, char mark)
{
    std::string out(1, mark);
    for (char const c : text) {
        out.append(c == mark ? 2 : 1, c);
    }
    out += mark;
    return out;
}

std::string_view choose(Dialect dialect, std::string_view sqlite, std::string_view postgresql)
{
    return dialect == Dialect::sqlite ? sqlite : postgresql;
}

}

std::string_view column_type(Dialect dialect, ColumnKind kind)
{
    switch (kind) {
    case ColumnKind::id:
        return choose(dialect, "BLOB", "uuid");
    case ColumnKind::int64:
        return choose(dialect, "INTEGER", "bigint");
    case ColumnKind::int32:
        return choose(dialect, "INTEGER", "integer");
    case ColumnKind::boolean:
        return choose(dialect, "INTEGER", "smallint");
    case ColumnKind::text:
        return choose(dialect, "TEXT", "text COLLATE \"C\"");
    case ColumnKind::blob:
        return choose(dialect, "BLOB", "bytea");
    }
    std::unreachable();
}

std::string_view table_suffix(Dialect dialect) { return choose(dialect, " STRICT", ""); }

std::string quoted(std::string_view identifier) { return wrapped(identifier, '"'); }

std::string text_constant(std::string_view text) { return wrapped(text, '\''); }

std::string_view row_lock(Dialect dialect) { return choose(dialect, "", " FOR UPDATE"); }

std::string_view row_lock_skipping(Dialect dialect)
{
    return choose(dialect, "", " FOR UPDATE SKIP LOCKED");
}

std::string like_escaped(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        if (c == '%' || c == '_' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out;
}

std::string like(std::string_view expression, std::string_view pattern)
{
    return fmt::format("{} LIKE {} ESCAPE '\\'", expression, pattern);
}

std::string_view greatest(Dialect dialect) { return choose(dialect, "max", "greatest"); }

std::string_view least(Dialect dialect) { return choose(dialect, "min", "least"); }

std::string upsert(Upsert const& upsert)
{
    std::string columns;
    std::string parameters;
    std::string keys;
    std::string changes;
    int number = 0;
    auto const add = [](std::string& list, std::string const& item) {
        list += list.empty() ? "" : ", ";
        list += item;
    };
    for (auto const key : upsert.keys) {
        add(columns, quoted(key));
        add(keys, quoted(key));
        add(parameters, fmt::format("?{}", ++number));
    }
    for (auto const other : upsert.others) {
        add(columns, quoted(other));
        add(changes, fmt::format("{0} = excluded.{0}", quoted(other)));
        add(parameters, fmt::format("?{}", ++number));
    }
    return fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO {}",
        quoted(upsert.table), columns, parameters, keys,
        changes.empty() ? "NOTHING" : "UPDATE SET " + changes);
}

std::string_view tables_query(Dialect dialect)
{
    return choose(dialect,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE "
        "'\\' "
        "ORDER BY name",
        "SELECT tablename::text COLLATE \"C\" FROM pg_tables WHERE schemaname = current_schema() "
        "ORDER BY 1");
}

std::string_view columns_query(Dialect dialect)
{
    return choose(dialect, "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
        "SELECT column_name::text FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = ?1 ORDER BY ordinal_position");
}

std::string_view indexes_query(Dialect dialect)
{
    return choose(dialect,
        "SELECT name FROM pragma_index_list(?1) WHERE origin = 'c' ORDER BY name",
        "SELECT indexname::text COLLATE \"C\" FROM pg_indexes "
        "WHERE schemaname = current_schema() AND tablename = ?1 ORDER BY 1");
}

}
