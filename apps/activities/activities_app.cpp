#include "apps/activities/api.h"
#include "apps/activities/connection/connection_rules.h"
#include "apps/activities/connection/connection_table.h"

namespace cashline::activities {

void register_activities(Registry& registry)
{
    registry.before_save(connection::table, connection_needs_both_sides);
    registry.after(Operation::create, connection::table, write_mirror);
    registry.after(Operation::update, connection::table, update_mirror,
        { connection::from, connection::to, connection::from_role, connection::to_role,
            connection::description, connection::start, connection::end });
    registry.after(Operation::remove, connection::table, remove_mirror);
}

}
