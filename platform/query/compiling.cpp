#include "platform/query/compiling.h"

#include <fmt/format.h>

namespace cashline {

Source new_source(Compiling& compiling, Table const& table)
{
    Source source { &table, compiling.new_alias(), {} };
    source.base_alias = table.extends ? source.alias + "b" : source.alias;
    return source;
}

std::string from_clause(Compiling const& compiling, Source const& source)
{
    auto const& table = *source.table;
    auto result = fmt::format("{} {}", quoted(table.name), source.alias);
    if (table.extends) {
        auto const& base = base_of(compiling.schema, table);
        auto const& id = base.column(base.id_column).name;
        result += fmt::format(" join {} {} on {} = {}", quoted(base.name), source.base_alias,
            column_of(source.base_alias, id), source.id());
    }
    return result;
}

Table const& base_of(Schema const& schema, Table const& table)
{
    return table.extends ? schema.table(*table.extends) : table;
}

}
