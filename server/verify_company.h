// Every check of a company's data, in one consistent view: what the platform promises (rows,
// references, journal) and what the apps promise (maps, ledger).
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/verify/finding.h"

#include <functional>

namespace cashline::server {

// `progress` hears the name of each check before it runs.
Result<std::vector<VerifyFinding>> verify_company(
    Platform& platform, std::function<void(std::string_view)> const& progress = {});

}
