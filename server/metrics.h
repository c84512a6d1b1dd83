// /health for load balancers and /metrics for Prometheus (its text format).
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/web_api/http/server.h"
#include "platform/web_api/http/worker_pool.h"

namespace cashline::server {

// 200 when the database answers, else 503.
http::Response health_answer(Platform& platform);
http::Response metrics_answer(
    Platform& platform, http::WorkerPool const& pool, http::Server const& server);

}
