#include "apps/activities/outgoing_mail/outbox.h"

#include "apps/activities/outgoing_mail/outgoing_mail_table.h"
#include "platform/files/file_store.h"

#include <algorithm>

namespace cashline::activities {

namespace {

constexpr std::int32_t usual_count = 50;
constexpr std::int32_t count_max = 500;

std::string person_text(std::string_view name, std::string_view address)
{
    return name.empty() ? std::string(address)
                        : std::string(name) + " <" + std::string(address) + ">";
}

std::string people_text(json::Value const& recipients, std::string_view kind)
{
    std::string joined;
    for (auto const& entry : recipients.array(kind)) {
        joined +=
            (joined.empty() ? "" : ", ") + person_text(entry.text("name"), entry.text("address"));
    }
    return joined;
}

std::string_view status_text(OutgoingMailStatus status)
{
    switch (status) {
    case OutgoingMailStatus::queued:
        return "queued";
    case OutgoingMailStatus::sent:
        return "sent";
    case OutgoingMailStatus::stored:
        return "stored";
    case OutgoingMailStatus::failed:
        return "failed";
    }
    return {};
}

Result<std::vector<Id>> file_ids(Row const& row)
{
    std::vector<Id> ids;
    auto const document = TRY(json::parse(row.text_or(outgoing_mail::attachments, "[]")));
    if (auto const* list = document.as_array()) {
        for (auto const& entry : *list) {
            auto const* written = entry.as_string();
            if (auto const id = written ? Id::parse(*written) : std::nullopt) {
                ids.push_back(*id);
            }
        }
    }
    return ids;
}

json::Value attachment_entry(Id mail, std::size_t at, files::FileInfo const& info)
{
    json::Value entry { json::Object {} };
    entry.set("name", info.name);
    entry.set("type", info.content_type);
    entry.set("size", info.size);
    entry.set("url", "/mail/outbox/" + mail.to_string() + "/" + std::to_string(at));
    return entry;
}

Result<json::Value> attachments_of(Reader& reader, Row const& row)
{
    json::Array entries;
    for (auto const& file : TRY(file_ids(row))) {
        entries.push_back(
            attachment_entry(row.id(), entries.size(), TRY(files::info(reader, file))));
    }
    if (auto const calendar = row.get(outgoing_mail::calendar)) {
        entries.push_back(attachment_entry(row.id(), entries.size(),
            { .name = "meeting.ics",
                .content_type = "text/calendar",
                .size = static_cast<std::int64_t>(calendar->size()) }));
    }
    return json::Value(std::move(entries));
}

Result<json::Value> mail_entry(Reader& reader, Row const& row)
{
    auto const recipients = TRY(json::parse(row.text_or(outgoing_mail::recipients, "{}")));
    json::Value entry { json::Object {} };
    entry.set("id", row.id().to_string());
    entry.set("createdOn", row.get(outgoing_mail::created_on).value_or(Timestamp {}).to_string());
    entry.set("from",
        person_text(
            row.text_or(outgoing_mail::sender_name), row.text_or(outgoing_mail::sender_address)));
    entry.set("to", people_text(recipients, "to"));
    if (auto const copies = people_text(recipients, "cc"); !copies.empty()) {
        entry.set("cc", copies);
    }
    entry.set("subject", row.text_or(outgoing_mail::subject));
    entry.set(
        "status", status_text(row.get(outgoing_mail::status).value_or(OutgoingMailStatus::queued)));
    for (auto const& [name, column] :
        { std::pair { "error", outgoing_mail::error }, std::pair { "text", outgoing_mail::text },
            std::pair { "html", outgoing_mail::html } }) {
        if (auto const content = row.get(column)) {
            entry.set(name, *content);
        }
    }
    entry.set("attachments", TRY(attachments_of(reader, row)));
    return entry;
}

}

Result<RetrieveOutbox::Reply> retrieve_outbox(Reader& reader, RetrieveOutbox const& request)
{
    auto const count = std::clamp(request.top.value_or(usual_count), 1, count_max);
    auto elevated = reader.elevated_reader();
    auto const rows = TRY(elevated.query(Query::from(outgoing_mail::table)
            .order_by_descending(outgoing_mail::created_on)
            .order_by_descending(outgoing_mail::id)
            .top(count)));
    json::Array mails;
    for (auto const& row : rows) {
        mails.push_back(TRY(mail_entry(elevated, row)));
    }
    return RetrieveOutbox::Reply { .mails = std::move(mails) };
}

Result<mail::Attachment> outbox_attachment(Reader& reader, Id mail, std::size_t at)
{
    auto elevated = reader.elevated_reader();
    auto const row = TRY(elevated.retrieve(outgoing_mail::table, mail));
    auto const ids = TRY(file_ids(row));
    if (at < ids.size()) {
        auto const info = TRY(files::info(elevated, ids[at]));
        return mail::Attachment { .file_name = info.name,
            .content_type = info.content_type,
            .bytes = TRY(files::content(elevated, ids[at])) };
    }
    auto const calendar = row.get(outgoing_mail::calendar);
    if (at != ids.size() || !calendar) {
        return missing("attachment_missing", "The mail has no such attachment.");
    }
    return mail::Attachment {
        .file_name = "meeting.ics", .content_type = "text/calendar", .bytes = std::string(*calendar)
    };
}

}
