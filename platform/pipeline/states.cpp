#include "platform/pipeline/write.h"

#include <algorithm>

namespace cashline {

namespace {

Refusal mismatch(Write const& write)
{
    return invalid("InvalidStateCodeStatusCode",
        "The status reason of '" + write.table().name + "' does not belong to its state.",
        write.name_of(*write.plan.status));
}

std::optional<std::int64_t> written_number(Write const& write, ColumnIndex column)
{
    auto const* number = write.values.value(column).as_integer();
    return number ? std::optional(*number) : std::nullopt;
}

// Rules of a table that inherits its state stand at the table itself or at its base.
template<class Find>
auto const* found_for(Table const& table, Find const& find)
{
    auto const* found = find(table.id);
    return !found && table.extends ? find(*table.extends) : found;
}

bool is_inside(UnitState const& state, std::string_view message)
{
    return std::ranges::find(state.messages, message) != state.messages.end();
}

std::string label_of(Write const& write, std::int64_t state)
{
    auto const* option = write.table().column(*write.plan.state).option(state);
    return option ? option->label : std::to_string(state);
}

bool is_allowed(Write const& write, Transition const& transition)
{
    auto const& state = write.state();
    // A rule or follower acting for the platform may take any road that exists.
    return transition.message == "Update" || write.caller().is_system()
        || is_inside(state, transition.message);
}

}

Result<void> settle_state(Write& write)
{
    auto const& plan = write.plan;
    if (!plan.state || !plan.status) {
        return {};
    }
    auto const& state_column = write.table().column(*plan.state);
    auto const& status_column = write.table().column(*plan.status);
    auto const state = written_number(write, *plan.state);
    auto const status = written_number(write, *plan.status);
    if ((write.values.has(*plan.state) && !state) || (write.values.has(*plan.status) && !status)) {
        return mismatch(write);
    }
    auto const* reason = status ? status_column.option(*status) : nullptr;
    if (state && reason) {
        return reason->state == *state ? Result<void> {} : mismatch(write);
    }
    if (reason) {
        write.values.set(*plan.state, Value(reason->state));
    } else if (state && (write.is_create() || write.changes(*plan.state))) {
        write.values.set(*plan.status, Value(state_column.option(*state)->state));
    }
    return {};
}

Result<void> check_transition(Write const& write)
{
    auto const& plan = write.plan;
    auto const* registry = write.state().context.registry;
    if (!plan.state || !registry || write.origin == Origin::cascade
        || !write.changes(*plan.state)) {
        return {};
    }
    auto const* transitions =
        found_for(write.table(), [&](TableId table) { return registry->find_transitions(table); });
    auto const to = written_number(write, *plan.state);
    if (!transitions || !to) {
        return {};
    }
    if (write.is_create()) {
        // A row begins at the beginning; what a message or a rule makes may already be further.
        auto const* first = write.table().column(*plan.state).default_value.as_integer();
        if (!write.is_from_door() || !first || *first == *to) {
            return {};
        }
        return conflict("InvalidStateTransition",
            "A new row of '" + write.table().name + "' starts in state " + label_of(write, *first)
                + ", not " + label_of(write, *to) + ".",
            write.name_of(*plan.state));
    }
    auto const* before = write.before.value(*plan.state).as_integer();
    auto const from = before ? *before : 0;
    if (write.caller().is_system() && !write.state().messages.empty()) {
        return {}; // The running message has decided and acts for the platform.
    }
    auto const is_listed = std::ranges::any_of(*transitions, [&](Transition const& transition) {
        return transition.from == from && transition.to == *to && is_allowed(write, transition);
    });
    if (is_listed) {
        return {};
    }
    return conflict("InvalidStateTransition",
        "A row of '" + write.table().name + "' cannot go from " + label_of(write, from) + " to "
            + label_of(write, *to) + " this way.",
        write.name_of(*plan.state));
}

Result<void> refuse_frozen(Write const& write)
{
    auto const& plan = write.plan;
    auto const* registry = write.state().context.registry;
    // Rules that act for the platform keep closed rows true (sums, statuses); callers may not touch
    // them.
    if (!plan.state || !registry || write.origin == Origin::cascade || write.caller().is_system()) {
        return {};
    }
    auto const* freeze =
        found_for(write.table(), [&](TableId table) { return registry->find_freeze(table); });
    auto const* state = write.before.value(*plan.state).as_integer();
    auto const is_frozen = [&](std::int64_t number) {
        return std::ranges::find(freeze->states, number) != freeze->states.end();
    };
    if (!freeze || !state || !is_frozen(*state)) {
        return {};
    }
    auto const by_message = std::ranges::any_of(freeze->by_messages,
        [&](std::string const& message) { return is_inside(write.state(), message); });
    auto const next = written_number(write, *plan.state).value_or(*state);
    if (by_message || !is_frozen(next)) {
        return {}; // Reopening may carry changes with it.
    }
    for (auto const& cell : write.values.cells()) {
        auto const is_state =
            next != *state && (cell.column == plan.state || cell.column == plan.status);
        auto const is_open = is_state || cell.column == plan.owner
            || std::ranges::find(freeze->still_writable, cell.column)
                != freeze->still_writable.end();
        if (!is_open && write.changes(cell.column)) {
            return conflict(freeze->error_code,
                "This row of '" + write.table().name + "' is " + label_of(write, *state)
                    + " and can no longer be changed.",
                write.name_of(cell.column));
        }
    }
    return {};
}

}
