#include "server/company.h"

#include "server/apps.h"
#include "server/configuration.h"
#include "server/demo_sign_in.h"
#include "server/unfinished_work.h"

#include <filesystem>

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

Result<std::string> database_of(CompanyOptions const& options, json::Value const& settings)
{
    auto const remembered = std::string(settings.text("database"));
    if (!remembered.empty() && !options.database.empty() && remembered != options.database) {
        return conflict("database_differs",
            options.data_path + "/cashline.toml names another database than --database.");
    }
    return options.database.empty() ? remembered : options.database;
}

// A database without a configuration is a company, too: nobody's data is taken for an empty folder.
bool has_company(std::string const& data_path)
{
    std::error_code ignored;
    return has_configuration(data_path) || fs::exists(fs::path(data_path) / "cashline.db", ignored);
}

Refusal no_company(std::string const& data_path)
{
    return missing("data_missing",
        "There is no company in " + data_path + ". Start `cashline serve --data " + data_path
            + "` once.");
}

// SQLite would make an empty database where the company's is gone. Settings alone are no company
// yet; the folder of files is made with it.
Result<void> demand_database(std::string const& data_path, std::string const& database, bool is_new)
{
    std::error_code ignored;
    auto const folder = fs::path(data_path);
    auto const had_company = !is_new && database.empty() && fs::exists(folder / "files", ignored);
    if (!had_company || fs::exists(folder / "cashline.db", ignored)) {
        return {};
    }
    return missing("database_lost",
        data_path + " had a company, but cashline.db is not there. Restore it from a backup.");
}

}

Result<std::unique_ptr<Company>> Company::open(CompanyOptions options)
{
    // A command on a wrong path must not leave a folder behind.
    if (!options.may_create && !has_company(options.data_path)) {
        return no_company(options.data_path);
    }
    std::error_code problem;
    fs::create_directories(options.data_path, problem);
    auto const absolute = fs::absolute(options.data_path, problem);
    if (problem) {
        return internal("data_unwritable", "Cannot create " + options.data_path + ".");
    }
    std::unique_ptr<Company> company(new Company);
    company->m_data_path = absolute.lexically_normal().string();
    company->m_lock = TRY(FolderLock::take(company->m_data_path));
    auto const unfinished = TRY(settle_unfinished_work(company->m_data_path));
    auto const is_new = !has_company(company->m_data_path);
    if (is_new && !options.may_create) {
        return no_company(options.data_path);
    }
    if (!is_new && options.content != Content::as_it_is) {
        return conflict("data_exists",
            options.data_path
                + " holds a company already. --demo and --empty are for new folders.");
    }
    company->m_settings = TRY(resolved(TRY(read_configuration(company->m_data_path))));
    auto const database = TRY(database_of(options, company->m_settings));
    TRY(demand_database(company->m_data_path, database, is_new));
    if (is_new) {
        TRY(begin_filling(company->m_data_path));
    }
    fs::create_directories(fs::path(company->m_data_path) / "files", problem);
    TRY(company->open_platform(options, database));
    auto const filled = company->fill(options, database, is_new);
    if (!filled && unfinished == Unfinished::filling && !database.empty()) {
        return conflict("first_start_unfinished",
            "A first start on this database was interrupted; name an empty database. ("
                + filled.error().text + ")");
    }
    TRY(filled);
    return company;
}

Result<void> Company::open_platform(CompanyOptions const&, std::string const& database)
{
    PlatformOptions platform;
    if (database.empty()) {
        platform.store.path = m_data_path + "/cashline.db";
    } else {
        platform.store.postgresql = database;
    }
    platform.store.readers = 6;
    platform.files_path = m_data_path + "/files";
    platform.apps = all_apps();
    platform.settings = m_settings;
    m_platform = TRY(Platform::open(std::move(platform)));
    return {};
}

// The configuration is written last: a folder without it is new, whatever happened in it.
Result<void> Company::fill(CompanyOptions const& options, std::string const& database, bool is_new)
{
    if (!is_new) {
        return {};
    }
    if (options.content != Content::empty) {
        TRY(install_demo(*m_platform));
    }
    TRY(write_configuration(m_data_path, database));
    return end_filling(m_data_path);
}

bool is_in_use(std::string const& data_path)
{
    auto const lock = FolderLock::take(data_path);
    return !lock && lock.error().code == "data_in_use";
}

}
