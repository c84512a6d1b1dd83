// The address people reach this installation at stands in links of mails and invitations. An
// administrator's own is kept; as long as there is none, or only a loopback one of an earlier
// start, it is the address the server listens on.
#pragma once

#include "platform/pipeline/platform.h"

namespace cashline::server {

Result<void> ensure_public_address(Platform&, std::string const& listening_on);

}
