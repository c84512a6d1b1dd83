#include "apps/activities/activity_party/party_rules.h"
#include "apps/activities/activity_pointer/activity_rules.h"
#include "apps/activities/api.h"
#include "apps/activities/appointment/appointment_rules.h"
#include "apps/activities/connection/connection_rules.h"
#include "apps/activities/connection/connection_table.h"
#include "apps/activities/email/send_email.h"
#include "apps/activities/note/file_rules.h"

namespace cashline::activities {

void register_activities(Registry& registry)
{
    register_activity_pointer(registry);
    register_activity_party(registry);
    register_appointments(registry);
    register_emails(registry);
    register_files(registry);

    registry.before_save(connection::table, connection_needs_both_sides);
    registry.after(Operation::create, connection::table, write_mirror);
    registry.after(Operation::update, connection::table, update_mirror,
        { connection::from, connection::to, connection::from_role, connection::to_role,
            connection::description, connection::start, connection::end });
    registry.after(Operation::remove, connection::table, remove_mirror);
}

}
