#include "platform/mail/calendar.h"

#include "platform/mail/calendar_library.h"

#include <algorithm>
#include <set>

namespace cashline::mail {

namespace {

constexpr std::size_t iterations_max = 1'000;

struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

// What one series and its exceptions give. Everything is kept as moments, since files write the
// same occurrence in the notation of different zones.
class Series {
public:
    Series(icalcomponent* calendar, OccurrenceLimits const& limits)
        : m_calendar(calendar)
        , m_limits(limits)
    {
    }

    Result<void> add(icalcomponent* event)
    {
        TRY(check_remarks(event));
        auto* const start = first_property(event, ICAL_DTSTART_PROPERTY);
        if (start == nullptr) {
            return invalid(
                "ics_start_missing", "The calendar file does not say when the meeting starts.");
        }
        auto const begin = TRY(zoned_time(start, m_calendar));
        if (auto* const id = first_property(event, ICAL_RECURRENCEID_PROPERTY); id != nullptr) {
            m_exceptions.push_back({ to_timestamp(TRY(zoned_time(id, m_calendar))),
                to_timestamp(begin), is_cancelled(event) });
            return {};
        }
        if (is_cancelled(event)) {
            return {};
        }
        m_starts.insert(to_timestamp(begin));
        TRY(add_rules(event, begin));
        auto const added = TRY(read_moments(event, ICAL_RDATE_PROPERTY, m_calendar));
        m_starts.insert(added.begin(), added.end());
        for (auto const excluded : TRY(read_moments(event, ICAL_EXDATE_PROPERTY, m_calendar))) {
            m_starts.erase(excluded);
        }
        return {};
    }

    std::vector<Timestamp> starts()
    {
        for (auto const& exception : m_exceptions) {
            // An exception of an occurrence that does not exist is skipped.
            if (m_starts.erase(exception.of) > 0 && !exception.is_cancelled) {
                m_starts.insert(exception.start);
            }
        }
        std::vector<Timestamp> out;
        for (auto const start : m_starts) {
            if (start >= m_limits.from && start < m_limits.until
                && out.size() < m_limits.count_max) {
                out.push_back(start);
            }
        }
        return out;
    }

private:
    struct Exception {
        Timestamp of {};
        Timestamp start {};
        bool is_cancelled {};
    };

    static bool is_cancelled(icalcomponent* event)
    {
        auto* const status = first_property(event, ICAL_STATUS_PROPERTY);
        return status != nullptr && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED;
    }

    Result<void> add_rules(icalcomponent* event, icaltimetype const& begin)
    {
        auto* const property = first_property(event, ICAL_RRULE_PROPERTY);
        if (property == nullptr) {
            return {};
        }
        auto rule = icalproperty_get_rrule(property);
        bool const is_single =
            icalcomponent_get_next_property(event, ICAL_RRULE_PROPERTY) == nullptr;
        if (!is_followable_rule(rule) || !is_single) {
            return bad_rule();
        }
        std::unique_ptr<icalrecur_iterator, FreeIterator> iterator(
            icalrecur_iterator_new(rule, begin));
        for (std::size_t step = 0; iterator && step < iterations_max; ++step) {
            auto next = icalrecur_iterator_next(iterator.get());
            if (icaltime_is_null_time(next) != 0) {
                break;
            }
            next.zone = begin.zone; // The wall clock repeats, whatever the season.
            auto const start = to_timestamp(next);
            if (start >= m_limits.until) {
                break;
            }
            m_starts.insert(start);
        }
        return {};
    }

    icalcomponent* m_calendar;
    OccurrenceLimits const& m_limits;
    std::set<Timestamp> m_starts {};
    std::vector<Exception> m_exceptions {};
};

}

Result<std::vector<Timestamp>> occurrences(std::string_view text, OccurrenceLimits const& limits)
{
    auto const lock = enter_library();
    auto const calendar = TRY(parse_component(text));
    Series series(calendar.get(), limits);
    std::size_t events = 0;
    for (auto* event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
        event != nullptr;
        event = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT)) {
        // Each rule may cost the library a third of a second, so a file has few of them.
        if (++events > 50) {
            return invalid("ics_too_large", "The calendar file has too many events.");
        }
        TRY(series.add(event));
    }
    if (events == 0) {
        return invalid("ics_no_event", "The calendar file has no meeting.");
    }
    return series.starts();
}

}
