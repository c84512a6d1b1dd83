// Buyers as the shop and the rules see them. Reading is with all rights: whoever asks has decided
// whose buyer this is.
#pragma once

#include "apps/commerce/buyer/buyer_table.h"
#include "platform/pipeline/unit.h"

namespace cashline::commerce {

struct Buyer {
    Id id {};
    Id contact {};
    std::optional<Id> organisation {};
    std::string name {};
    std::string email {};
    bool is_admin {};
    std::optional<Amount> spending_limit {};
    std::optional<Id> limit_currency {};
    BuyerStatus status { BuyerStatus::invited };

    Lookup customer() const; // the organisation, or the person where there is none
};

Buyer buyer_of(Row const&);
Result<std::optional<Buyer>> find_buyer(Reader&, Id buyer);
Result<std::optional<Buyer>> find_buyer_of_contact(Reader&, Id contact);
// Ignoring case; only buyers who may sign in.
Result<std::optional<Buyer>> find_active_buyer(Reader&, std::string_view email);
Result<std::vector<Buyer>> buyers_of(Reader&, Id organisation);

// The buyer a shop request acts for: "buyer_signed_out" without one, "buyer_disabled" when he may
// no longer order.
Result<Buyer> acting_buyer(Reader&);

struct NewBuyer {
    Id contact {};
    std::optional<Id> organisation {};
    std::optional<Id> opportunity {};
};
// Makes the buyer with his link and mail, the first of an organisation as its administrator; gives
// the one who is there when the person is a buyer already. "buyer_needs_address",
// "buyer_address_taken".
struct MadeBuyer {
    Id id {};
    bool is_new {};
};
Result<MadeBuyer> ensure_buyer(Unit&, NewBuyer const&);

}
