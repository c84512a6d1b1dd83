#include "server/run_on_company.h"

#include "server/company.h"
#include "server/control_socket.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace cashline::server {

namespace {

void show_progress(std::string_view line)
{
    if (::isatty(STDERR_FILENO) != 0) {
        std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(line.size()), line.data());
    }
}

void end_progress() { show_progress(""); }

Result<CommandOutput> run(Command const& command, Arguments const& arguments)
{
    auto const data_path = arguments.text("data");
    if (is_in_use(data_path)) {
        return run_in_server(data_path, command.name, arguments, show_progress);
    }
    auto const company = TRY(Company::open({ .data_path = data_path }));
    CompanyContext context { company->platform(), company->data_path(), show_progress };
    return command.on_company(context, arguments);
}

}

CommandOption data_option()
{
    return { .name = "data", .help = "The company's data folder", .preset = "./data" };
}

int run_on_company(Command const& command, Arguments const& arguments)
{
    auto const output = run(command, arguments);
    end_progress();
    if (!output) {
        std::fprintf(stderr, "%s (%s)\n", output.error().text.c_str(), output.error().code.c_str());
        return 1;
    }
    std::fputs(output->text.c_str(), stdout);
    return output->exit_code;
}

Result<CommandOutput> run_here(
    CompanyContext context, std::string const& name, Arguments const& arguments)
{
    auto const commands = all_commands();
    auto const command = std::ranges::find(commands, name, &Command::name);
    if (command == commands.end() || !command->on_company) {
        return invalid("command_unknown", "The server knows no command '" + name + "'.");
    }
    return command->on_company(context, arguments);
}

}
