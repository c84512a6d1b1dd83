// From the words on the command line to a command and its arguments.
#pragma once

#include "server/command.h"

#include <span>

namespace cashline::server {

// Runs what the command line says; the exit code of the program. Explains itself on --help and on
// mistakes.
int run_command_line(int count, char const* const* words);

}
