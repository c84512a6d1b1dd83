// Notes and attachments carry a file: the base64 text that clients send goes to the file store,
// the row keeps the file's id.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

Result<void> keep_note_file(Unit&, Change&);
Result<void> keep_attachment_file(Unit&, Change&);

void register_files(Registry&);

}
