// What the workspace learns about its session (docs/contracts/web-workspace.md 2).
#pragma once

#include "platform/web_api/sign_in/identify.h"

namespace cashline::sign_in {

Result<json::Value> session_document(Reader& reader, Identity const& identity);
Result<json::Value> signed_out_document(Reader& reader);

}
