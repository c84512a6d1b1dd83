#include "apps/activities/activity_party/party_rules.h"

#include "apps/activities/activity_party/activity_party_table.h"
#include "apps/activities/activity_party/address_book.h"
#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/activities/appointment/invite.h"
#include "core/text.h"

namespace cashline::activities {

namespace {

bool is_attendee(Value const& participation)
{
    return participation == Value(ActivityPartyParticipation::required_attendee)
        || participation == Value(ActivityPartyParticipation::optional_attendee);
}

Result<void> fill_from_party(Unit& unit, Change& change, Lookup party)
{
    auto const facts = TRY(party_facts(unit, party));
    if (!facts) {
        return {};
    }
    if (change.now(activity_party::address_used).is_null() && !facts->address.empty()) {
        change.values.set(activity_party::address_used, facts->address);
    }
    if (change.now(activity_party::name).is_null() && !facts->name.empty()) {
        change.values.set(activity_party::name, text::truncate_utf16(facts->name, 320));
    }
    return {};
}

Result<std::optional<Row>> activity_of(Unit& unit, Change const& change)
{
    auto const activity = change.after().get(activity_party::activity);
    return activity ? unit.elevated_reader().find(activity_pointer::table, activity->id,
                          { activity_pointer::activity_type, activity_pointer::state })
                    : Result<std::optional<Row>>(std::nullopt);
}

// Attendees who come, go or change need to hear about it once the unit is committed.
Result<void> tell_attendees(Unit& unit, Change& change)
{
    auto const activity = TRY(activity_of(unit, change));
    if (activity && activity->text_or(activity_pointer::activity_type) == "appointment") {
        invite_later(unit, activity->id());
    }
    return {};
}

}

Result<void> settle_party(Unit& unit, Change& change)
{
    if (change.now(activity_party::participation).is_null()) {
        return invalid("InvalidArgument", "Say how this person takes part: participationtypemask.",
            "participationtypemask");
    }
    auto const written = change.values.get(activity_party::address_used);
    auto const address = std::string(text::trim(written.value_or("")));
    if (!address.empty() && !text::is_email_address(address)) {
        return invalid("InvalidActivityPartyAddress", "'" + address + "' is no e-mail address.",
            "addressused");
    }
    auto party = change.after().get(activity_party::party);
    if (!party && address.empty()) {
        return invalid("unManagedidsactivitypartyobjectidortypemissing",
            "A participant needs a record or an address.", "partyid");
    }
    if (!party) {
        party = TRY(find_party(unit, address));
        if (party) {
            change.values.set(activity_party::party, *party);
        }
    }
    if (party) {
        TRY(fill_from_party(unit, change, *party));
    }
    if (change.now(activity_party::name).is_null()) {
        change.values.set(activity_party::name, address);
    }
    if (is_attendee(change.now(activity_party::participation))
        && change.now(activity_party::response).is_null()) {
        change.values.set(activity_party::response, ActivityPartyResponse::needs_action);
    }
    return {};
}

Result<void> activity_must_be_open(Unit& unit, Change& change)
{
    auto const activity = unit.caller().is_system() ? std::nullopt : TRY(activity_of(unit, change));
    auto const state = activity ? activity->get(activity_pointer::state) : std::nullopt;
    if (state == ActivityPointerState::completed || state == ActivityPointerState::canceled) {
        return conflict("CannotUpdateObjectBecauseItIsInactive",
            "This activity is closed: its participants can no longer be changed.");
    }
    return {};
}

Result<void> keep_one_organizer(Unit& unit, Change& change)
{
    if (change.now(activity_party::participation) != Value(ActivityPartyParticipation::organizer)) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const others = TRY(elevated.query(Query::from(activity_party::table)
            .select({ activity_party::participation })
            .where(activity_party::activity == *change.after().get(activity_party::activity)
                && activity_party::participation == ActivityPartyParticipation::organizer)));
    for (auto const& other : others) {
        if (other.id() != change.id) {
            TRY(elevated.remove(activity_party::table, other.id()));
        }
    }
    return {};
}

void register_activity_party(Registry& registry)
{
    registry.before_save(activity_party::table, activity_must_be_open);
    registry.before_save(activity_party::table, settle_party,
        { activity_party::participation, activity_party::party, activity_party::address_used });
    registry.after(Operation::create, activity_party::table, keep_one_organizer);
    registry.after_save(activity_party::table, tell_attendees,
        { activity_party::participation, activity_party::party, activity_party::address_used });
    registry.after(Operation::remove, activity_party::table, tell_attendees);
}

}
