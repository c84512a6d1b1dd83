#include "apps/activities/note/file_rules.h"

#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/activities/mime_attachment/mime_attachment_table.h"
#include "apps/activities/note/note_table.h"
#include "core/text.h"
#include "platform/files/file_store.h"

#include <algorithm>
#include <array>

namespace cashline::activities {

namespace {

struct FileColumns {
    TextColumn body;
    TextColumn name;
    TextColumn type;
    WholeColumn size;
    IdColumn file;
};

constexpr FileColumns note_columns { note::document_body, note::file_name, note::mime_type,
    note::file_size, note::file };
constexpr FileColumns attachment_columns { mime_attachment::body, mime_attachment::file_name,
    mime_attachment::mime_type, mime_attachment::file_size, mime_attachment::file };

// Programs that run when they are opened do not belong into a customer's history.
bool is_blocked(std::string_view file_name)
{
    static constexpr std::array endings { ".exe", ".com", ".bat", ".cmd", ".scr", ".msi", ".vbs",
        ".js", ".jar", ".ps1", ".hta", ".lnk", ".dll" };
    auto const lower = text::to_lower_ascii(file_name);
    return std::ranges::any_of(
        endings, [&](char const* ending) { return lower.ends_with(ending); });
}

Result<void> keep_file(Unit& unit, Change& change, FileColumns const& columns)
{
    auto const body = change.values.get(columns.body);
    if (!body) {
        if (change.values.has(columns.body) && change.operation == Operation::update) {
            change.values.clear(columns.file).clear(columns.size);
        }
        return {};
    }
    auto const bytes = text::base64_decode(*body);
    if (!bytes) {
        return invalid("InvalidArgument", "The file must be base64.", columns.body.name);
    }
    auto const row = change.after();
    auto const name = files::clean_name(row.text_or(columns.name));
    if (is_blocked(name)) {
        return invalid("AttachmentBlocked", "Files of this kind are not accepted: '" + name + "'.",
            columns.name.name);
    }
    auto const file = TRY(files::put(unit,
        { .name = name, .content_type = std::string(row.text_or(columns.type)), .bytes = *bytes }));
    change.values.set(columns.name, name)
        .set(columns.size, static_cast<std::int64_t>(bytes->size()))
        .set(columns.file, file)
        .clear(columns.body);
    return {};
}

}

Result<void> keep_note_file(Unit& unit, Change& change)
{
    TRY(keep_file(unit, change, note_columns));
    if (change.values.has(note::file)) {
        change.values.set(note::is_document, !change.values.is_null(note::file));
    }
    return {};
}

Result<void> keep_attachment_file(Unit& unit, Change& change)
{
    if (change.operation == Operation::create) {
        auto const activity = change.after().get(mime_attachment::activity);
        auto const row = activity ? TRY(unit.elevated_reader().find(activity_pointer::table,
                                        activity->id, { activity_pointer::activity_type }))
                                  : std::nullopt;
        change.values.set(mime_attachment::type_name,
            row ? row->text_or(activity_pointer::activity_type) : std::string {});
    }
    return keep_file(unit, change, attachment_columns);
}

void register_files(Registry& registry)
{
    registry.before_save(note::table, keep_note_file);
    registry.before_save(mime_attachment::table, keep_attachment_file);
}

}
