#include "apps/activities/appointment/invitation_mail.h"

#include "apps/activities/organization_facts.h"
#include "core/text.h"
#include "core/zones.h"

#include <array>
#include <fmt/format.h>

namespace cashline::activities {

namespace {

std::string day_text(Date day)
{
    static constexpr std::array weekdays { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday",
        "Friday", "Saturday" };
    static constexpr std::array months { "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December" };
    return fmt::format(
        "{} {} {} {}", weekdays[day.weekday()], day.day(), months[day.month() - 1], day.year());
}

// "2027-03-02 10:00" → "10:00"
Result<std::string> clock_text(Timestamp moment, std::string_view zone)
{
    auto const local = TRY(zones::local_text(moment, zone));
    auto const gap = local.find(' ');
    return gap == std::string::npos ? local : local.substr(gap + 1);
}

std::string heading(mail::CalendarMethod method, mail::CalendarEvent const& event)
{
    auto const who = event.organizer.name.empty() ? event.organizer.address : event.organizer.name;
    if (method == mail::CalendarMethod::cancel) {
        return who + " has cancelled this meeting for you.";
    }
    return event.sequence > 0 ? who + " has changed this meeting."
                              : who + " invites you to a meeting.";
}

std::string subject_of(mail::CalendarMethod method, mail::CalendarEvent const& event)
{
    auto const* prefix = method == mail::CalendarMethod::cancel ? "Cancelled: "
        : event.sequence > 0                                    ? "Updated: "
                                                                : "";
    return prefix + event.summary;
}

struct Line {
    std::string label {};
    std::string text {};
};

std::vector<Line> lines_of(mail::CalendarEvent const& event, std::string const& when)
{
    std::vector<Line> lines { { "What", event.summary }, { "When", when } };
    if (!event.location.empty()) {
        lines.push_back({ "Where", event.location });
    }
    return lines;
}

// Breaks as elements: many mail programs, our outbox among them, drop styles.
std::string with_breaks(std::string const& description)
{
    std::string html;
    for (auto const character : text::escape_html(description)) {
        html += character == '\n' ? "<br>" : std::string(1, character);
    }
    return html;
}

std::string html_of(
    std::string const& head, std::vector<Line> const& lines, mail::CalendarEvent const& event)
{
    std::string html = "<p>" + text::escape_html(head) + "</p><table>";
    for (auto const& line : lines) {
        html += "<tr><th align=\"left\">" + text::escape_html(line.label) + "</th><td>"
            + text::escape_html(line.text) + "</td></tr>";
    }
    html += "</table>";
    if (!event.description.empty() && !event.is_cancelled) {
        html += "<p>" + with_breaks(event.description) + "</p>";
    }
    if (!event.conference_url.empty() && !event.is_cancelled) {
        auto const link = text::escape_html(event.conference_url);
        html += "<p><a href=\"" + link + "\">Join the meeting</a></p>";
    }
    return html;
}

}

Result<std::string> time_span(mail::CalendarEvent const& event, std::string_view zone)
{
    if (event.is_all_day) {
        auto const last = event.end.plus_seconds(-1).date_utc();
        auto const first = event.start.date_utc();
        return first == last ? day_text(first) : day_text(first) + " to " + day_text(last);
    }
    auto const first = TRY(zones::local_date(event.start, zone));
    auto const last = TRY(zones::local_date(event.end, zone));
    auto const until = TRY(clock_text(event.end, zone));
    return fmt::format("{}, {} to {}{} ({})", day_text(first), TRY(clock_text(event.start, zone)),
        first == last ? "" : day_text(last) + ", ", until, zone);
}

Result<OutgoingMail> invitation_mail(Reader& reader, mail::CalendarMethod method,
    mail::CalendarEvent const& event, mail::Attendee const& recipient)
{
    auto const facts = TRY(organization_facts(reader));
    auto const when = TRY(time_span(event, facts.time_zone));
    auto const head = heading(method, event);
    auto const lines = lines_of(event, when);
    std::string text = head + "\n\n";
    for (auto const& line : lines) {
        text += line.label + ": " + line.text + "\n";
    }
    if (!event.description.empty() && !event.is_cancelled) {
        text += "\n" + event.description + "\n";
    }
    auto calendar = TRY(mail::build_calendar(method, event));
    return OutgoingMail { .from = event.organizer,
        .to = { recipient.mailbox },
        .subject = subject_of(method, event),
        .text = std::move(text),
        .html = html_of(head, lines, event),
        .calendar =
            mail::CalendarPart { std::string(mail::method_name(method)), std::move(calendar) } };
}

}
