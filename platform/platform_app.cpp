#include "platform/platform_app.h"

#include "platform/sharing/record_team.h"

namespace cashline {

void register_platform(Registry& registry) { register_record_teams(registry); }

}
