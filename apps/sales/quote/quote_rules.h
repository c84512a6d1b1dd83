// Rules of the quote table; registered in quotes.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::sales {

Result<void> complete_quote(Unit&, Change&);
Result<void> only_a_draft_can_be_activated(Unit&, Change&);
Result<void> quote_lines_need_a_draft(Unit&, Change&);

}
