// The values of a journal entry as text: {"<column number>":[before,after],…}. Numbers, yes/no and
// null are JSON's own; everything else is a string with a letter in front that says what it is, so
// that history can be read without the definitions of that time. docs/contracts/journal.md lists
// the letters.
#pragma once

#include "core/json.h"
#include "platform/journal/change_set.h"

namespace cashline::journal {

// Longer texts stand by their hash: the journal answers what changed, it does not store documents
// twice.
inline constexpr std::size_t value_bytes_max = 4'096;

json::Value encode(Value const& value);
Value decode(json::Value const& written);

std::string encode_changes(std::vector<ColumnChange> const& changes);
Result<std::vector<ColumnChange>> decode_changes(std::string_view text);

}
