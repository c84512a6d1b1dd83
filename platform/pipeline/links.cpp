#include "platform/pipeline/write.h"

namespace cashline {

namespace {

bool is_checked_elsewhere(Write const& write, Column const& column)
{
    // The owner has rules of its own; what the platform sets itself is right by construction.
    return !column.is_lookup() || column.index == write.plan.owner
        || (column.is_standard && column.writable == Writable::never);
}

// To attach a row to another one takes Append on the first and AppendTo on the second. Only rows
// with an owner are guarded so: who may read a price list may use it.
Result<void> authorise_link(Write& write, Lookup target, SecurityStamp const& stamp)
{
    auto& context = write.state().context;
    auto const& parent = context.schema.table(target.table);
    if (parent.ownership != Ownership::none || parent.parent) {
        if (!TRY(may(context, write.caller(), { Privilege::read, target, stamp }))) {
            return no_such_row(context.schema, target);
        }
    }
    if (parent.ownership != Ownership::user_or_team || write.table().ownership == Ownership::none) {
        return {};
    }
    if (!may_at_all(context, write.caller(), Privilege::append, write.table())) {
        return access_refusal(context, write.caller(), Privilege::append, write.table());
    }
    if (!TRY(may(context, write.caller(), { Privilege::append_to, target, stamp }))) {
        return access_refusal(context, write.caller(), Privilege::append_to, parent);
    }
    return {};
}

Result<void> check_link(Write& write, Lookup target, bool is_callers)
{
    auto& state = write.state();
    if (!state.schema().find(target.table)) {
        return no_such_row(state.schema(), target);
    }
    auto const stamp = TRY(find_stamp(state.context, target));
    if (!stamp) {
        return no_such_row(state.schema(), target);
    }
    if (!is_callers || write.caller().is_system() || write.origin != Origin::caller) {
        return {};
    }
    return authorise_link(write, target, *stamp);
}

}

Result<void> check_links(Write& write, Row const* checked)
{
    for (auto const& cell : write.values.cells()) {
        auto const* target = cell.value.as_lookup();
        auto const& column = write.table().column(cell.column);
        if (!target || is_checked_elsewhere(write, column) || !write.changes(cell.column)) {
            continue;
        }
        auto const* before = checked ? checked->find(cell.column) : nullptr;
        if (!before || *before != cell.value) {
            TRY(check_link(write, *target, checked == nullptr));
        }
    }
    return {};
}

Refusal no_such_row(Schema const& schema, Lookup row)
{
    auto const* table = schema.find(row.table);
    return missing("ObjectDoesNotExist",
        (table ? table->name : "A row") + " With Id = " + row.id.to_string() + " Does Not Exist");
}

}
