// Which earlier mail a received one belongs to (collaboration-insights.md 13): by In-Reply-To and
// References, then by the tracking token in its subject.
#pragma once

#include "platform/mail/mime_message.h"
#include "platform/pipeline/reader.h"

namespace cashline::activities {

struct Thread {
    std::optional<Lookup> regarding {};
    std::optional<Lookup> owner {};
};

// With all rights.
Result<Thread> thread_of(Reader& elevated, mail::ReceivedMessage const&);

// "CRM:0001011" anywhere in the subject; empty when there is none.
std::string tracking_token(std::string_view subject);

}
