// What mails and pages say about the organisation.
#pragma once

#include "platform/pipeline/reader.h"

namespace cashline::activities {

struct OrganizationFacts {
    std::string name {};
    std::string time_zone {};
    std::string public_url {}; // without a slash at the end; empty while nobody has set it
    std::string mail_from {};
};

Result<OrganizationFacts> organization_facts(Reader&);
// For Message-IDs: the host of the public address.
std::string mail_host(OrganizationFacts const&);

}
