#include "apps/activities/pages/meeting_page.h"

#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/appointment/invitation_mail.h"
#include "apps/activities/appointment/meeting_event.h"
#include "apps/activities/organization_facts.h"
#include "core/text.h"
#include "platform/notification/notify.h"
#include "platform/pages/clean_text.h"
#include "platform/pages/template.h"
#include "platform/pipeline/read_context.h"
#include "platform/web_api/http/forms.h"
#include "platform/web_api/http/security_headers.h"

namespace cashline::activities {

namespace {

constexpr std::string_view prefix = "/meet/";
constexpr std::int64_t open_days_after_end = 30;
constexpr std::size_t guest_name_max = 100;

constexpr std::string_view page_text = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{{subject}}</title>
<style nonce="{{nonce}}">
:root { color-scheme: light dark; }
body { --page: #f6f8fa; --card: #fff; --ink: #12212e; --soft: #4a5c6a; --line: #d3dbe1;
  --brand: #0b5a82; --brand-ink: #fff; --note: #e8f3f9;
  font: 1rem/1.55 system-ui, sans-serif; margin: 0; background: var(--page); color: var(--ink); }
@media (prefers-color-scheme: dark) { body { --page: #0e161d; --card: #16212b; --ink: #e8eef3;
  --soft: #a8b8c5; --line: #33434f; --brand: #7cc4ea; --brand-ink: #06202f; --note: #122c3b; } }
main { margin: clamp(1rem, 6vh, 4rem) auto; max-width: 40rem; padding: 2rem 2.25rem;
  background: var(--card); border: 1px solid var(--line); border-top: 5px solid var(--brand);
  border-radius: 14px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .1em 0 .5em; }
h2 { font-size: 1.05rem; margin: 1.8em 0 .4em; }
p { margin: .3em 0; } .from, .when { color: var(--soft); }
.agenda { white-space: pre-line; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .45rem 0; border-bottom: 1px solid var(--line); }
form { margin-top: 1.4rem; display: flex; flex-wrap: wrap; gap: .5rem; }
label { flex-basis: 100%; font-weight: 600; }
input, button { font: inherit; color: inherit; padding: .6rem .8rem; border-radius: 9px;
  border: 1px solid #7b8a96; background: var(--card); }
input { flex: 1 1 14rem; min-width: 0; }
button { background: var(--brand); border-color: var(--brand); color: var(--brand-ink);
  font-weight: 600; cursor: pointer; }
.note { margin-top: 1.2rem; padding: .8rem 1rem; border-left: 5px solid var(--brand);
  border-radius: 9px; background: var(--note); }
</style></head><body><main>
<p class="from">{{organization}}</p><h1>{{subject}}</h1>
<p class="when">{{when}}</p>{{#location}}<p>{{location}}</p>{{/location}}
{{#cancelled}}<p class="note" role="alert">
<strong>This meeting has been cancelled.</strong></p>{{/cancelled}}
{{#guest}}<p class="note" role="status"><strong>Welcome, {{guest}}.</strong>
{{organizer}} has been told that you are here.</p>{{/guest}}
{{#asks}}<form method="post"><label for="name">Your name</label>
<input id="name" name="name" required maxlength="100" autocomplete="name">
<button>Enter the meeting</button></form>{{/asks}}
{{#agenda}}<h2>Agenda</h2><p class="agenda">{{agenda}}</p>{{/agenda}}
<h2>Participants</h2><ul>{{#participants}}<li>{{name}}</li>{{/participants}}</ul>
</main></body></html>
)";

struct Visit {
    std::string token {};
    std::string guest {};
};

http::Response not_found()
{
    return http::error_response(
        404, "meeting_unknown", "There is no such meeting, or its page has been closed.");
}

Result<std::optional<Meeting>> find_by_token(Reader& reader, std::string const& token)
{
    auto elevated = reader.elevated_reader();
    auto const row = TRY(elevated.first(Query::from(appointment::table)
            .select({ appointment::scheduled_end })
            .where(appointment::meeting_token == token)));
    if (!row) {
        return std::nullopt;
    }
    auto const end = row->get(appointment::scheduled_end);
    if (end && end->plus_seconds(open_days_after_end * 86'400) < reader.now()) {
        return std::nullopt;
    }
    return find_meeting(elevated, row->id());
}

json::Value people_of(Meeting const& meeting)
{
    json::Array people;
    for (auto const& participant : meeting.participants) {
        auto const is_present = participant.is_attendee()
            || participant.participation == ActivityPartyParticipation::organizer;
        // An address is nobody else's business; who has no name is a guest here.
        if (is_present) {
            json::Value entry { json::Object {} };
            entry.set(
                "name", participant.mailbox.name.empty() ? "Guest" : participant.mailbox.name);
            people.push_back(std::move(entry));
        }
    }
    return people;
}

Result<std::string> when_of(Row const& row, std::string_view zone)
{
    auto const start = row.get(appointment::scheduled_start);
    auto const end = row.get(appointment::scheduled_end);
    if (!start || !end) {
        return std::string("The time is not fixed yet.");
    }
    return time_span({ .start = *start,
                         .end = *end,
                         .is_all_day = row.get(appointment::is_all_day).value_or(false) },
        zone);
}

Result<http::Response> render(Reader& reader, http::Request const& request, Visit const& visit)
{
    auto const meeting = TRY(find_by_token(reader, visit.token));
    if (!meeting) {
        return not_found();
    }
    auto const& row = meeting->appointment;
    auto const facts = TRY(organization_facts(reader));
    auto const is_cancelled = row.get(appointment::state) == ActivityPointerState::canceled;
    auto const nonce = http::make_nonce(reader.context().environment);
    json::Value data { json::Object {} };
    data.set("nonce", nonce);
    data.set("organization", facts.name);
    data.set("organizer", meeting->organizer.name);
    data.set("subject", row.text_or(appointment::subject));
    data.set("when", TRY(when_of(row, facts.time_zone)));
    data.set("location", row.text_or(appointment::location));
    data.set("agenda", row.text_or(appointment::agenda));
    data.set("cancelled", is_cancelled);
    data.set("guest", visit.guest);
    data.set("asks", !is_cancelled && visit.guest.empty());
    data.set("participants", people_of(*meeting));
    auto response = http::content_response(
        200, "text/html; charset=utf-8", TRY(pages::render(page_text, data)));
    response.headers.set("Cache-Control", "no-store");
    http::add_page_headers(request, response, { .nonce = nonce });
    return response;
}

http::Response answer(Platform& platform, http::Request const& request, Visit const& visit)
{
    auto response = platform.read<http::Response>(system_caller(Door::workspace),
        [&](Reader& reader) { return render(reader, request, visit); });
    return response ? std::move(*response)
                    : http::error_response(500, "page_failed", "The page could not be made.");
}

Result<void> announce(Unit& unit, Visit const& visit)
{
    auto const meeting = TRY(find_by_token(unit, visit.token));
    if (!meeting || meeting->organizer_party.id.is_nil()
        || meeting->appointment.get(appointment::state) == ActivityPointerState::canceled) {
        return {};
    }
    return notify(unit, meeting->organizer_party,
        { .title = text::truncate_utf16(visit.guest + " is at the meeting: "
                  + std::string(meeting->appointment.text_or(appointment::subject)),
              300),
            .about = { appointment::table, meeting->appointment.id() } });
}

}

http::Handler meeting_page(Platform& platform)
{
    return [&platform](http::Request request, http::Respond respond) {
        auto const path = request.decoded_path().value_or("");
        Visit visit { .token = path.size() > prefix.size() ? path.substr(prefix.size()) : "" };
        if (visit.token.empty()) {
            respond(not_found());
            return;
        }
        auto const form = request.method == "POST" ? http::parse_form(request)
                                                   : Result<http::Form>(http::Form {});
        if (!form) {
            respond(http::error_response(400, form.error().code, form.error().text));
            return;
        }
        visit.guest = text::truncate_utf16(pages::clean_line(form->text("name")), guest_name_max);
        if (visit.guest.empty()) {
            respond(answer(platform, request, visit));
            return;
        }
        platform.write_async(
            system_caller(Door::workspace), [visit](Unit& unit) { return announce(unit, visit); },
            {},
            [&platform, request = std::move(request), visit, respond = std::move(respond)](
                Result<void>) mutable { respond(answer(platform, request, visit)); });
    };
}

}
