// $batch: requests one after the other, change sets as one unit of work each (web-api.md 2.22).
#pragma once

#include "platform/web_api/odata/service.h"

namespace cashline::odata {

struct BatchRequest {
    http::Request request {};
    std::string base {};
    Caller caller {};
};

// Answers when the last part has run; between parts no thread is held while a commit is awaited.
void run_batch(Service& service, BatchRequest batch, http::Respond respond);

}
