#include "server/backup.h"
#include "server/company.h"
#include "server/configuration.h"
#include "server/verify_company.h"

#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

// What of a data folder is the company; the rest (lock, socket) belongs to processes.
constexpr char const* company_parts[] { "cashline.db", "cashline.db-wal", "cashline.db-shm",
    "files" };

Refusal failed(fs::path const& path)
{
    return internal("restore_failed", "Cannot write " + path.string() + ".");
}

Result<void> copy_to_stage(fs::path const& backup, fs::path const& stage)
{
    std::error_code problem;
    fs::create_directories(stage, problem);
    fs::permissions(stage, fs::perms::owner_all, problem);
    fs::copy_file(backup / "cashline.db", stage / "cashline.db", problem);
    if (!problem && fs::exists(backup / "files")) {
        fs::copy(backup / "files", stage / "files", fs::copy_options::recursive, problem);
    }
    return problem ? failed(stage) : Result<void> {};
}

// Opened as a company of its own: migrations run, and every check there is.
Result<void> check_stage(fs::path const& stage)
{
    TRY(write_configuration(stage.string(), {}));
    auto const company = TRY(Company::open({ .data_path = stage.string() }));
    auto const findings = TRY(verify_company(company->platform()));
    if (findings.empty()) {
        return {};
    }
    auto const& first = findings.front();
    return invalid("backup_damaged",
        fmt::format("The backup opens, but {} things in it are wrong; the first: {} {} {}: {}",
            findings.size(), first.table, first.row.to_string(), first.column, first.text));
}

Result<void> sync_folder(fs::path const& folder)
{
    auto const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    auto const is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return is_synced ? Result<void> {} : failed(folder);
}

Result<void> move_parts(fs::path const& from, fs::path const& to)
{
    std::error_code problem;
    fs::create_directories(to, problem);
    for (auto const* part : company_parts) {
        if (!problem && fs::exists(from / part)) {
            fs::rename(from / part, to / part, problem);
        }
    }
    return problem ? failed(to) : sync_folder(to);
}

Result<void> refuse_other_database(std::string const& data_path)
{
    auto const settings = TRY(read_configuration(data_path));
    if (settings.find("database")) {
        return invalid("restore_elsewhere",
            data_path + " keeps its data in PostgreSQL: restore it with pg_restore.");
    }
    return {};
}

// The old parts go aside, the new ones in; should the second step fail, the old ones come back.
Result<void> switch_parts(fs::path const& stage, fs::path const& data, fs::path const& aside)
{
    TRY(move_parts(data, aside));
    if (auto const moved = move_parts(stage, data); !moved) {
        TRY(move_parts(aside, data));
        return moved;
    }
    return {};
}

}

Result<BackupReport> restore_backup(std::string const& backup, std::string const& data_path)
{
    std::error_code problem;
    fs::create_directories(data_path, problem);
    auto const data = fs::absolute(data_path, problem).lexically_normal();
    auto const lock = TRY(FolderLock::take(data.string()));
    TRY(refuse_other_database(data.string()));
    auto report = TRY(check_backup(backup));
    auto& environment = system_environment();
    auto const name = environment.new_id().to_string();
    auto const stage = data / ("restore-" + name);
    auto const outcome = [&]() -> Result<void> {
        TRY(copy_to_stage(backup, stage));
        TRY(check_stage(stage));
        TRY(switch_parts(stage, data, data / ("before-restore-" + name)));
        if (!has_configuration(data.string())) {
            fs::copy_file(fs::path(backup) / "cashline.toml", data / "cashline.toml", problem);
            fs::permissions(
                data / "cashline.toml", fs::perms::owner_read | fs::perms::owner_write, problem);
        }
        return {};
    }();
    fs::remove_all(stage, problem);
    TRY(outcome);
    report.path = (data / ("before-restore-" + name)).string();
    return report;
}

}
