#include "apps/activities/activity_party/participants.h"
#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/phone_call/phone_call_table.h"
#include "apps/insights/conversation/insight_messages.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "core/text.h"
#include "platform/security/system_user/system_user_table.h"
#include "server/demo/history.h"
#include "server/demo/stage.h"

#include <fmt/format.h>

namespace cashline::demo {

namespace {

struct Meeting {
    char const* seller;
    int deal; // the seller's n-th open one, newest first
    int in_days; // before now when negative
    int hour;
    char const* subject;
    char const* agenda;
};

constexpr Meeting coming[] {
    { "daisy", 0, 0, 15, "Size chart and colours", "Sizes for the school; colours in stock" },
    { "daisy", 1, 1, 9, "Offer for the season", "Quantities; delivery dates; terms" },
    { "tom", 0, 1, 13, "Visit to the warehouse", "Tour; repair and care; lunch" },
    { "lena", 0, 2, 10, "Wetsuits for the school", "Try on; agree on sizes" },
    { "grace", 0, 2, 16, "Fleet for the new station", "Board mix; shipping" },
    { "daisy", 2, 3, 11, "Contract for board care", "Scope; price per board" },
    { "tom", 1, 4, 14, "Closing the rental fleet", "Last questions; signature" },
};

constexpr Meeting held { "daisy", 0, -2, 10, "What the season needs",
    "Needs; budget; who decides" };

// Cues of the held meeting: who (true: the seller), seconds, what.
struct Said {
    bool by_seller;
    int from;
    int to;
    char const* text;
};
constexpr Said conversation[] {
    { true, 0, 9, "Good morning, thank you for taking the time. How was the last season for you?" },
    { false, 10, 31,
        "It was great, we were fully booked from June on. But the old boards break all the time, "
        "and the repairs are a problem for us." },
    { true, 32, 40, "How many boards do you want to replace before summer?" },
    { false, 41, 66,
        "About thirty surfboards and perhaps ten wetsuits. Our budget is approved, but Waveline "
        "Supply offered us a lower price last week." },
    { true, 67, 92,
        "I understand. Our foam boards last two seasons longer, and board care is included in the "
        "first year. Would a trial with four boards help you to decide?" },
    { false, 93, 108, "Yes, that would be very helpful. When could you deliver them?" },
    { true, 109, 122, "I will send you the quote with the trial boards by Friday." },
    { false, 123, 141,
        "Wonderful. I will talk to our managing director about the contract tomorrow. We really "
        "like your service." },
    { true, 142, 150, "Perfect. Let us speak again next week, then." },
};

Result<Row> open_deal_of(Unit& unit, std::string const& seller, int number)
{
    auto const deals = TRY(unit.query(Query::from(opportunity::table)
            .where(opportunity::state == OpportunityState::open
                && opportunity::owner == Lookup { system_user::table, named("systemuser", seller) })
            .order_by_descending(opportunity::created_on)
            .top(10)));
    if (deals.empty()) {
        return missing("demo_deal_missing", "The demo company has no open deal of " + seller + ".");
    }
    return deals[static_cast<std::size_t>(number) % deals.size()];
}

Result<Id> book(Unit& unit, Meeting const& meeting, Timestamp start)
{
    auto const deal = TRY(open_deal_of(unit, meeting.seller, meeting.deal));
    auto const id = TRY(unit.create(Row(appointment::table)
            .set(appointment::subject, meeting.subject)
            .set(appointment::agenda, meeting.agenda)
            .set(appointment::scheduled_start, start)
            .set(appointment::scheduled_end, start.plus_seconds(2'700))
            .set(appointment::is_online_meeting, true)
            .set(appointment::regarding, Lookup { opportunity::table, deal.id() })));
    TRY(activities::add_participant(unit, id,
        { .participation = ActivityPartyParticipation::required_attendee,
            .party = *deal.get(opportunity::parent_contact) }));
    return id;
}

std::string clock(int seconds)
{
    return fmt::format("00:{:02}:{:02}.000", seconds / 60, seconds % 60);
}

Result<std::string> transcript(Unit& unit, Id meeting)
{
    std::string guest;
    for (auto const& person : TRY(activities::participants_of(unit, meeting))) {
        if (person.party && person.party->table == contact::table) {
            guest = TRY(unit.retrieve(*person.party)).text_or(contact::full_name);
        }
    }
    std::string file = "WEBVTT\n";
    for (auto const& said : conversation) {
        file += fmt::format("\n{} --> {}\n<v {}>{}</v>\n", clock(said.from), clock(said.to),
            said.by_seller ? "Daisy Phillips" : guest, said.text);
    }
    return file;
}

Result<void> hold_meeting(Stage& stage)
{
    Id meeting {};
    TRY(stage.play({ 5, 9 }, held.seller, [&](Unit& unit) -> Result<void> {
        meeting = TRY(book(unit, held, stage.when({ -held.in_days, held.hour })));
        return {};
    }));
    return stage.play(
        { -held.in_days, held.hour + 1 }, held.seller, [&](Unit& unit) -> Result<void> {
            Lookup const appointment { appointment::table, meeting };
            TRY(unit.call(insights::AttachTranscript { .appointment = appointment,
                .file_name = "what-the-season-needs.vtt",
                .content = text::base64_encode(TRY(transcript(unit, meeting))) }));
            TRY(unit.update(appointment,
                Row {}
                    .set(appointment::state, ActivityPointerState::completed)
                    .set(appointment::status, AppointmentStatus::completed)));
            TRY(unit.call(insights::DraftFollowUp { .appointment = appointment }));
            return {};
        });
}

Result<void> call_customer(Unit& unit, std::string const& seller, int number)
{
    auto const deal = TRY(open_deal_of(unit, seller, number));
    auto const id = TRY(unit.create(Row(phone_call::table)
            .set(phone_call::subject, "Asked about the delivery date")
            .set(phone_call::regarding, Lookup { opportunity::table, deal.id() })));
    TRY(activities::add_participant(unit, id,
        { .participation = ActivityPartyParticipation::sender,
            .party = Lookup { system_user::table, named("systemuser", seller) } }));
    TRY(activities::add_participant(unit, id,
        { .participation = ActivityPartyParticipation::to_recipient,
            .party = *deal.get(opportunity::parent_contact) }));
    return unit.update(phone_call::table, id,
        Row {}
            .set(phone_call::actual_end, unit.now())
            .set(phone_call::state, ActivityPointerState::completed)
            .set(phone_call::status, PhoneCallStatus::made));
}

}

Result<void> play_meetings(Stage& stage)
{
    TRY(hold_meeting(stage));
    int number = 0;
    for (auto const& meeting : coming) {
        auto const start = Timestamp::at_midnight_utc(stage.day(-meeting.in_days))
                               .plus_seconds(std::int64_t { meeting.hour } * 3'600);
        TRY(stage.play({ 1, 9 + number }, meeting.seller, [&](Unit& unit) -> Result<void> {
            TRY(book(unit, meeting, start));
            return call_customer(unit, meeting.seller, number + 1);
        }));
        ++number;
    }
    return {};
}

}
