#include "platform/store/sql.h"

namespace cashline {

Result<std::optional<std::int64_t>> SqlConnection::find_integer(
    std::string_view sql, std::span<SqlValue const> values)
{
    std::optional<std::int64_t> found;
    TRY(each(sql, values, [&](SqlRow const& row) {
        if (!row.is_null(0)) {
            found = row.integer(0);
        }
        return Walk::stop;
    }));
    return found;
}

Result<std::optional<std::string>> SqlConnection::find_text(
    std::string_view sql, std::span<SqlValue const> values)
{
    std::optional<std::string> found;
    TRY(each(sql, values, [&](SqlRow const& row) {
        if (!row.is_null(0)) {
            found = std::string(row.text(0));
        }
        return Walk::stop;
    }));
    return found;
}

}
