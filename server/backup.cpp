#include "server/backup.h"

#include "core/text.h"
#include "platform/environment/durable.h"
#include "platform/files/whole_file.h"
#include "server/configuration.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sodium.h>

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

constexpr auto manifest_name = "backup.json";
constexpr std::int64_t format = 1;

Refusal unwritable(fs::path const& path)
{
    return internal("backup_unwritable", "Cannot write " + path.string() + ".");
}

Result<std::string> hash_of(fs::path const& path)
{
    std::ifstream file(path, std::ios::binary);
    crypto_hash_sha256_state state {};
    crypto_hash_sha256_init(&state);
    std::array<char, 65'536> bytes {};
    while (file.read(bytes.data(), bytes.size()) || file.gcount() > 0) {
        crypto_hash_sha256_update(&state, reinterpret_cast<unsigned char const*>(bytes.data()),
            static_cast<unsigned long long>(file.gcount()));
    }
    if (!file.eof()) {
        return internal("backup_unreadable", "Cannot read " + path.string() + ".");
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest {};
    crypto_hash_sha256_final(&state, digest.data());
    return text::to_hex({ reinterpret_cast<char const*>(digest.data()), digest.size() });
}

// Every file below the folder, by its path in it, sorted. Drafts (*.new…) are about to get their
// names; no row names them yet.
Result<std::vector<fs::path>> files_below(fs::path const& folder)
{
    std::vector<fs::path> list;
    std::error_code problem;
    auto at = fs::recursive_directory_iterator(folder, problem);
    while (!problem && at != fs::recursive_directory_iterator()) {
        std::error_code vanished;
        if (at->is_regular_file(vanished) && !at->path().extension().string().starts_with(".new")) {
            list.push_back(at->path().lexically_relative(folder));
        }
        at.increment(problem);
    }
    if (problem) {
        return internal("backup_unreadable", "Cannot read " + folder.string() + ".");
    }
    std::ranges::sort(list);
    return list;
}

Result<void> write_text(fs::path const& path, std::string const& text)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    return file ? Result<void> {} : unwritable(path);
}

Result<BackupReport> write_manifest(fs::path const& folder, Timestamp now)
{
    BackupReport report { .path = folder.string() };
    json::Array list;
    for (auto const& path : TRY(files_below(folder))) {
        std::error_code problem;
        auto const bytes = static_cast<std::int64_t>(fs::file_size(folder / path, problem));
        list.push_back(json::Object { { "path", path.generic_string() }, { "bytes", bytes },
            { "sha256", TRY(hash_of(folder / path)) } });
        ++report.files;
        report.bytes += bytes;
    }
    json::Value const manifest { json::Object {
        { "format", format }, { "createdOn", now.to_string() }, { "files", std::move(list) } } };
    TRY(write_text(folder / manifest_name, manifest.to_string() + "\n"));
    return report;
}

Result<void> copy_files(fs::path const& from, fs::path const& to)
{
    std::error_code problem;
    fs::create_directories(to, problem);
    if (!fs::exists(from, problem)) {
        return {}; // files of companies in PostgreSQL stand there
    }
    for (auto const& path : TRY(files_below(from))) {
        fs::create_directories((to / path).parent_path(), problem);
        if (problem || !fs::copy_file(from / path, to / path, problem)) {
            return unwritable(to / path);
        }
    }
    return {};
}

Result<BackupReport> fill_backup(
    Platform& platform, fs::path const& data_path, fs::path const& folder)
{
    std::error_code problem;
    fs::create_directories(folder, problem);
    fs::permissions(folder, fs::perms::owner_all, problem);
    if (problem) {
        return unwritable(folder);
    }
    // The database first: a file is stored before a row names it, so the files are never behind.
    TRY(platform.store().copy_to((folder / "cashline.db").string()));
    TRY(copy_files(data_path / "files", folder / "files"));
    TRY(write_text(
        folder / "cashline.toml", TRY(configuration_without_secrets(data_path.string()))));
    return write_manifest(folder, platform.environment().now());
}

// Beside it and renamed: a folder of that name is a whole backup, also after a power cut.
Result<void> keep_as(fs::path const& unfinished, fs::path const& target)
{
    std::error_code problem;
    auto const is_durable = sync_tree(unfinished);
    fs::rename(unfinished, target, problem);
    return is_durable && !problem && sync_folder(target.parent_path()) ? Result<void> {}
                                                                       : unwritable(target);
}

Result<void> check_file(fs::path const& folder, json::Value const& listed)
{
    auto const name = std::string(listed.text("path"));
    std::error_code problem;
    auto const bytes = fs::file_size(folder / name, problem);
    if (problem) {
        return missing("backup_damaged", "The backup lacks " + name + ".");
    }
    if (static_cast<std::int64_t>(bytes) != listed.integer("bytes")
        || TRY(hash_of(folder / name)) != listed.text("sha256")) {
        return invalid("backup_damaged", name + " is not what was backed up.");
    }
    return {};
}

}

Result<BackupReport> make_backup(
    Platform& platform, std::string const& data_path, std::string const& target)
{
    std::error_code problem;
    if (fs::exists(target, problem)) {
        return conflict("backup_exists", target + " exists already. Name a new folder.");
    }
    auto const unfinished = fs::path(target + ".part");
    fs::remove_all(unfinished, problem);
    auto report = fill_backup(platform, data_path, unfinished);
    auto const kept = report ? keep_as(unfinished, target) : Result<void> {};
    if (!report || !kept) {
        fs::remove_all(unfinished, problem);
        return report ? std::unexpected(kept.error()) : report;
    }
    report->path = target;
    return report;
}

Result<BackupReport> check_backup(std::string const& backup)
{
    auto const folder = fs::path(backup);
    std::error_code problem;
    if (!fs::exists(folder / manifest_name, problem)) {
        return missing("backup_incomplete",
            backup + " is no backup, or not a whole one: it has no " + manifest_name + ".");
    }
    auto const manifest = json::parse(TRY(read_whole_file(folder / manifest_name)));
    if (!manifest || manifest->integer("format") != format) {
        return invalid("backup_damaged", std::string(manifest_name) + " cannot be read.");
    }
    BackupReport report { .path = backup };
    auto has_database = false;
    for (auto const& listed : manifest->array("files")) {
        TRY(check_file(folder, listed));
        has_database = has_database || listed.text("path") == "cashline.db";
        ++report.files;
        report.bytes += listed.integer("bytes");
    }
    if (!has_database) {
        return invalid("backup_damaged", "The backup has no database.");
    }
    return report;
}

}
