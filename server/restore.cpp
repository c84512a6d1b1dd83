#include "server/backup.h"

#include "platform/environment/durable.h"
#include "platform/files/whole_file.h"
#include "server/company.h"
#include "server/configuration.h"
#include "server/unfinished_work.h"
#include "server/verify_company.h"

#include <filesystem>
#include <fmt/format.h>

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

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

Result<void> refuse_other_database(std::string const& data_path)
{
    auto const settings = TRY(read_configuration(data_path));
    if (settings.find("database")) {
        return invalid("restore_elsewhere",
            data_path + " keeps its data in PostgreSQL: restore it with pg_restore.");
    }
    return {};
}

// A backup for a folder that has no settings brings its own.
Result<void> configure(fs::path const& backup, fs::path const& data)
{
    if (has_configuration(data.string())) {
        return {};
    }
    auto const settings = TRY(read_whole_file(backup / "cashline.toml"));
    return write_durably(data / "cashline.toml", settings) ? Result<void> {} : failed(data);
}

}

Result<BackupReport> restore_backup(std::string const& backup, std::string const& data_path)
{
    std::error_code problem;
    fs::create_directories(data_path, problem);
    auto const data = fs::absolute(data_path, problem).lexically_normal();
    auto const lock = TRY(FolderLock::take(data.string()));
    TRY(settle_unfinished_work(data));
    TRY(refuse_other_database(data.string()));
    auto report = TRY(check_backup(backup));
    auto const name = system_environment().new_id().to_string();
    Exchange const exchange { .stage = "restore-" + name, .aside = "before-restore-" + name };
    auto const stage = data / exchange.stage;
    auto const prepared = [&]() -> Result<void> {
        TRY(copy_to_stage(backup, stage));
        TRY(check_stage(stage));
        return configure(backup, data);
    }();
    if (!prepared) {
        fs::remove_all(stage, problem);
        return std::unexpected(prepared.error());
    }
    // From here on a kill or a failing disk leaves work that the next start finishes.
    TRY(exchange_parts(data, exchange));
    fs::remove_all(stage, problem);
    report.path = (data / exchange.aside).string();
    return report;
}

}
