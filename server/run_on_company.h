// Commands that work on a company's data, wherever it is open.
#pragma once

#include "server/command.h"

namespace cashline::server {

CommandOption data_option();

// In the server that has the folder open, otherwise here. Prints what the command says.
int run_on_company(Command const& command, Arguments const& arguments);
// Here, on a company that this process has open: what the server does for others.
Result<CommandOutput> run_here(CompanyContext context, std::string const& name, Arguments const&);

}
