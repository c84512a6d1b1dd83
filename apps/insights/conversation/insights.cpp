// Steps as in docs/contracts/insights.md.
#include "apps/activities/activity_party/activity_party_table.h"
#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/activities/appointment/appointment_table.h"
#include "apps/activities/email/email_table.h"
#include "apps/activities/task/task_table.h"
#include "apps/insights/action_item/action_item_table.h"
#include "apps/insights/analysis/follow_up.h"
#include "apps/insights/conversation/conversation_table.h"
#include "apps/insights/conversation/findings.h"
#include "apps/insights/conversation/insight_messages.h"
#include "apps/insights/transcript/vtt_reader.h"
#include "apps/sales/competitor/competitor_table.h"
#include "core/text.h"
#include "platform/files/file_store.h"
#include "platform/organization/organization_table.h"
#include "platform/security/system_user/system_user_table.h"

namespace cashline::insights {

namespace {

Filter parties_of(Id appointment)
{
    return activity_party::activity == Lookup { activity_pointer::table, appointment };
}

Result<std::vector<Participant>> people_of(Reader& reader, Id appointment)
{
    std::vector<Participant> people;
    auto const rows =
        TRY(reader.query(Query::from(activity_party::table).where(parties_of(appointment))));
    for (auto const& row : rows) {
        auto const party = row.get(activity_party::party);
        people.push_back({ .key = row.id().to_string(),
            .name = row.text_or(activity_party::name),
            .mail = row.text_or(activity_party::address_used),
            .is_internal = party && party->table == system_user::table });
    }
    return people;
}

Result<ConversationAnalysis> analysed(
    Reader& reader, Row const& appointment_row, Transcript const& transcript)
{
    auto elevated = reader.elevated_reader();
    AnalysisRequest request { .participants = TRY(people_of(elevated, appointment_row.id())),
        .meeting_date =
            appointment_row.get(appointment::scheduled_start).value_or(reader.now()).date_utc() };
    for (auto const& row :
        TRY(elevated.query(Query::from(competitor::table).select({ competitor::name })))) {
        if (auto const name = row.get(competitor::name); name && !name->empty()) {
            request.competitors.push_back({ .name = std::string(*name) });
        }
    }
    return analyse(transcript, request);
}

Result<std::optional<Row>> conversation_of(Reader& reader, Id appointment)
{
    return reader.first(
        Query::from(conversation::table).where(conversation::appointment == appointment));
}

Result<Row> meeting_of_writer(Unit& unit, Lookup appointment)
{
    auto row = TRY(unit.retrieve(appointment::table, appointment.id));
    if (!TRY(unit.may(Privilege::write, appointment::table, appointment.id))) {
        return denied("AccessDenied", "You may not change this meeting.");
    }
    return row;
}

Result<void> keep_action_items(Unit& unit, Id conversation, ConversationAnalysis const& analysis)
{
    for (auto const& item : analysis.action_items) {
        auto const& sentence = analysis.sentence(item.sentence);
        TRY(unit.create(Row(action_item::table)
                .set(action_item::conversation, conversation)
                .set(action_item::subject,
                    text::truncate_utf16(item.subject.empty() ? sentence.text : item.subject, 400))
                .set(action_item::kind, action_kind(item.type))
                .set(action_item::owner_name, text::truncate_utf16(item.owner, 320))
                .set(action_item::due_on, item.due_date)
                .set(action_item::sentence, text::truncate_utf16(sentence.text, 4000))
                .set(action_item::at_milliseconds, sentence.start_ms)));
    }
    return {};
}

Result<json::Value> action_items(Reader& reader, Id conversation)
{
    json::Array list;
    auto const rows = TRY(reader.query(Query::from(action_item::table)
            .where(action_item::conversation == conversation)
            .order_by(action_item::at_milliseconds)));
    for (auto const& row : rows) {
        json::Value entry { json::Object {} };
        entry.set("id", row.id().to_string());
        entry.set("text", row.text_or(action_item::subject));
        entry.set("kind", row.text_or(action_item::kind));
        if (auto const due = row.get(action_item::due_on)) {
            entry.set("dueOn", due->to_string());
        }
        if (auto const owner = row.get(action_item::owner_name)) {
            entry.set("owner", *owner);
        }
        entry.set("at", seconds_of(row.get(action_item::at_milliseconds).value_or(0)));
        if (auto const task = row.get(action_item::task)) {
            entry.set("taskId", task->id.to_string());
        }
        list.push_back(std::move(entry));
    }
    return json::Value(std::move(list));
}

// The first attendee from outside is who the mail goes to.
Result<std::optional<Row>> customer_of(Reader& reader, Id appointment)
{
    auto const rows =
        TRY(reader.query(Query::from(activity_party::table).where(parties_of(appointment))));
    for (auto const& row : rows) {
        auto const party = row.get(activity_party::party);
        auto const is_ours = party && party->table == system_user::table;
        auto const kind = row.get(activity_party::participation);
        if (!is_ours && kind == ActivityPartyParticipation::required_attendee
            && !row.is_null(activity_party::address_used)) {
            return row;
        }
    }
    return std::nullopt;
}

}

Result<NoReply> attach_transcript(Unit& unit, AttachTranscript const& request)
{
    // 1. Who may change the meeting may attach what was said in it.
    auto const meeting = TRY(meeting_of_writer(unit, request.appointment));

    // 2. The file is taken whole or refused whole.
    auto const bytes = text::base64_decode(request.content);
    if (!bytes) {
        return invalid("InvalidArgument", "The transcript must be base64.", "Content");
    }
    auto const transcript = TRY(read_vtt(*bytes));
    auto const analysis = TRY(analysed(unit, meeting, transcript));

    // 3. A second transcript takes the place of the first, with everything found in it.
    auto elevated = unit.elevated();
    if (auto const former = TRY(conversation_of(elevated, meeting.id()))) {
        TRY(elevated.remove(conversation::table, former->id()));
    }
    auto const file = TRY(files::put(
        unit, { .name = request.file_name, .content_type = "text/vtt", .bytes = *bytes }));
    auto const id = TRY(elevated.create(Row(conversation::table)
            .set(conversation::name, files::clean_name(request.file_name))
            .set(conversation::appointment, meeting.id())
            .set(conversation::transcript, file)
            .set(conversation::analysed_on, unit.now())
            .set(conversation::findings, findings_document(analysis).to_string())));
    TRY(keep_action_items(elevated, id, analysis));
    TRY(elevated.update(appointment::table, meeting.id(),
        Row(appointment::table).set(appointment::transcript, file)));
    return NoReply {};
}

Result<RetrieveInsights::Reply> retrieve_insights(Reader& reader, RetrieveInsights const& request)
{
    TRY(reader.retrieve(appointment::table, request.appointment.id, { appointment::subject }));
    auto const row = TRY(conversation_of(reader, request.appointment.id));
    if (!row) {
        return RetrieveInsights::Reply {};
    }
    auto document = TRY(json::parse(row->text_or(conversation::findings)));
    document.set(
        "analysedOn", row->get(conversation::analysed_on).value_or(Timestamp {}).to_string());
    document.set("actionItems", TRY(action_items(reader, row->id())));
    return RetrieveInsights::Reply { .document = std::move(document) };
}

Result<DraftFollowUp::Reply> draft_follow_up_mail(Unit& unit, DraftFollowUp const& request)
{
    auto const meeting = TRY(meeting_of_writer(unit, request.appointment));
    auto const row = TRY(conversation_of(unit, meeting.id()));
    if (!row) {
        return conflict("transcript_missing", "Attach the meeting's transcript first.");
    }
    auto elevated = unit.elevated_reader();
    auto const bytes =
        TRY(files::content(unit, row->get(conversation::transcript).value_or(Id {})));
    auto const analysis = TRY(analysed(unit, meeting, TRY(read_vtt(bytes))));
    auto const seller = TRY(elevated.retrieve(system_user::table, unit.caller().user));
    auto const organization_row =
        TRY(elevated.retrieve(organization::table, organization_id(), { organization::name }));
    auto const customer = TRY(customer_of(elevated, meeting.id()));
    auto const draft = draft_follow_up(analysis,
        { .recipient_name = customer ? std::string(customer->text_or(activity_party::name)) : "",
            .sender_name = std::string(seller.text_or(system_user::full_name)),
            .company_name = std::string(organization_row.text_or(organization::name)),
            .meeting_subject = std::string(meeting.text_or(appointment::subject)),
            .meeting_date =
                meeting.get(appointment::scheduled_start).value_or(unit.now()).date_utc() });
    // A draft: only the seller sends it, with SendEmail.
    auto const email = TRY(unit.create(Row(email::table)
            .set(email::subject, text::truncate_utf16(draft.subject, 400))
            .set(email::description, draft.body)
            .set(email::regarding, meeting.get(appointment::regarding))));
    auto party = Row(activity_party::table);
    party.set(activity_party::activity, Lookup { activity_pointer::table, email });
    if (customer) {
        auto to = party;
        to.set(activity_party::participation, ActivityPartyParticipation::to_recipient)
            .set(activity_party::party, customer->get(activity_party::party))
            .set(activity_party::address_used, customer->get(activity_party::address_used));
        TRY(unit.create(std::move(to)));
    }
    party.set(activity_party::participation, ActivityPartyParticipation::sender)
        .set(activity_party::party, Lookup { system_user::table, unit.caller().user });
    TRY(unit.create(std::move(party)));
    return DraftFollowUp::Reply { .email = email };
}

Result<CreateTaskFromActionItem::Reply> create_task(
    Unit& unit, CreateTaskFromActionItem const& request)
{
    auto const meeting = TRY(meeting_of_writer(unit, request.appointment));
    auto elevated = unit.elevated();
    auto const item = TRY(elevated.retrieve_for_update(action_item::table, request.action_item));
    auto const of = TRY(conversation_of(unit, meeting.id()));
    auto const owner = item.get(action_item::conversation);
    if (!of || !owner || owner->id != of->id()) {
        return missing("ObjectDoesNotExist", "The meeting has no such action item.");
    }
    // Twice gives the same task.
    if (auto const known = item.get(action_item::task)) {
        return CreateTaskFromActionItem::Reply { .task = known->id };
    }
    Row row(task::table);
    row.set(task::subject, item.text_or(action_item::subject))
        .set(task::description,
            std::string(item.text_or(action_item::sentence))
                + "\n\nFrom the meeting: " + std::string(meeting.text_or(appointment::subject)))
        .set(task::regarding, meeting.get(appointment::regarding));
    if (auto const due = item.get(action_item::due_on)) {
        row.set(task::scheduled_end, Timestamp::at_midnight_utc(*due));
    }
    auto const id = TRY(unit.create(std::move(row)));
    TRY(elevated.update(
        action_item::table, item.id(), Row(action_item::table).set(action_item::task, id)));
    return CreateTaskFromActionItem::Reply { .task = id };
}

}
