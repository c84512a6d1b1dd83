// /meet/<token>: what a guest of an on-line meeting sees. Whoever has the link may look; nothing of
// the record behind the meeting shows here.
#pragma once

#include "platform/web_api/web_context.h"

namespace cashline::activities {

http::Handler meeting_page(Platform&);

}
