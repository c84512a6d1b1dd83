#include "server/commands/all.h"

namespace cashline::server {

std::vector<Command> all_commands()
{
    return {
        serve_command(),
        app_user_add_command(),
        user_add_command(),
        user_set_password_command(),
        import_command(),
        export_command(),
        backup_command(),
        restore_command(),
        verify_command(),
    };
}

}
