#include "apps/activities/activities_testing.h"

#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/activities/api.h"
#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/outgoing_mail/outgoing_mail_table.h"
#include "apps/parties/api.h"
#include "apps/parties/contact/contact_table.h"
#include "platform/files/file_store.h"
#include "platform/notification/notification_table.h"

#include <algorithm>

namespace cashline::activities {

void ActivitiesTest::SetUp()
{
    AppsTest::SetUp();
    if (!IsSkipped()) {
        m_mona = add_contact("Mona Lee", "mona@northwind.example");
    }
}

std::vector<std::function<void(Registry&)>> ActivitiesTest::apps() const
{
    return { parties::register_parties, register_activities };
}

Id ActivitiesTest::add_contact(std::string const& name, std::string const& address)
{
    auto const gap = name.find(' ');
    return made_by(m_daisy,
        Row(contact::table)
            .set(contact::first_name, name.substr(0, gap))
            .set(contact::last_name, name.substr(gap + 1))
            .set(contact::email, address));
}

Id ActivitiesTest::book_meeting()
{
    auto const start = Timestamp::parse("2027-03-02T10:00:00Z").value();
    auto const meeting = platform().write<Id>(m_daisy, [&](Unit& unit) -> Result<Id> {
        auto const id = TRY(unit.create(Row(appointment::table)
                .set(appointment::subject, "Surfboards for 2027")
                .set(appointment::scheduled_start, start)
                .set(appointment::scheduled_end, start.plus_seconds(3600))
                .set(appointment::location, "On line")
                .set(appointment::agenda, "Needs; prices")
                .set(appointment::is_online_meeting, true)));
        TRY(add_participant(unit, id,
            { .participation = ActivityPartyParticipation::required_attendee,
                .party = Lookup { contact::table, m_mona } }));
        return id;
    });
    EXPECT_TRUE(meeting.has_value()) << meeting.error().code << ": " << meeting.error().text;
    return meeting.value_or(Id {});
}

void ActivitiesTest::add_party(Caller const& caller, Lookup activity,
    ActivityPartyParticipation participation, std::string const& address)
{
    made_by(caller,
        Row(activity_party::table)
            .set(activity_party::activity, Lookup { activity_pointer::table, activity.id })
            .set(activity_party::participation, participation)
            .set(activity_party::address_used, address));
}

std::vector<Participant> ActivitiesTest::participants(Id activity)
{
    auto found = platform().read<std::vector<Participant>>(
        system_caller(), [&](Reader& reader) { return participants_of(reader, activity); });
    EXPECT_TRUE(found.has_value()) << found.error().text;
    return found.value_or(std::vector<Participant> {});
}

Participant ActivitiesTest::participant(Id activity, std::string const& address)
{
    for (auto const& one : participants(activity)) {
        if (one.mailbox.address == address) {
            return one;
        }
    }
    ADD_FAILURE() << "Nobody takes part as " << address;
    return {};
}

std::vector<json::Value> ActivitiesTest::outbox()
{
    auto const reply = call(m_ada, "cl_RetrieveOutbox", json::parse(R"({"Top":100})").value());
    EXPECT_TRUE(reply.has_value()) << reply.error().text;
    auto mails = reply ? reply->complex.array("mails") : json::Array {};
    std::ranges::reverse(mails);
    return mails;
}

std::string ActivitiesTest::outbox_bytes(std::size_t at)
{
    auto const mails = outbox();
    EXPECT_LT(at, mails.size());
    auto const id = at < mails.size() ? Id::parse(mails[at].text("id")) : std::nullopt;
    auto const bytes =
        platform().read<std::string>(system_caller(), [&](Reader& reader) -> Result<std::string> {
            auto const row = TRY(reader.retrieve(outgoing_mail::table, id.value_or(Id {})));
            return files::content(reader, row.get(outgoing_mail::content).value_or(Id {}));
        });
    EXPECT_TRUE(bytes.has_value()) << bytes.error().text;
    return bytes.value_or(std::string {});
}

std::vector<std::string> ActivitiesTest::bell(Caller const& caller)
{
    std::vector<std::string> titles;
    for (auto const& row : rows(Query::from(notification::table)
                 .where(notification::owner == user(caller))
                 .order_by(notification::created_on)
                 .order_by(notification::id))) {
        titles.emplace_back(row.text_or(notification::title));
    }
    return titles;
}

}
