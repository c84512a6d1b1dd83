// Time zone rules by IANA name, from the system's zone files (date-tz, in one .cpp).
#pragma once

#include "core/result.h"
#include "core/time.h"

namespace cashline::zones {

bool exists(std::string_view zone);
// The local calendar day of a moment; midnight of a local day as a moment (a gap moves forward).
Result<Date> local_date(Timestamp moment, std::string_view zone);
Result<Timestamp> start_of_local_day(Date day, std::string_view zone);
// Local wall-clock text "2026-03-01 08:30" for people.
Result<std::string> local_text(Timestamp moment, std::string_view zone);
// A wall-clock time of a zone as a moment ("2026-03-01T08:30:00" without offset).
Result<Timestamp> from_local(std::string_view local_time, std::string_view zone);

}
