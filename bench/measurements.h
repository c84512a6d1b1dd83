// The rows of the table. Each measures one database's company, whose server runs or not as the row
// needs it.
#pragma once

#include "bench/company.h"
#include "bench/load.h"
#include "bench/report.h"

#include <filesystem>
#include <set>

namespace cashline::bench {

struct BenchOptions {
    std::string program {};
    std::string folder { "build/bench" };
    std::string postgresql {}; // URL of a database server to be used; empty: SQLite only
    std::set<std::string> rows {}; // which to measure; empty: all
    bool is_quick {};

    bool wants(std::string const& row) const { return rows.empty() || rows.contains(row); }
    std::chrono::milliseconds duration() const
    {
        return std::chrono::milliseconds(is_quick ? 1'500 : 4'000);
    }
};

struct Bench {
    BenchOptions const& options;
    Report& report;
    std::string database {}; // "SQLite", "PostgreSQL"
    ServerSetup setup {};
    Callers callers {};
    std::unique_ptr<Server> server {};
    double resident_peak_mb {}; // of all servers that ran so far

    // Targets are SQLite's; the other database is reported only.
    bool has_targets() const { return setup.database.empty(); }
    void add(Figure figure);
    Result<void> start_server();
    void stop_server();
};

struct LoadTargets {
    std::optional<double> rate {};
    std::optional<double> p99_ms {};
};

// Runs the load as it is set up and adds rate, p50 and p99.
Result<LoadResult> measure_load(
    Bench& bench, std::string const& row, LoadOptions load, LoadTargets const& targets = {});

Result<void> measure_start_and_memory(Bench& bench, std::string const& what);
Result<void> measure_creation(Bench& bench);
Result<void> measure_chain(Bench& bench);
Result<void> measure_lists(Bench& bench);
Result<void> measure_records(Bench& bench);
Result<void> measure_shop(Bench& bench);

}
