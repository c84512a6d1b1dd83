// The relative date operators as half-open ranges in the caller's time zone (web-api.md 2.10,
// "Boundaries"). Emulators of Dataverse disagree about them, so they live in this one function.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "platform/query/query.h"

namespace cashline {

// A boundary is a local midnight or an exact moment; which one matters for columns without a time.
struct Boundary {
    std::optional<Date> midnight {};
    std::optional<Timestamp> moment {};
};

struct DateRange {
    std::optional<Boundary> from {};
    std::optional<Boundary> to {};
};

struct Clock {
    Timestamp now {};
    std::string_view zone {};
};

bool is_date_operator(Operator);
// `count` for the …x… operators, `day` for on, on_or_after and on_or_before.
Result<DateRange> date_range(Operator, Clock const&, std::int64_t count, Date day);

}
