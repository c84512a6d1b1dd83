#include "apps/activities/email/correlate.h"

#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/activities/email/email_table.h"
#include "apps/activities/outgoing_mail/outgoing_mail_table.h"

#include <algorithm>

namespace cashline::activities {

namespace {

constexpr std::string_view token_prefix = "CRM:";

Thread thread_from(Row const& email)
{
    return { email.get(email::regarding), email.get(email::owner) };
}

// An invitation's mail is about the meeting; the thread is about what the meeting is about.
Result<Thread> thread_behind(Reader& reader, Lookup regarding)
{
    auto const* table = reader.schema().find(regarding.table);
    if (!table || !table->is_activity) {
        return Thread { .regarding = regarding };
    }
    auto const activity = TRY(reader.find(activity_pointer::table, regarding.id,
        { activity_pointer::regarding, activity_pointer::owner }));
    return activity ? Thread { activity->get(activity_pointer::regarding),
        activity->get(activity_pointer::owner) }
                    : Thread {};
}

Result<std::optional<Thread>> thread_of_message(Reader& reader, std::string const& message_id)
{
    if (auto const email =
            TRY(reader.first(Query::from(email::table).where(email::message_id == message_id)))) {
        return thread_from(*email);
    }
    auto const sent = TRY(reader.first(Query::from(outgoing_mail::table)
            .select({ outgoing_mail::regarding })
            .where(outgoing_mail::message_id == message_id)));
    auto const regarding = sent ? sent->get(outgoing_mail::regarding) : std::nullopt;
    if (!regarding) {
        return std::nullopt;
    }
    return TRY(thread_behind(reader, *regarding));
}

}

std::string tracking_token(std::string_view subject)
{
    auto const at = subject.rfind(token_prefix);
    if (at == std::string_view::npos) {
        return {};
    }
    auto const digits = subject.substr(at + token_prefix.size());
    auto const end = std::ranges::find_if_not(
        digits, [](char character) { return character >= '0' && character <= '9'; });
    auto const count = static_cast<std::size_t>(end - digits.begin());
    return count == 0 ? std::string {}
                      : std::string(subject.substr(at, token_prefix.size() + count));
}

Result<Thread> thread_of(Reader& elevated, mail::ReceivedMessage const& message)
{
    auto ids = message.references;
    std::ranges::reverse(ids); // the nearest first
    if (!message.in_reply_to.empty()) {
        ids.insert(ids.begin(), message.in_reply_to);
    }
    ids.resize(std::min<std::size_t>(ids.size(), 20));
    for (auto const& id : ids) {
        if (auto const thread = TRY(thread_of_message(elevated, id))) {
            return *thread;
        }
    }
    auto const token = tracking_token(message.subject);
    if (token.empty()) {
        return Thread {};
    }
    auto const emails =
        TRY(elevated.query(Query::from(email::table).where(email::tracking_token == token).top(2)));
    return emails.size() == 1 ? thread_from(emails.front()) : Thread {};
}

}
