// What a stranger sends through the shop's request form becomes a lead, routed and recognised by
// the rules of sales, in one commit (docs/contracts/shop.md 3).
#pragma once

#include "platform/pipeline/unit.h"

namespace cashline::commerce {

struct PartnerRequest {
    std::string first_name {};
    std::string last_name {};
    std::string company {};
    std::string email {};
    std::string phone {};
    std::string country {};
    std::string city {};
    std::string message {};
    std::string product {}; // name and number of the product it began at, or empty
    std::string reference {}; // what the requester is told
};

// Says what was asked for in one line: the lead's topic.
std::string topic_of(PartnerRequest const&);

// The same person asking for the same company again within a day adds to the lead that is still
// open. The answer is the same for everybody, so that nobody learns who is known here.
Result<void> submit_partner_request(Unit&, PartnerRequest const&);

}
