// Times as people say them ("by next Tuesday", "end of Q1", "in two weeks") as days, seen from the
// day of the meeting.
#pragma once

#include "core/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace cashline::insights {

struct DatePhrase {
    std::string text {}; // as said
    Date date {};
};

// The first phrase of the sentence. Weekdays are the next to come; "next Tuesday" is that of the
// following week; a week ends on Friday; days of a month without a year are the next ones to come.
std::optional<DatePhrase> find_date_phrase(std::string_view sentence, Date today);

}
