// Functions of the platform itself that every client calls first: WhoAmI, RetrieveVersion,
// RetrieveCurrentOrganization, RetrieveTotalRecordCount.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::odata {

void register_platform_messages(Registry& registry);

}
