#include "platform/mail/calendar.h"

#include "core/text.h"

#include <gtest/gtest.h>

namespace cashline::mail {

namespace {

Timestamp at(std::string_view text)
{
    auto const moment = Timestamp::parse(text);
    EXPECT_TRUE(moment.has_value()) << text;
    return moment.value_or(Timestamp {});
}

CalendarEvent meeting()
{
    return { .uid = "0192-demo@adventure-works.example",
        .sequence = 2,
        .stamp = at("2026-03-01T08:30:00Z"),
        .organizer = { "Daisy \"D\" Duke", "daisy@adventure-works.example" },
        .attendees = { { .mailbox = { "Mona, Lee; CEO", "mona@northwind.example" } },
            { .mailbox = { "", "sam@northwind.example" },
                .role = AttendeeRole::optional,
                .wants_reply = false } },
        .summary = "Surfboards; first talk, part 1 \\ 2",
        .description = "Agenda:\n1. Boards, fins\n2. Prices",
        .location = "",
        .conference_url = "https://cashline.example/meet/abc",
        .start = at("2026-03-10T09:00:00Z"),
        .end = at("2026-03-10T09:45:00Z") };
}

std::string built(CalendarMethod method, CalendarEvent const& event)
{
    auto const out = build_calendar(method, event);
    return out ? *out : "refused: " + out.error().code;
}

CalendarMessage parsed(std::string_view text)
{
    auto out = parse_calendar(text);
    EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().code + " " + out.error().text);
    return out ? *out : CalendarMessage { .events = { {} } };
}

std::string refused(std::string_view text)
{
    auto const out = parse_calendar(text);
    return out ? "accepted" : out.error().code;
}

std::string file(std::string_view body, std::string_view method = "REQUEST")
{
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//T//EN\r\nMETHOD:" + std::string(method)
        + "\r\n" + std::string(body) + "END:VCALENDAR\r\n";
}

std::string event_of(std::string_view lines)
{
    return "BEGIN:VEVENT\r\n" + std::string(lines) + "END:VEVENT\r\n";
}

constexpr std::string_view head =
    "UID:u1\r\nDTSTAMP:20260301T083000Z\r\nORGANIZER:mailto:d@a.example\r\n";

// Central European rules as Outlook writes them.
constexpr std::string_view berlin =
    "BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\n"
    "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\n"
    "END:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\n"
    "TZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\n"
    "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

void expect_well_formed_lines(std::string const& text)
{
    std::size_t position = 0;
    while (position < text.size()) {
        auto const end = text.find("\r\n", position);
        ASSERT_NE(end, std::string::npos) << "a line without CR LF at " << position;
        auto const line = text.substr(position, end - position);
        EXPECT_LE(line.size(), 75U) << line;
        EXPECT_TRUE(text::is_valid_utf8(line)) << "folded inside a UTF-8 sequence: " << line;
        EXPECT_EQ(line.find('\n'), std::string::npos);
        position = end + 2;
    }
}

}

TEST(CalendarWriter, a_request_has_what_calendar_programs_need)
{
    auto const text = built(CalendarMethod::request, meeting());
    for (auto const* line :
        { "BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", "PRODID:-//Cashline//Calendar//EN\r\n",
            "METHOD:REQUEST\r\n", "UID:0192-demo@adventure-works.example\r\n",
            "DTSTAMP:20260301T083000Z\r\n", "SEQUENCE:2\r\n", "DTSTART:20260310T090000Z\r\n",
            "DTEND:20260310T094500Z\r\n", "STATUS:CONFIRMED\r\n",
            "SUMMARY:Surfboards\\; first talk\\, part 1 \\\\ 2\r\n",
            "DESCRIPTION:Agenda:\\n1. Boards\\, fins\\n2. Prices\r\n",
            "LOCATION:https://cashline.example/meet/abc\r\n", "END:VEVENT\r\nEND:VCALENDAR\r\n" }) {
        EXPECT_TRUE(text.contains(line)) << line << " in\n" << text;
    }
    expect_well_formed_lines(text);
    EXPECT_EQ(
        text, built(CalendarMethod::request, meeting())); // The same input gives the same bytes.
}

TEST(CalendarWriter, what_is_written_is_read_back)
{
    auto const before = meeting();
    auto const message = parsed(built(CalendarMethod::request, before));
    EXPECT_EQ(message.method, CalendarMethod::request);
    ASSERT_EQ(message.events.size(), 1U);
    auto const& after = message.events.front();
    EXPECT_EQ(after.uid, before.uid);
    EXPECT_EQ(after.sequence, 2);
    EXPECT_EQ(after.stamp, before.stamp);
    EXPECT_EQ(after.start, before.start);
    EXPECT_EQ(after.end, before.end);
    EXPECT_FALSE(after.is_all_day);
    EXPECT_EQ(after.summary, before.summary);
    EXPECT_EQ(after.description, before.description);
    EXPECT_EQ(after.conference_url, before.conference_url);
    EXPECT_EQ(
        after.organizer.name, "Daisy 'D' Duke"); // A quote cannot be written inside a parameter.
    EXPECT_EQ(after.organizer.address, before.organizer.address);
    ASSERT_EQ(after.attendees.size(), 2U);
    EXPECT_EQ(after.attendees[0], before.attendees[0]);
    EXPECT_EQ(after.attendees[1], before.attendees[1]);
}

TEST(CalendarWriter, long_lines_fold_at_75_octets_and_never_inside_a_character)
{
    for (std::size_t padding = 50; padding < 80; ++padding) {
        auto event = meeting();
        event.summary = std::string(padding, 'x') + "🏄🏄🏄 Käse " + std::string(200, 'y');
        auto const text = built(CalendarMethod::request, event);
        expect_well_formed_lines(text);
        EXPECT_EQ(parsed(text).events.front().summary, event.summary);
    }
}

TEST(CalendarWriter, texts_cannot_add_lines_of_their_own)
{
    auto event = meeting();
    event.summary = "Talk\r\nATTENDEE:mailto:spy@evil.example";
    event.location = "Room\nBEGIN:VALARM";
    event.organizer.name = "D\r\nX-EVIL:1";
    event.attendees[0].mailbox.name = "A\";X-P=\"b:mailto:x@y.z\r\nFOO:bar";
    auto const text = built(CalendarMethod::request, event);
    EXPECT_EQ(text.find("\r\nATTENDEE:mailto:spy"), std::string::npos);
    EXPECT_EQ(text.find("\r\nBEGIN:VALARM"), std::string::npos);
    EXPECT_EQ(text.find("\r\nX-EVIL"), std::string::npos);
    EXPECT_EQ(text.find("\r\nFOO"), std::string::npos);
    auto const after = parsed(text).events.front();
    EXPECT_EQ(after.attendees.size(), 2U);
    EXPECT_EQ(after.attendees[0].mailbox.address, "mona@northwind.example");
    EXPECT_EQ(after.summary, "Talk ATTENDEE:mailto:spy@evil.example");
}

TEST(CalendarWriter, a_cancellation_says_so)
{
    auto const text = built(CalendarMethod::cancel, meeting());
    EXPECT_TRUE(text.contains("METHOD:CANCEL\r\n"));
    EXPECT_TRUE(text.contains("STATUS:CANCELLED\r\n"));
    auto const message = parsed(text);
    EXPECT_EQ(message.method, CalendarMethod::cancel);
    EXPECT_TRUE(message.events.front().is_cancelled);
}

TEST(CalendarWriter, a_reply_speaks_for_exactly_one_attendee)
{
    auto event = meeting();
    EXPECT_EQ(built(CalendarMethod::reply, event), "refused: ics_reply_attendee");
    event.attendees.resize(1);
    event.attendees[0].participation = Participation::accepted;
    auto const text = built(CalendarMethod::reply, event);
    EXPECT_TRUE(text.contains("REQUEST-STATUS:2.0;Success")) << text;
    EXPECT_FALSE(text.contains("RSVP"));
    auto const message = parsed(text);
    EXPECT_EQ(message.method, CalendarMethod::reply);
    EXPECT_EQ(message.events.front().attendees.front().participation, Participation::accepted);
}

TEST(CalendarWriter, an_all_day_meeting_is_written_in_dates)
{
    auto event = meeting();
    event.is_all_day = true;
    event.start = at("2026-03-10T00:00:00Z");
    event.end = at("2026-03-12T00:00:00Z");
    auto const text = built(CalendarMethod::request, event);
    EXPECT_TRUE(text.contains("DTSTART;VALUE=DATE:20260310\r\n")) << text;
    EXPECT_TRUE(text.contains("DTEND;VALUE=DATE:20260312\r\n")) << text;
    auto const after = parsed(text).events.front();
    EXPECT_TRUE(after.is_all_day);
    EXPECT_EQ(after.start, event.start);
    EXPECT_EQ(after.end, event.end);
}

TEST(CalendarWriter, what_cannot_be_a_meeting_is_refused)
{
    auto const code = [](auto change, CalendarMethod method = CalendarMethod::request) {
        auto event = meeting();
        change(event);
        auto const out = build_calendar(method, event);
        return out ? std::string("accepted") : out.error().code;
    };
    EXPECT_EQ(code([](auto& e) { e.uid = ""; }), "ics_uid_invalid");
    EXPECT_EQ(code([](auto& e) { e.uid = "a\r\nMETHOD:CANCEL"; }), "ics_uid_invalid");
    EXPECT_EQ(code([](auto& e) { e.end = e.start; }), "ics_time_invalid");
    EXPECT_EQ(code([](auto& e) {
        e.start = Timestamp {};
        e.end = at("2300-01-01T00:00:00Z");
    }),
        "ics_time_invalid");
    EXPECT_EQ(code([](auto& e) { e.is_all_day = true; }), "ics_time_invalid"); // Not at midnight.
    EXPECT_EQ(code([](auto& e) { e.organizer.address = "nobody"; }), "ics_organizer_invalid");
    EXPECT_EQ(
        code([](auto& e) { e.attendees[0].mailbox.address = "a b@c"; }), "ics_attendee_invalid");
    EXPECT_EQ(code([](auto& e) { e.attendees.clear(); }), "ics_attendee_invalid");
    EXPECT_EQ(code([](auto& e) { e.recurrence_rule = "FREQ=SECONDLY"; }), "ics_rule_invalid");
    EXPECT_EQ(code([](auto& e) { e.recurrence_rule = "nonsense\r\nX:1"; }), "ics_rule_invalid");
    EXPECT_EQ(code([](auto& e) { e.description.assign(200'000, 'x'); }), "ics_too_large");
    EXPECT_EQ(code([](auto&) { }, CalendarMethod::counter), "ics_unsupported_method");
}

TEST(CalendarReader, a_reply_from_outlook_is_understood)
{
    auto const message = parsed(file(std::string(berlin)
            + event_of(
                "ATTENDEE;PARTSTAT=TENTATIVE;CN=Mona Lee:MAILTO:Mona@Northwind.example\r\n"
                "ORGANIZER;CN=Daisy:mailto:daisy@adventure-works.example\r\n"
                "COMMENT;LANGUAGE=de-DE:Vielleicht\\n\r\nUID:0400000082\r\n"
                "SUMMARY;LANGUAGE=de-DE:Mit Vorbehalt: Surf\r\n \tboards\r\n"
                "DTSTART;TZID=W. Europe Standard Time:20260710T110000\r\n"
                "DTEND;TZID=W. Europe Standard Time:20260710T120000\r\n"
                "DTSTAMP:20260301T083000Z\r\nSEQUENCE:3\r\nX-MICROSOFT-CDO-OWNERAPPTID:-1\r\n"),
        "REPLY"));
    EXPECT_EQ(message.method, CalendarMethod::reply);
    auto const& event = message.events.front();
    EXPECT_EQ(event.start, at("2026-07-10T09:00:00Z")); // Summer time.
    EXPECT_EQ(event.attendees.front().mailbox.address, "Mona@Northwind.example");
    EXPECT_EQ(event.attendees.front().participation, Participation::tentative);
    EXPECT_EQ(event.sequence, 3);
    EXPECT_EQ(event.comment, "Vielleicht\n");
}

TEST(CalendarReader, folds_inside_a_character_line_feeds_and_bom_are_tolerated)
{
    std::string text = file(
        event_of(std::string(head) + "SUMMARY:K\xC3\r\n \xA4se\r\nDTSTART:20260310T090000Z\r\n"));
    EXPECT_EQ(parsed(text).events.front().summary, "Käse");
    std::erase(text, '\r');
    EXPECT_EQ(parsed("\xEF\xBB\xBF" + text + "\n\n").events.front().summary, "Käse");
}

TEST(CalendarReader, the_length_may_be_a_duration_or_missing)
{
    auto const lasting = [](std::string_view lines) {
        return parsed(file(event_of(std::string(head) + std::string(lines)))).events.front();
    };
    EXPECT_EQ(lasting("DTSTART:20260310T090000Z\r\nDURATION:PT1H30M\r\n").end,
        at("2026-03-10T10:30:00Z"));
    EXPECT_EQ(lasting("DTSTART:20260310T090000Z\r\n").end, at("2026-03-10T09:00:00Z"));
    EXPECT_EQ(lasting("DTSTART;VALUE=DATE:20260310\r\n").end, at("2026-03-11T00:00:00Z"));
}

TEST(CalendarReader, files_that_cannot_be_trusted_are_refused)
{
    auto const with = [](std::string_view lines) {
        return refused(file(event_of(std::string(head) + std::string(lines))));
    };
    constexpr auto start = "DTSTART:20260310T090000Z\r\n";
    EXPECT_EQ(refused(""), "ics_malformed");
    EXPECT_EQ(refused("hello"), "ics_malformed");
    EXPECT_EQ(refused("\0\0\0\0"), "ics_malformed");
    EXPECT_EQ(refused(file("")), "ics_no_event");
    EXPECT_EQ(refused(file(event_of(std::string("UID:1\r\n") + start), "REFRESH")),
        "ics_unsupported_method");
    EXPECT_EQ(refused(file(event_of(start))), "ics_uid_missing");
    EXPECT_EQ(with(""), "ics_start_missing");
    EXPECT_EQ(with("DTSTART:20260310T090000\r\n"), "ics_floating_time");
    EXPECT_EQ(with("DTSTART;TZID=Mars/Olympus:20260310T090000\r\n"), "ics_zone_missing");
    EXPECT_EQ(with("DTSTART;TZID=Europe/Berlin:20260310T090000\r\n"), "ics_zone_missing");
    EXPECT_EQ(with("DTSTART:20261345T990000Z\r\n"), "ics_time_invalid");
    EXPECT_EQ(with("DTSTART:20260230T090000Z\r\n"), "ics_time_invalid");
    EXPECT_EQ(with("DTSTART:tomorrow\r\n"), "ics_time_invalid");
    EXPECT_EQ(
        with("DTSTART:20260310T090000Z\r\nDTEND:20260310T080000Z\r\n"), "ics_end_before_start");
    EXPECT_EQ(with("DTSTART:20260310T090000Z\r\nDURATION:-PT1H\r\n"), "ics_end_before_start");
    EXPECT_EQ(with("DTSTART:20260310T090000Z\r\nDURATION:P999999999W\r\n"), "ics_time_invalid");
    EXPECT_EQ(with("DTSTART:20260310T090000Z\r\nRRULE:FREQ=NEVER\r\n"), "ics_rule_invalid");
    EXPECT_EQ(with("DTSTART:20260310T090000Z\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n"),
        "ics_rule_invalid");
    EXPECT_EQ(
        with("DTSTART:20260310T090000Z\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3\r\n"), "ics_rule_invalid");
    auto const one = event_of(std::string(head) + start);
    EXPECT_EQ(refused(file(one + event_of(std::string("UID:u2\r\n") + start))), "ics_mixed_uids");
    EXPECT_EQ(refused(file(one
                  + event_of(std::string("UID:u1\r\nORGANIZER:mailto:x@y.example\r\n") + start))),
        "ics_mixed_organizers");
    EXPECT_EQ(refused(file(one, "REPLY")), "ics_reply_attendee");
    EXPECT_EQ(refused(file(one) + file(one)), "ics_malformed");
    EXPECT_EQ(refused(file("BEGIN:VEVENT\r\nEND:VTODO\r\n")), "ics_malformed");
}

TEST(CalendarReader, a_file_cut_anywhere_is_refused_never_misread)
{
    auto const text = built(CalendarMethod::request, meeting());
    for (std::size_t length = 0; length + 2 < text.size(); length += 7) {
        EXPECT_NE(refused(text.substr(0, length)), "accepted") << length;
    }
}

TEST(CalendarReader, zones_made_to_keep_the_reader_busy_are_refused)
{
    auto const zone = [](std::string_view rule) {
        return file("BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
                    "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n"
            + std::string(rule) + "END:STANDARD\r\nEND:VTIMEZONE\r\n"
            + event_of(std::string(head) + "DTSTART;TZID=Z:20260310T090000\r\n"));
    };
    EXPECT_EQ(refused(zone("RRULE:FREQ=SECONDLY\r\n")), "ics_zone_invalid");
    EXPECT_EQ(refused(zone("RRULE:FREQ=DAILY\r\n")), "ics_zone_invalid");
    EXPECT_EQ(refused(zone("")), "accepted");
}

TEST(CalendarReader, huge_files_and_lines_are_bounded)
{
    auto const start = std::string("DTSTART:20260310T090000Z\r\n");
    EXPECT_EQ(refused(std::string(3'000'000, 'x')), "ics_too_large");
    std::string many;
    for (int i = 0; i < 30'000; ++i) {
        many += "COMMENT:a\r\n";
    }
    EXPECT_EQ(refused(file(event_of(std::string(head) + start + many))), "ics_too_large");
    auto const message = parsed(file(event_of(
        std::string(head) + start + "DESCRIPTION:" + std::string(1'000'000, 'd') + "\r\n")));
    EXPECT_EQ(message.events.front().description.size(), 100'000U);
    std::string nested;
    for (int i = 0; i < 1000; ++i) {
        nested += "BEGIN:VEVENT\r\n";
    }
    EXPECT_EQ(refused(file(nested)), "ics_malformed");
}

TEST(Occurrences, a_weekly_meeting_keeps_its_wall_clock_over_the_change_of_season)
{
    auto const text = file(std::string(berlin)
        + event_of(std::string(head)
            + "DTSTART;TZID=W. Europe Standard Time:20260316T100000\r\n"
              "DTEND;TZID=W. Europe Standard Time:20260316T110000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"
              "EXDATE;TZID=W. Europe Standard Time:20260323T100000\r\n")
        + event_of(
            std::string(head) + "RECURRENCE-ID:20260406T080000Z\r\nDTSTART:20260407T120000Z\r\n")
        + event_of(
            std::string(head) + "RECURRENCE-ID:20300101T080000Z\r\nDTSTART:20300101T120000Z\r\n"));
    auto const starts = occurrences(
        text, { .from = at("2026-01-01T00:00:00Z"), .until = at("2031-01-01T00:00:00Z") });
    ASSERT_TRUE(starts.has_value()) << starts.error().code;
    EXPECT_EQ(*starts,
        (std::vector { at("2026-03-16T09:00:00Z"), // Winter.
            at("2026-03-30T08:00:00Z"), // Summer; the 23rd is excluded.
            at("2026-04-07T12:00:00Z") })); // Moved, though named in UTC; the unknown one is
                                            // skipped.
}

TEST(Occurrences, endless_and_impossible_rules_end)
{
    auto const count = [](std::string_view rule) {
        auto const starts =
            occurrences(file(event_of(std::string(head)
                            + "DTSTART:20260101T100000Z\r\nRRULE:" + std::string(rule) + "\r\n")),
                { .from = at("2026-01-01T00:00:00Z"),
                    .until = at("2199-01-01T00:00:00Z"),
                    .count_max = 5000 });
        return starts ? static_cast<int>(starts->size()) : -1;
    };
    EXPECT_EQ(count("FREQ=DAILY"), 1000);
    EXPECT_EQ(count("FREQ=DAILY;COUNT=3"), 3);
    EXPECT_EQ(count("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), 1); // Only the first meeting itself.
    EXPECT_EQ(count("FREQ=HOURLY"), -1);
    EXPECT_EQ(count("FREQ=DAILY;INTERVAL=0"), -1);
}

}
