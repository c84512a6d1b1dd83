// What other apps may use of parties besides its tables.
#pragma once

#include "apps/parties/currency/money_texts.h"
#include "apps/parties/letterhead/letterhead.h"
#include "platform/pipeline/registry.h"

namespace cashline::parties {

void register_parties(Registry&);

// "First Middle Last", without gaps.
std::string full_name(std::optional<std::string_view> first, std::optional<std::string_view> middle,
    std::optional<std::string_view> last);

// The company of rows that name none: the first one by code among those in the organisation's base
// currency.
Result<std::optional<Id>> default_company(Reader&);
// Its dataAreaId; empty where there is no company yet.
Result<std::string> default_company_code(Reader&);
// Fills msdyn_company-like columns on create; to be registered as a rule before create.
Rule fill_company(LookupColumn column);

}
