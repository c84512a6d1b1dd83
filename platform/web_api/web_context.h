// What a part of the system needs to answer web requests of its own (shop, documents, mail): it
// adds its routes to the router when the server starts. Everything here outlives the router.
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/web_api/http/router.h"
#include "platform/web_api/http/worker_pool.h"
#include "platform/web_api/sign_in/passwords.h"
#include "platform/web_api/sign_in/sessions.h"

namespace cashline {

struct WebContext {
    Platform& platform;
    http::WorkerPool& pool;
    http::Router& router;
    sign_in::Sessions& sessions;
    sign_in::Passwords& passwords;
};

}
