// backup and restore.
#include "server/backup.h"
#include "server/commands/all.h"
#include "server/run_on_company.h"

#include <cstdio>
#include <fmt/format.h>

namespace cashline::server {

namespace {

Result<CommandOutput> back_up(CompanyContext& context, Arguments const& arguments)
{
    if (context.progress) {
        context.progress("Copying …");
    }
    auto const report =
        TRY(make_backup(context.platform, context.data_path, arguments.text("TARGET")));
    return CommandOutput { .text = fmt::format("{}: {} files, {} bytes\n", report.path,
                               report.files, report.bytes) };
}

int restore(Arguments const& arguments)
{
    auto const data_path = arguments.text("data");
    auto const report = restore_backup(arguments.text("SOURCE"), data_path);
    if (report) {
        std::printf("Restored %lld files to %s. What was there before is in %s.\n",
            static_cast<long long>(report->files), data_path.c_str(), report->path.c_str());
        return 0;
    }
    auto const& problem = report.error();
    auto const hint = problem.code == "data_in_use" ? " Stop the server first." : "";
    std::fprintf(stderr, "%s%s (%s)\n", problem.text.c_str(), hint, problem.code.c_str());
    return 1;
}

}

Command backup_command()
{
    return { .name = "backup",
        .summary = "Copies a company to a new folder while it works",
        .options = { { .name = "TARGET",
            .help = "The new folder",
            .is_required = true,
            .is_positional = true,
            .is_path = true } },
        .on_company = back_up };
}

Command restore_command()
{
    auto data = data_option();
    return { .name = "restore",
        .summary = "Checks a backup and puts it in the place of a company; what was there is kept. "
                   "The server must not run",
        .options = { { .name = "SOURCE",
                         .help = "The folder of the backup",
                         .is_required = true,
                         .is_positional = true,
                         .is_path = true },
            data },
        .run = restore };
}

}
