// Rules of the contact table; registered in parties_app.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::parties {

Result<void> fill_contact_name(Unit&, Change&);

}
