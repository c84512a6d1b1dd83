#include "apps/activities/activity_pointer/activity_rules.h"

#include "apps/activities/activity_pointer/activity_pointer_table.h"

namespace cashline::activities {

namespace {

constexpr std::int64_t minute_microseconds = 60'000'000;

std::int64_t minutes_between(Timestamp start, Timestamp end)
{
    return (end.microseconds - start.microseconds) / minute_microseconds;
}

std::optional<Timestamp> moment_now(Change const& change, DateTimeColumn const& column)
{
    auto const* moment = change.now(column).as_timestamp();
    return moment ? std::optional(*moment) : std::nullopt;
}

std::optional<std::int64_t> written_minutes(Change const& change)
{
    return change.values.get(activity_pointer::scheduled_minutes);
}

Refusal end_before_start()
{
    return invalid("unManagedidsactivityinvalidduration",
        "An activity cannot end before it starts. Choose a later end.", "scheduledend");
}

bool is_closed(Value const& state)
{
    return state == Value(ActivityPointerState::completed)
        || state == Value(ActivityPointerState::canceled);
}

}

Result<void> settle_schedule(Unit&, Change& change)
{
    auto const start = moment_now(change, activity_pointer::scheduled_start);
    auto end = moment_now(change, activity_pointer::scheduled_end);
    auto const minutes = written_minutes(change);
    auto const is_end_written = !change.values.is_null(activity_pointer::scheduled_end);
    if (!start) {
        return {};
    }
    if (minutes && !is_end_written) {
        end = start->plus_seconds(*minutes * 60);
        change.values.set(activity_pointer::scheduled_end, end);
    }
    if (!end) {
        return {};
    }
    if (*end < *start) {
        return end_before_start();
    }
    auto const span = minutes_between(*start, *end);
    auto const start_written = change.values.has(activity_pointer::scheduled_start);
    if (minutes && is_end_written && start_written && *minutes != span) {
        return invalid("unManagedidsactivitydurationdoesnotmatch",
            "The duration does not match start and end. Send two of the three.",
            "scheduleddurationminutes");
    }
    change.values.set(activity_pointer::scheduled_minutes, span);
    return {};
}

Result<void> note_completion(Unit& unit, Change& change)
{
    auto const& state = change.now(activity_pointer::state);
    auto const was_closed = change.operation == Operation::update
        && is_closed(change.before.value(activity_pointer::state));
    if (was_closed && !is_closed(state)) {
        change.values.clear(activity_pointer::actual_end).clear(activity_pointer::actual_minutes);
        return {};
    }
    if (was_closed || state != Value(ActivityPointerState::completed)) {
        return {};
    }
    if (!moment_now(change, activity_pointer::actual_end)) {
        change.values.set(activity_pointer::actual_end, unit.now());
    }
    if (!change.now(activity_pointer::actual_minutes).is_null()) {
        return {};
    }
    auto const start = moment_now(change, activity_pointer::actual_start);
    auto const end = moment_now(change, activity_pointer::actual_end);
    if (start && end && *start <= *end) {
        change.values.set(activity_pointer::actual_minutes, minutes_between(*start, *end));
    } else if (auto const* planned = change.now(activity_pointer::scheduled_minutes).as_integer()) {
        change.values.set(activity_pointer::actual_minutes, *planned);
    }
    return {};
}

void register_activity_pointer(Registry& registry)
{
    using enum ActivityPointerState;
    auto const road = [](ActivityPointerState from, ActivityPointerState to) {
        return Transition { static_cast<std::int64_t>(from), static_cast<std::int64_t>(to),
            "Update" };
    };
    registry.before_save(activity_pointer::table, settle_schedule,
        { activity_pointer::scheduled_start, activity_pointer::scheduled_end,
            activity_pointer::scheduled_minutes });
    registry.before_save(activity_pointer::table, note_completion, { activity_pointer::state });
    registry.transitions(activity_pointer::state,
        { road(open, scheduled), road(open, completed), road(open, canceled), road(scheduled, open),
            road(scheduled, completed), road(scheduled, canceled), road(completed, open),
            road(canceled, open), road(completed, scheduled), road(canceled, scheduled) });
    registry.frozen_when(activity_pointer::table,
        { static_cast<std::int64_t>(completed), static_cast<std::int64_t>(canceled) },
        "CannotUpdateObjectBecauseItIsInactive", { activity_pointer::regarding });
}

}
