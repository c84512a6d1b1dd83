// The part of reading calendar files that needs no library: undoing line folding and checking the
// frame (BEGIN and END in pairs, sizes), so that the library only sees complete text of a bounded
// size.
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace cashline::mail {

inline constexpr std::size_t calendar_bytes_max = 2 * 1024 * 1024;

// Unfolded, valid UTF-8, LF line ends. Folds are undone on bytes, since careless writers fold
// inside a UTF-8 sequence. Refuses "ics_too_large" and "ics_malformed".
Result<std::string> prepare_calendar_text(std::string_view text);

}
