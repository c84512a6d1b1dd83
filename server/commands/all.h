// The commands, one file each. A new one is declared here and listed in all.cpp.
#pragma once

#include "server/command.h"

namespace cashline::server {

Command serve_command();
Command app_user_add_command();
Command user_add_command();
Command user_set_password_command();
Command import_command();
Command export_command();
Command backup_command();
Command restore_command();
Command verify_command();

}
