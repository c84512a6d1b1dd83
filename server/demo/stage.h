// Where the demo company's people act: each part of the history is done by its person, with that
// person's rights, at its time.
#pragma once

#include "server/demo/demo_company.h"

#include <functional>
#include <map>
#include <string>

namespace cashline::demo {

struct Moment {
    int days_ago {};
    int hour { 9 };
};

class Stage {
public:
    explicit Stage(Platform& platform) : m_platform(platform), m_now(platform.environment().now())
    {
    }

    // Never later than now.
    Timestamp when(Moment) const;
    Date day(int days_ago) const { return m_now.date_utc().plus_days(-days_ago); }
    Result<void> play(Moment, std::string const& who, std::function<Result<void>(Unit&)> part);

private:
    Platform& m_platform;
    Timestamp m_now;
    std::map<std::string, Caller> m_callers {};
};

Result<void> play_orders(Stage&); // orders in every state, their invoices and payments
Result<void> play_meetings(Stage&); // this week's appointments, a meeting with its transcript
Result<void> play_channels(Stage&);

}
