// A connection is two rows that mirror each other (sales.md 10.7); registered in
// activities_app.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

Result<void> connection_needs_both_sides(Unit&, Change&);
Result<void> write_mirror(Unit&, Change&);
Result<void> update_mirror(Unit&, Change&);
Result<void> remove_mirror(Unit&, Change&);

}
