#include "bench/measurements.h"

#include "bench/api_client.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view first_page =
    "/api/data/v9.2/leads?$select=fullname&$top=50&$orderby=createdon%20desc";

double milliseconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

}

void Bench::add(Figure figure)
{
    if (!has_targets()) {
        figure.target.reset();
    }
    report.add(database, std::move(figure));
}

Result<void> Bench::start_server()
{
    if (!server) {
        server = TRY(Server::start(setup));
        setup.content.clear();
    }
    return {};
}

void Bench::stop_server()
{
    if (server) {
        resident_peak_mb = std::max(resident_peak_mb, server->resident_peak_mb());
        server.reset();
    }
}

Result<LoadResult> measure_load(
    Bench& bench, std::string const& row, LoadOptions load, LoadTargets const& targets)
{
    load.port = bench.server->port();
    load.duration = bench.options.duration();
    auto const before = bench.server->processor_seconds();
    auto const begin = Clock::now();
    auto const result = TRY(run_load(load));
    auto const processor = bench.server->processor_seconds() - before;
    auto const all = result.rate * milliseconds_since(begin) / 1'000;
    bench.add({ row, "rate", result.rate, "/s", targets.rate });
    bench.add({ row, "rate in the slowest quarter", result.rate_slowest, "/s" });
    bench.add({ row, "rate in the fastest quarter", result.rate_fastest, "/s" });
    bench.add({ row, "p50", result.p50_ms, "ms" });
    bench.add({ row, "p99", result.p99_ms, "ms", targets.p99_ms, Better::lower });
    bench.add({ row, "processor time of the server", processor * 1e6 / all, "µs" });
    bench.add({ row, "size of an answer", result.body_bytes / 1'000, "kB" });
    return result;
}

// The first answer is a page of leads for a seller, where there is one, else the server's own word
// that it is well.
Result<void> measure_start_and_memory(Bench& bench, std::string const& what)
{
    bench.stop_server();
    std::vector<double> starts;
    constexpr int rounds = 3;
    for (int round = 0; round < rounds; ++round) {
        bench.stop_server();
        auto const begin = Clock::now();
        TRY(bench.start_server());
        load::HttpClient http(bench.server->port());
        auto const is_empty = bench.callers.seller.token.empty();
        if (!is_empty) {
            http.use_token(bench.callers.seller.token);
        }
        auto const answer = http.get(is_empty ? "/health" : first_page);
        if (!answer.is_success()) {
            return internal("bench_refused", answer.body);
        }
        starts.push_back(milliseconds_since(begin));
    }
    auto const row = "start and memory, " + what;
    bench.add({ row, "start to first answer", percentile(starts, 0.5), "ms", 600, Better::lower });
    auto const is_empty = what == "empty";
    bench.add({ row, "resident after it", bench.server->resident_mb(), "MB",
        is_empty ? std::optional(160.0) : std::nullopt, Better::lower });
    return {};
}

Result<void> measure_shop(Bench& bench)
{
    auto const row = std::string("shop page, 8 clients");
    auto const bytes = to_bytes({ .target = "/shop/products",
        .headers = { { "Accept", "text/html" }, { "Accept-Encoding", "gzip, br" } } });
    TRY(measure_load(bench, row, { .clients = 8, .next_request = [&] { return bytes; } }));
    return {};
}

}
