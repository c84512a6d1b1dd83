#include "platform/query/json/public_values.h"

#include <cctype>

namespace cashline {

std::string public_member_name(Option const& option)
{
    std::string name;
    auto begins_word = true;
    for (auto const letter : option.name) {
        if (letter == '_') {
            begins_word = true;
            continue;
        }
        name += begins_word ? static_cast<char>(std::toupper(static_cast<unsigned char>(letter)))
                            : letter;
        begins_word = false;
    }
    return name;
}

std::string_view public_blank(Column const& column)
{
    switch (column.type) {
    case ColumnType::text:
    case ColumnType::memo:
        return R"("")";
    case ColumnType::date:
    case ColumnType::date_time:
        return R"("1900-01-01T00:00:00Z")";
    case ColumnType::money:
    case ColumnType::decimal:
    case ColumnType::whole:
    case ColumnType::big:
        return "0";
    case ColumnType::yes_no:
        return R"("No")";
    default:
        return "null";
    }
}

bool is_public(Table const& table, Column const& column)
{
    return column.index != table.id_column && (!column.is_standard || column.name == "dataareaid");
}

}
