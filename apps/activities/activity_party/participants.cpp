#include "apps/activities/activity_party/participants.h"

#include "apps/activities/activity_pointer/activity_pointer_table.h"

namespace cashline::activities {

Result<std::vector<Participant>> participants_of(Reader& reader, Id activity)
{
    auto elevated = reader.elevated_reader();
    auto const rows = TRY(elevated.query(Query::from(activity_party::table)
            .where(activity_party::activity == Lookup { activity_pointer::table, activity })));
    std::vector<Participant> participants;
    for (auto const& row : rows) {
        auto const participation = row.get(activity_party::participation);
        if (!participation) {
            continue;
        }
        // Who is only an address is shown by it, but has no name.
        auto const address = row.text_or(activity_party::address_used);
        auto const name = row.text_or(activity_party::name);
        participants.push_back({ .row = row.id(),
            .party = row.get(activity_party::party),
            .participation = *participation,
            .mailbox = { name == address ? std::string {} : name, address },
            .response =
                row.get(activity_party::response).value_or(ActivityPartyResponse::needs_action),
            .responded_on = row.get(activity_party::responded_on),
            .reply_sequence = row.get(activity_party::reply_sequence).value_or(0) });
    }
    return participants;
}

Result<void> add_participant(Unit& unit, Id activity, NewParticipant const& participant)
{
    Row row(activity_party::table);
    row.set(activity_party::activity, activity)
        .set(activity_party::participation, participant.participation)
        .set(activity_party::party, participant.party);
    if (!participant.mailbox.address.empty()) {
        row.set(activity_party::address_used, participant.mailbox.address);
    }
    if (!participant.mailbox.name.empty()) {
        row.set(activity_party::name, participant.mailbox.name);
    }
    TRY(unit.create(std::move(row)));
    return {};
}

}
