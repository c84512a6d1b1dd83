// After an invoice is posted: its PDF and its e-invoice are made, kept as files, and mailed to the
// customer. Runs as a job; a repeat changes nothing.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::finance {

Job render_invoice_job(Id invoice);
void register_rendering(Registry&);

}
