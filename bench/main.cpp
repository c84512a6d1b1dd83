// cashline_bench: started by bench/run, which says what its words mean.
#include "bench/api_client.h"
#include "bench/measurements.h"

#include <csignal>
#include <cstdio>

namespace cashline::bench {

namespace {

Result<void> measure_empty(Bench& bench)
{
    std::filesystem::remove_all(bench.setup.data);
    bench.setup.content = "--empty";
    return measure_start_and_memory(bench, "empty");
}

Result<void> open_company(Bench& bench)
{
    bench.stop_server();
    std::filesystem::remove_all(bench.setup.data);
    bench.setup.content = "--demo";
    TRY(bench.start_server());
    bench.callers = TRY(add_callers(*bench.server, bench.setup));
    return {};
}

// One lead through the front door is the pattern of the prepared ones.
Result<void> fill(Bench& bench)
{
    TRY(bench.start_server());
    ApiClient api(bench.server->port(), bench.callers.seller.token);
    TRY(api.create("leads", TRY(json::parse(lead_body(0)))));
    bench.stop_server();
    auto const database = TRY(open_raw(bench.setup));
    TRY(fill_leads(*database, bench.callers, {}));
    if (!bench.has_targets()) {
        TRY(database->run("analyze lead")); // What autovacuum does by itself a minute later.
    }
    return {};
}

Result<void> measure_rows(Bench& bench)
{
    auto const& options = bench.options;
    if (options.wants("start") && bench.has_targets()) {
        TRY(measure_empty(bench));
    }
    TRY(open_company(bench));
    if (options.wants("create")) {
        TRY(measure_creation(bench));
    }
    if (options.wants("chain")) {
        TRY(measure_chain(bench));
    }
    bool const wants_rows = options.wants("list") || options.wants("read") || options.wants("shop");
    if (!wants_rows && !options.wants("start")) {
        return {};
    }
    TRY(fill(bench));
    if (options.wants("start")) {
        TRY(measure_start_and_memory(bench, "100,000 leads"));
    }
    if (options.wants("list")) {
        TRY(measure_lists(bench));
    }
    if (options.wants("read")) {
        TRY(measure_records(bench));
    }
    if (options.wants("shop")) {
        TRY(bench.start_server());
        TRY(measure_shop(bench));
    }
    return {};
}

Result<void> measure_database(Bench& bench)
{
    auto const measured = measure_rows(bench);
    bench.stop_server();
    if (measured) {
        bench.add({ "memory", "resident when busy, at most", bench.resident_peak_mb, "MB", 1'024,
            Better::lower });
    }
    return measured;
}

Result<void> measure_all(BenchOptions const& options, Report& report)
{
    Bench sqlite { .options = options,
        .report = report,
        .database = "SQLite",
        .setup = { .program = options.program, .data = options.folder + "/data-sqlite" } };
    TRY(measure_database(sqlite));
    if (!options.postgresql.empty()) {
        Bench other { .options = options,
            .report = report,
            .database = "PostgreSQL",
            .setup = { .program = options.program,
                .data = options.folder + "/data-postgresql",
                .database = options.postgresql } };
        TRY(measure_database(other));
    }
    return {};
}

BenchOptions read_words(int count, char** words)
{
    BenchOptions options;
    for (int at = 1; at < count; ++at) {
        std::string const word = words[at];
        auto const follows = [&] { return at + 1 < count ? std::string(words[++at]) : ""; };
        if (word == "--program") {
            options.program = follows();
        } else if (word == "--folder") {
            options.folder = follows();
        } else if (word == "--postgresql") {
            options.postgresql = follows();
        } else if (word == "--quick") {
            options.is_quick = true;
        } else {
            options.rows.insert(word);
        }
    }
    return options;
}

}

}

int main(int count, char** words)
{
    using namespace cashline::bench;
    std::signal(SIGPIPE, SIG_IGN);
    auto const options = read_words(count, words);
    std::filesystem::create_directories(options.folder);
    Report report;
    auto const measured = measure_all(options, report);
    auto const written = report.write(options.folder + "/results.json");
    for (auto const& outcome : { measured, written }) {
        if (!outcome) {
            std::fprintf(
                stderr, "%s: %s\n", outcome.error().code.c_str(), outcome.error().text.c_str());
            return 2;
        }
    }
    std::printf("\n%s\n",
        report.reached_all() ? "All targets are reached." : "Some targets are NOT reached.");
    return report.reached_all() ? 0 : 1;
}
