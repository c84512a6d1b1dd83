// What the administrator of a buying organisation decides about his colleagues. Both check the role
// in the organisation that owns the object; anything else does not exist for him.
#pragma once

#include "apps/commerce/buyer/buyers.h"

namespace cashline::commerce {

// An empty limit takes it away: then nothing goes on account. "buyer_unknown",
// "not_administrator".
Result<void> set_spending_limit(Unit&, Id buyer, std::optional<Amount> limit);

struct Colleague {
    std::string first_name {};
    std::string last_name {};
    std::string email {};
    std::optional<Amount> limit {};
};
// A contact of the organisation, a buyer and a link by mail. "buyer_address_taken" when somebody
// signs in with that address already.
Result<void> invite(Unit&, Colleague const&);

// What was typed as an amount of money; empty stays empty. "amount_invalid".
Result<std::optional<Amount>> parse_limit(std::string_view typed);

}
