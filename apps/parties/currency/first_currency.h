// The first currency of an organisation without one is its base currency, one for one. Every other
// one says its rate: units of it for one unit of the base currency.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::parties {

// "RequiredFieldMissing" where the organisation has a base currency already.
Result<void> currency_has_a_rate(Unit&, Change&);
Result<void> first_currency_is_the_base(Unit&, Change&);

}
