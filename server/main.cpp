#include "server/command_line.h"

int main(int count, char** words) { return cashline::server::run_command_line(count, words); }
