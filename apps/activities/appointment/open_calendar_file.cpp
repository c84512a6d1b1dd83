// Steps as in docs/contracts/open-calendar-file.md.
#include "apps/activities/appointment/open_calendar_file.h"

#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/appointment/calendar_reply.h"
#include "apps/activities/appointment/meeting_event.h"
#include "core/text.h"

namespace cashline::activities {

namespace {

struct OpenedFile {
    mail::CalendarMessage calendar {};
    std::string sender {}; // empty: a bare calendar file, brought by a person who knows whose it is
};

bool is_calendar_text(std::string_view bytes)
{
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    }
    return text::equals_ignoring_ascii_case(text::trim(bytes).substr(0, 15), "BEGIN:VCALENDAR");
}

std::optional<std::string> calendar_of(mail::ReceivedMessage const& message)
{
    if (!message.calendars.empty()) {
        return message.calendars.front().text;
    }
    for (auto const& attachment : message.attachments) {
        if (is_calendar_text(attachment.bytes)) {
            return attachment.bytes;
        }
    }
    return std::nullopt;
}

Result<OpenedFile> open(std::string_view bytes)
{
    if (is_calendar_text(bytes)) {
        return OpenedFile { .calendar = TRY(mail::parse_calendar(bytes)) };
    }
    auto const message = TRY(mail::parse_message(bytes));
    auto const calendar = calendar_of(message);
    if (!calendar) {
        return invalid("calendar_missing",
            "The file holds no calendar answer. Choose the answer as .eml or .ics.", "Content");
    }
    return OpenedFile { .calendar = TRY(mail::parse_calendar(*calendar)),
        .sender = message.from ? message.from->address : std::string {} };
}

OpenCalendarFile::Reply reply_of(ReplyResult const& result)
{
    return { std::string(outcome_name(result.outcome)), result.message };
}

}

Result<OpenCalendarFile::Reply> open_calendar_file(Unit& unit, OpenCalendarFile const& request)
{
    // 1. Who may change the meeting may record an answer to it.
    TRY(unit.retrieve(appointment::table, request.appointment.id, { appointment::subject }));
    if (!TRY(unit.may(Privilege::write, appointment::table, request.appointment.id))) {
        return denied("AccessDenied", "You may not change this meeting.");
    }

    // 2. The file is taken whole or refused.
    auto const bytes = text::base64_decode(request.content);
    if (!bytes) {
        return invalid("InvalidArgument", "The file must be base64.", "Content");
    }
    auto const file = TRY(open(*bytes));
    auto const& event = file.calendar.events.front();

    // 3. Only answers to this meeting change it.
    if (file.calendar.method != mail::CalendarMethod::reply) {
        return reply_of({ .outcome = ReplyResult::Outcome::ignored,
            .message = "The file is no answer to an invitation." });
    }
    if (appointment_of_uid(event.uid) != request.appointment.id) {
        return reply_of({ .outcome = ReplyResult::Outcome::ignored,
            .message = "The answer belongs to another meeting." });
    }

    // 4. As for an answer by mail; a bare file speaks for the person it names.
    auto const sender = file.sender.empty() && !event.attendees.empty()
        ? event.attendees.front().mailbox.address
        : file.sender;
    auto elevated = unit.elevated();
    return reply_of(TRY(take_reply(elevated, { event, sender })));
}

}
