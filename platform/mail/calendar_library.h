// libical for the three files of the calendar façade; nobody else includes it.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <libical/ical.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::mail {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

// The library keeps zones, scratch memory and its error state in globals: one caller at a time.
std::unique_lock<std::mutex> enter_library();

std::string_view view(char const* text);
icalproperty* first_property(icalcomponent* component, icalproperty_kind kind);

icaltimetype library_time(Timestamp moment, bool is_date = false);
Timestamp to_timestamp(icaltimetype const& time);

// The time with its zone attached: UTC, or the calendar's own definition of the named zone.
Result<icaltimetype> zoned_time(icalproperty* property, icalcomponent* calendar);
Result<std::vector<Timestamp>> read_moments(
    icalcomponent* event, icalproperty_kind kind, icalcomponent* calendar);

// Only rules a meeting needs, and none that sends the library into a very long search.
bool is_followable_rule(icalrecurrencetype const& rule);
Result<icalrecurrencetype> read_rule(std::string const& text);
std::unexpected<Error> bad_rule();

// The library turns a property it cannot read into a remark. Remarks about what says when are
// fatal.
Result<void> check_remarks(icalcomponent* event);

// The calendar as a tree, its zones checked. To be called inside the lock.
Result<Component> parse_component(std::string_view text);

inline constexpr std::size_t calendar_dates_max = 2'000; // EXDATE and RDATE of one event

}
