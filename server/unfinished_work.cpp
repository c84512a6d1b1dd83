#include "server/unfinished_work.h"

#include "core/json.h"
#include "platform/environment/durable.h"
#include "platform/files/whole_file.h"
#include "server/configuration.h"

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

// What of a data folder is the company; the rest (lock, socket) belongs to processes.
constexpr char const* company_parts[] { "cashline.db", "cashline.db-wal", "cashline.db-shm",
    "files" };

constexpr char const* filling_note = "filling";
constexpr char const* exchange_note = "exchange.json";

Refusal failed(fs::path const& path)
{
    return internal("data_unwritable", "Cannot write " + path.string() + ".");
}

Result<void> write_note(fs::path const& note, std::string const& text)
{
    return write_durably(note, text) ? Result<void> {} : failed(note);
}

Result<void> remove_note(fs::path const& note)
{
    std::error_code problem;
    fs::remove(note, problem);
    return !problem && sync_folder(note.parent_path()) ? Result<void> {} : failed(note);
}

// Parts that were moved already are not there any more, so this can be done again.
Result<void> move_parts(fs::path const& from, fs::path const& to)
{
    std::error_code problem;
    fs::create_directories(to, problem);
    for (auto const* part : company_parts) {
        if (!problem && fs::exists(from / part)) {
            fs::rename(from / part, to / part, problem);
        }
    }
    auto const is_durable = !problem && sync_folder(to) && sync_folder(from);
    return is_durable ? Result<void> {} : failed(to);
}

Result<void> note_exchange(fs::path const& data, Exchange const& exchange, bool is_cleared)
{
    json::Value const note { json::Object {
        { "stage", exchange.stage }, { "aside", exchange.aside }, { "isCleared", is_cleared } } };
    return write_note(data / exchange_note, note.to_string() + "\n");
}

Result<void> put_in_place(fs::path const& data, Exchange const& exchange)
{
    TRY(move_parts(data / exchange.stage, data));
    return remove_note(data / exchange_note);
}

Result<void> clear_and_put_in_place(fs::path const& data, Exchange const& exchange)
{
    TRY(move_parts(data, data / exchange.aside));
    TRY(note_exchange(data, exchange, true));
    return put_in_place(data, exchange);
}

Result<void> finish_exchange(fs::path const& data)
{
    auto const note = json::parse(TRY(read_whole_file(data / exchange_note)));
    if (!note) {
        return internal("data_unreadable", "Cannot read the note of a restore in " + data.string());
    }
    Exchange const exchange { .stage = std::string(note->text("stage")),
        .aside = std::string(note->text("aside")) };
    TRY(note->flag("isCleared") ? put_in_place(data, exchange)
                                : clear_and_put_in_place(data, exchange));
    std::error_code ignored;
    fs::remove_all(data / exchange.stage, ignored);
    return {};
}

Result<void> discard_parts(fs::path const& data)
{
    std::error_code problem;
    for (auto const* part : company_parts) {
        if (!problem) {
            fs::remove_all(data / part, problem);
        }
    }
    fs::create_directories(data / "files", problem);
    return problem ? failed(data) : Result<void> {};
}

}

Result<void> begin_filling(fs::path const& data) { return write_note(data / filling_note, "\n"); }

Result<void> end_filling(fs::path const& data) { return remove_note(data / filling_note); }

Result<void> exchange_parts(fs::path const& data, Exchange const& exchange)
{
    if (!sync_tree(data / exchange.stage)) {
        return failed(data / exchange.stage);
    }
    TRY(note_exchange(data, exchange, false));
    return clear_and_put_in_place(data, exchange);
}

Result<Unfinished> settle_unfinished_work(fs::path const& data)
{
    std::error_code ignored;
    if (fs::exists(data / exchange_note, ignored)) {
        TRY(finish_exchange(data));
        return Unfinished::exchange;
    }
    if (!fs::exists(data / filling_note, ignored)) {
        return Unfinished::nothing;
    }
    // The configuration is the last thing a new folder gets.
    if (has_configuration(data.string())) {
        TRY(end_filling(data));
        return Unfinished::nothing;
    }
    TRY(discard_parts(data));
    return Unfinished::filling;
}

}
