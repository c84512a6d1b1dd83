// Leads through the Web API beside bare inserts of the same row into a copy of the same tables.
#include "bench/api_client.h"
#include "bench/measurements.h"

#include <fmt/format.h>

namespace cashline::bench {

namespace {

using Clock = std::chrono::steady_clock;

// As many rows a commit as there are clients in flight.
constexpr std::int64_t group_size = 32;

struct RawRates {
    double single {};
    double grouped {};
};

// The company's own database, stopped, copied: the product's tables with everything that hangs on
// them.
Result<std::unique_ptr<RawDatabase>> copied_database(Bench const& bench)
{
    if (bench.setup.database.empty()) {
        auto const copy = bench.options.folder + "/yardstick.db";
        for (auto const* suffix : { "", "-wal", "-shm" }) {
            std::filesystem::remove(copy + suffix);
        }
        std::filesystem::copy_file(bench.setup.data + "/cashline.db", copy);
        return open_sqlite(copy);
    }
    auto const slash = bench.setup.database.find('/', std::string_view("postgresql://").size());
    auto const question = std::min(bench.setup.database.find('?'), bench.setup.database.size());
    auto const name = bench.setup.database.substr(slash + 1, question - slash - 1);
    auto const url = [&](std::string const& other) {
        return bench.setup.database.substr(0, slash + 1) + other
            + bench.setup.database.substr(question);
    };
    auto const server = TRY(open_postgresql(url("postgres")));
    TRY(server->run("set client_min_messages = warning"));
    TRY(server->run("drop database if exists yardstick"));
    TRY(server->run("create database yardstick template " + name));
    return open_postgresql(url("yardstick"));
}

Result<double> insert_rate(RawDatabase& database, RawRow& row, std::int64_t rows_per_commit,
    std::chrono::milliseconds time)
{
    auto const id = row.at("leadid");
    auto const created = row.at("createdon");
    auto const begin = Clock::now();
    std::int64_t count = 0;
    while (Clock::now() - begin < time) {
        TRY(database.run("BEGIN"));
        for (std::int64_t number = 0; number < rows_per_commit; ++number) {
            row.values[id] = next_raw_id();
            row.values[created] = std::get<std::int64_t>(row.values[created]) + 1;
            TRY(database.insert(row.values));
            ++count;
        }
        TRY(database.run("COMMIT"));
    }
    return static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - begin).count();
}

Result<RawRates> measure_yardstick(Bench& bench)
{
    bench.stop_server();
    auto const database = TRY(copied_database(bench));
    auto row = TRY(database->row("select * from lead order by createdon desc limit 1"));
    TRY(database->prepare_insert("lead", row.columns));
    auto const time = bench.options.duration() / 2;
    return RawRates { .single = TRY(insert_rate(*database, row, 1, time)),
        .grouped = TRY(insert_rate(*database, row, group_size, time)) };
}

Result<LoadResult> create_leads(Bench& bench, int clients, LoadTargets const& targets)
{
    std::int64_t number = 0;
    auto const headers = api_headers(bench.callers.seller.token);
    LoadOptions const load { .clients = clients, .next_request = [&] {
                                return to_bytes({ .method = "POST",
                                    .target = "/api/data/v9.2/leads",
                                    .headers = headers,
                                    .body = lead_body(++number) });
                            } };
    auto const name = fmt::format("create a lead, {} client{}", clients, clients == 1 ? "" : "s");
    return measure_load(bench, name, load, targets);
}

}

// The yardstick runs before and after the product, since a shared disk is not the same twice.
Result<void> measure_creation(Bench& bench)
{
    TRY(bench.start_server());
    TRY(create_leads(bench, 1, {}));
    auto const before = TRY(measure_yardstick(bench));
    TRY(bench.start_server());
    TRY(create_leads(bench, 8, { .p99_ms = 30 }));
    auto const most = TRY(create_leads(bench, 32, { .rate = 750, .p99_ms = 80 }));
    auto const after = TRY(measure_yardstick(bench));
    auto const row = std::string("bare inserts of the same row");
    auto const single = (before.single + after.single) / 2;
    auto const grouped = (before.grouped + after.grouped) / 2;
    bench.add({ row, "one row a commit, before", before.single, "/s" });
    bench.add({ row, "one row a commit, after", after.single, "/s" });
    bench.add({ row, fmt::format("{} rows a commit, before", group_size), before.grouped, "/s" });
    bench.add({ row, fmt::format("{} rows a commit, after", group_size), after.grouped, "/s" });
    bench.add({ row, "32 clients of one row a commit", 100 * most.rate / single, "%", 20 });
    bench.add({ row, fmt::format("32 clients of {} rows a commit", group_size),
        100 * most.rate / grouped, "%", 20 });
    return bench.start_server();
}

}
