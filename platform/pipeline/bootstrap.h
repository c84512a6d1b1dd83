// What makes a new database an installation, and an existing one up to date: tables, the
// organisation with its root unit and SYSTEM user, shipped roles, and the rows that definitions
// ship (kind seed). Rows that are there already stay as they are: administrators may have changed
// them.
#pragma once

#include "platform/pipeline/unit_state.h"

namespace cashline {

class Platform;
class Registry;

// Tables of the platform and of the definitions; fills the column numbers.
Result<void> prepare_database(Store& store, Metadata& metadata);
Result<void> seed(Platform& platform);
// Rules on the platform's own tables (users, teams, roles).
void register_platform_rules(Registry& registry);

}
