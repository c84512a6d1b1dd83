// What tests of activities share: the app with the ones below it, a contact, a meeting, a mail.
#pragma once

#include "apps/activities/activity_party/participants.h"
#include "apps/apps_testing.h"

namespace cashline::activities {

class ActivitiesTest : public AppsTest {
protected:
    void SetUp() override;
    std::vector<std::function<void(Registry&)>> apps() const override;

    Id add_contact(std::string const& name, std::string const& address);
    // A meeting of Daisy's tomorrow at ten, with Mona as required attendee, on line.
    Id book_meeting();
    void add_party(Caller const& caller, Lookup activity, ActivityPartyParticipation,
        std::string const& address);
    std::vector<Participant> participants(Id activity);
    Participant participant(Id activity, std::string const& address);
    // The outbox, oldest first, as cl_RetrieveOutbox tells it to an administrator.
    std::vector<json::Value> outbox();
    std::string outbox_bytes(std::size_t at); // the stored RFC 5322 text
    std::vector<std::string> bell(Caller const& caller); // titles of notifications, oldest first

    Lookup user(Caller const& caller) const { return { system_user_table, caller.user }; }

    Id m_mona {}; // contact, mona@northwind.example
};

}
