// Chains in a second with several deals at once, what they write, and how long their jobs take
// afterwards.
#include "bench/chain.h"
#include "bench/measurements.h"

#include <atomic>
#include <fmt/format.h>
#include <fstream>
#include <thread>

namespace cashline::bench {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int deals_at_once = 8;
constexpr std::chrono::seconds drain_max { 120 };

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// All visitors share one address here; the shop's limit for strangers would end the run after ten.
void lift_address_limit(std::string const& data)
{
    std::ofstream(data + "/cashline.toml", std::ios::app)
        << "\n[shop]\nrequests_per_address = 1000000\n";
}

Result<std::int64_t> journal_entries(Bench& bench)
{
    auto const database = TRY(open_raw(bench.setup));
    auto const row = TRY(database->row("select count(*) as n from cl_journal"));
    return std::get<std::int64_t>(row.values[0]);
}

struct Lot {
    std::atomic<bool> is_over {};
    std::mutex mutex {};
    std::vector<double> times_ms {};
    std::optional<Error> problem {};
};

void run_deals(ChainRunner& runner, Lot& lot, int client)
{
    for (int number = 0; !lot.is_over; ++number) {
        auto const begin = Clock::now();
        auto const done = runner.run(fmt::format("K{}x{}", client, number));
        std::scoped_lock const lock(lot.mutex);
        if (!done) {
            lot.problem = done.error();
            lot.is_over = true;
            return;
        }
        lot.times_ms.push_back(seconds_since(begin) * 1'000);
    }
}

Result<double> run_all(Bench& bench, std::vector<std::unique_ptr<ChainRunner>>& runners, Lot& lot)
{
    auto const begin = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (int client = 0; client < deals_at_once; ++client) {
            threads.emplace_back([&, client] {
                run_deals(*runners[static_cast<std::size_t>(client)], lot, client);
            });
        }
        std::this_thread::sleep_for(bench.options.duration() * 2);
        lot.is_over = true;
    }
    if (lot.problem) {
        return std::unexpected(*lot.problem);
    }
    return seconds_since(begin);
}

Result<double> drain(Bench& bench, std::int64_t resting)
{
    auto const begin = Clock::now();
    while (bench.server->metric("cashline_jobs_waiting") > resting) {
        if (Clock::now() - begin > drain_max) {
            return internal("bench_not_drained", "The jobs do not come to an end.");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return seconds_since(begin);
}

}

Result<void> measure_chain(Bench& bench)
{
    bench.stop_server();
    lift_address_limit(bench.setup.data);
    TRY(bench.start_server());
    ApiClient manager(bench.server->port(), bench.callers.manager.token);
    ApiClient office(bench.server->port(), bench.callers.office.token);
    auto const goods = TRY(prepare_goods(manager, office));
    auto const entries_before = TRY(journal_entries(bench));
    auto const resting = bench.server->metric("cashline_jobs_waiting");
    BankDesk bank;
    std::vector<std::unique_ptr<ChainRunner>> runners;
    for (int client = 0; client < deals_at_once; ++client) {
        runners.push_back(
            std::make_unique<ChainRunner>(bench.server->port(), bench.callers, goods, bank));
        TRY(runners.back()->open_form());
    }
    // The shop takes a form sent faster than two seconds for a program's.
    std::this_thread::sleep_for(std::chrono::milliseconds(3'100));
    Lot lot;
    auto const processor_before = bench.server->processor_seconds();
    auto const seconds = TRY(run_all(bench, runners, lot));
    auto const processor = bench.server->processor_seconds() - processor_before;
    auto const drained = TRY(drain(bench, resting));
    auto const count = static_cast<double>(lot.times_ms.size());
    auto const entries = static_cast<double>(TRY(journal_entries(bench)) - entries_before);
    auto const row = fmt::format("request to payment, {} deals at once", deals_at_once);
    bench.add({ row, "chains", count / seconds, "/s", 15 });
    bench.add({ row, "p50 of a chain", percentile(lot.times_ms, 0.5), "ms" });
    bench.add({ row, "p99 of a chain", percentile(lot.times_ms, 0.99), "ms" });
    bench.add({ row, "rows written by a chain (journaled)", entries / count, "" });
    bench.add({ row, "processor time of the server", processor * 1'000 / count, "ms" });
    bench.add({ row, "jobs done after the last chain", drained, "s" });
    return {};
}

}
