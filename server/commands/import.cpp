// import: records of another system through a recipe and the pipeline.
#include "apps/integration/import/importer.h"
#include "platform/files/whole_file.h"
#include "platform/web_api/sign_in/accounts.h"
#include "server/commands/all.h"

#include <filesystem>
#include <fmt/format.h>

namespace cashline::server {

namespace {

namespace fs = std::filesystem;

// Files are named by recipes; only names of the folder itself are taken.
integration::ReadFile reader_of(fs::path const& folder)
{
    return [folder](std::string const& name) -> Result<std::string> {
        auto const path = folder / name;
        std::error_code ignored;
        if (fs::path(name).has_parent_path() || !fs::is_regular_file(path, ignored)) {
            return missing("import_file_missing",
                "The recipe needs " + name + ", and there is no such file in " + folder.string()
                    + ".");
        }
        return read_whole_file(path);
    };
}

// Imported rows belong to whoever imports them; the platform itself when nobody is named.
Result<Caller> importer_named(Platform& platform, std::string const& name)
{
    if (name.empty()) {
        return system_caller(Door::import);
    }
    auto const account =
        TRY(platform.read<std::optional<sign_in::Account>>(system_caller(Door::command),
            [&](Reader& reader) { return sign_in::find_account(reader, name); }));
    if (!account) {
        return missing("ObjectDoesNotExist", "No person signs in as '" + name + "'.");
    }
    return platform.caller_of(account->user, Door::import);
}

Result<CommandOutput> import_folder(CompanyContext& context, Arguments const& arguments)
{
    auto const folder = fs::path(arguments.text("PATH"));
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        return missing("import_file_missing", "There is no folder " + folder.string() + ".");
    }
    integration::ImportOptions options { .is_rehearsal = arguments.flag("dry-run") };
    options.progress = [&](std::string_view step, std::int64_t done, std::int64_t all) {
        if (context.progress && (done % 25 == 0 || done == all)) {
            context.progress(fmt::format("{}: {} of {}", step, done, all));
        }
    };
    auto const caller = TRY(importer_named(context.platform, arguments.text("as")));
    auto const report = TRY(integration::import_records(
        context.platform, caller, { arguments.text("RECIPE"), reader_of(folder) }, options));
    return CommandOutput { .text = arguments.flag("json") ? report.to_json().to_string() + "\n"
                                                          : report.to_text(),
        .exit_code = report.has_refusals() ? 1 : 0 };
}

}

Command import_command()
{
    return { .name = "import",
        .summary = "Loads the files of another system through a recipe; a second time changes "
                   "nothing. Exit code 1 when records were refused",
        .options = { { .name = "RECIPE",
                         .help = "What to import, e.g. adventureworks",
                         .is_required = true,
                         .is_positional = true },
            { .name = "PATH",
                .help = "The folder with its files",
                .is_required = true,
                .is_positional = true,
                .is_path = true },
            { .name = "dry-run",
                .help = "Carry everything out, say what would happen, keep nothing",
                .is_flag = true },
            { .name = "as", .help = "Who imports: a user name; new rows are this person's" },
            { .name = "json", .help = "Print the report as JSON", .is_flag = true } },
        .on_company = import_folder };
}

}
