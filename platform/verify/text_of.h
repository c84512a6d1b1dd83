// Values as a finding shows them: exact and short.
#pragma once

#include "platform/metadata/schema.h"

namespace cashline {

std::string exact_text(Value const& value);

}
