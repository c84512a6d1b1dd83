// A value as people read it in English: labels of choices, amounts with their currency's decimals.
// For documents, cards and previews; lists and records get their formatted values from the query's
// JSON writer.
#pragma once

#include "platform/metadata/schema.h"

namespace cashline {

std::string display_text(Column const&, Value const&);

}
