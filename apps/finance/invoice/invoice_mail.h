// The mail an invoice goes out with, into the outbox of activities.
#pragma once

#include "platform/pipeline/unit.h"

namespace cashline::finance {

// Nothing happens for a customer without an address to send to.
Result<void> mail_invoice(Unit&, Row const& invoice, std::vector<Id> attachments);

}
