#include "server/demo/stage.h"

#include <algorithm>

namespace cashline::demo {

Timestamp Stage::when(Moment moment) const
{
    auto const seconds = std::int64_t { moment.hour } * 3'600;
    return std::min(Timestamp::at_midnight_utc(day(moment.days_ago)).plus_seconds(seconds), m_now);
}

Result<void> Stage::play(
    Moment moment, std::string const& who, std::function<Result<void>(Unit&)> part)
{
    auto known = m_callers.find(who);
    if (known == m_callers.end()) {
        auto caller = TRY(m_platform.caller_of(named("systemuser", who), Door::seed));
        known = m_callers.emplace(who, std::move(caller)).first;
    }
    return m_platform.write_at(when(moment), known->second, std::move(part));
}

}
