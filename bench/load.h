// The load driver: many keep-alive connections on one thread with epoll, each sending its next
// request as soon as the answer is there. Cheap, since it shares the processors with the server it
// measures.
#pragma once

#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace cashline::bench {

struct LoadOptions {
    std::uint16_t port {};
    int clients { 1 };
    std::chrono::milliseconds warm_up { 500 };
    std::chrono::milliseconds duration { 5'000 };
    std::function<std::string()> next_request {}; // whole requests as bytes
};

struct LoadResult {
    std::int64_t count {};
    double seconds {};
    double rate {}; // answers in a second
    double rate_slowest {}; // in the slowest and the fastest quarter of the time: the spread
    double rate_fastest {};
    double p50_ms {};
    double p99_ms {};
    double max_ms {};
    double body_bytes {}; // of one answer, on average
};

// Any answer but 2xx fails the whole measurement: a refused request says nothing about speed.
Result<LoadResult> run_load(LoadOptions const& options);

// The value below which this part of the list lies; sorts it.
double percentile(std::vector<double>& values, double part);

}
