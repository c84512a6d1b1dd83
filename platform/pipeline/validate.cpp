#include "platform/pipeline/validate_value.h"
#include "platform/pipeline/write.h"

namespace cashline {

namespace {

enum class Permission : std::uint8_t { yes, ignored, refused };

// Clients send back what they read. What the platform keeps is passed over in silence, what rules
// derive is not: the caller would believe that he changed it.
Permission permission_at_door(Write const& write, Column const& column)
{
    if (column.is_standard && (column.writable == Writable::never || column.is_derived)) {
        return Permission::ignored;
    }
    auto const is_open = column.writable == Writable::always
        || column.writable == (write.is_create() ? Writable::on_create : Writable::on_update);
    return is_open && !column.is_derived && column.is_stored() ? Permission::yes
                                                               : Permission::refused;
}

Refusal not_writable(Column const& column)
{
    auto const why = column.writable == Writable::on_create && !column.is_derived
        ? " can only be set when the row is created."
        : " is kept by the system and cannot be set.";
    return invalid("AttributeCannotBeUpdated", "Column '" + column.name + "'" + why, column.name);
}

bool was_checked(Row const* checked, Row::Cell const& cell)
{
    auto const* value = checked ? checked->find(cell.column) : nullptr;
    return value && *value == cell.value;
}

}

Result<void> validate(Write& write, Row const* checked)
{
    auto const& table = write.table();
    auto const cells =
        std::vector<Row::Cell>(write.values.cells().begin(), write.values.cells().end());
    for (auto const& cell : cells) {
        if (static_cast<std::size_t>(cell.column) >= table.columns.size()) {
            return invalid("InvalidAttribute", "Table '" + table.name + "' has no such column.");
        }
        auto const& column = table.column(cell.column);
        if (was_checked(checked, cell)) {
            continue;
        }
        // A reason of -1 asks for the default reason of the state (messages, web-api.md).
        auto const asks_for_default = column.type == ColumnType::status && cell.value.as_integer()
            && *cell.value.as_integer() == -1;
        if (asks_for_default) {
            write.values.erase(cell.column);
            continue;
        }
        auto value = TRY(checked_value(column, cell.value));
        if (write.is_from_door() && !checked) {
            auto const permission = permission_at_door(write, column);
            auto const is_same = !write.is_create() && value == write.before.value(cell.column);
            if (permission == Permission::ignored
                || (permission == Permission::refused && is_same)) {
                write.values.erase(cell.column);
                continue;
            }
            if (permission == Permission::refused) {
                return not_writable(column);
            }
        } else if (!column.is_stored()) {
            return not_writable(column);
        }
        write.values.set(cell.column, std::move(value));
    }
    return {};
}

Result<void> require_values(Write const& write)
{
    for (auto const& column : write.table().columns) {
        auto const is_required =
            column.required == Required::yes || column.required == Required::system;
        if (!is_required || !column.is_stored() || column.index == write.table().id_column) {
            continue;
        }
        if (!write.is_create() && !write.values.has(column.index)) {
            continue;
        }
        if (write.now(column.index).is_null()) {
            return invalid("RequiredFieldMissing",
                "Column '" + column.name + "' (" + column.label + ") of '" + write.table().name
                    + "' must have a value.",
                column.name);
        }
    }
    return {};
}

}
