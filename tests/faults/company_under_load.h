// A demo company whose server is killed again and again while sixteen clients write. After every
// restart the clients compare what is there with what they know, and `cashline verify` looks at the
// rows. The data goes on from round to round, so that damage adds up.
#pragma once

#include "platform/store/store_testing.h"
#include "tests/faults/client.h"

#include <chrono>

namespace cashline::faults {

struct LoadOptions {
    std::filesystem::path program { load::built_program() };
    std::string database {}; // postgresql://…; empty: SQLite
    std::uint64_t seed { 1 };
    int clients { 16 };
    bool may_fail {}; // see ClientOptions
    std::chrono::milliseconds load_max { 1'500 }; // until a kill
};

class CompanyUnderLoad {
public:
    using Wrongs = std::vector<std::string>;

    explicit CompanyUnderLoad(LoadOptions options);

    // A new demo company with stock to sell and an application user for the clients.
    Result<void> prepare();
    // What the server is started with from now on, besides its data.
    void start_with(std::vector<std::string> more) { m_server_options.more = std::move(more); }
    // The clients write until `strike` returns; it does the damage.
    Result<void> write_until(std::function<void(CompanyUnderLoad&)> const& strike);
    // One round: load, kill -9 at a random moment, restart, all checks.
    Wrongs kill_round();
    // What the clients and `verify` find; starts the server when it does not run.
    Wrongs check(Check which);
    // Stops it in peace; everything is compared once more and `verify` opens the data itself.
    Wrongs finish();

    void kill_server();
    int stop_server(); // SIGTERM; its exit code
    Result<void> start();
    // Kills the program while it starts, at a random moment.
    void start_in_vain();
    void pause_up_to(std::chrono::milliseconds bound);
    std::chrono::milliseconds some_time(std::chrono::milliseconds bound); // at random below it
    std::filesystem::path const& data() const { return m_server_options.data; }
    load::ServerOptions const& server_options() const { return m_server_options; }
    Result<load::WebAPI> signed_in();
    std::string figures() const; // for the log: rounds, writes, time

private:
    Wrongs verify();
    // Numbers of invoices and vouchers have no gap, whatever was refused or killed.
    Wrongs gaps(std::string const& token);
    // Jobs outlive kills: each posted invoice gets its PDF soon after the last restart.
    Wrongs lost_papers();
    std::int64_t acknowledged() const;

    TemporaryFolder m_folder {};
    LoadOptions m_options;
    load::ServerOptions m_server_options {};
    load::Application m_application {};
    std::mt19937_64 m_random;
    Shared m_shared {};
    std::vector<std::unique_ptr<Client>> m_clients {};
    std::optional<load::ServerProcess> m_server {};
    int m_rounds {};
    std::chrono::steady_clock::time_point m_begin { std::chrono::steady_clock::now() };
};

// 20, or 200 in ./test long (CASHLINE_LONG).
int rounds_of_kills(int lean, int in_long);
// Of CASHLINE_SEED, or a new one; printed, so that a run can be repeated.
std::uint64_t seed_of_run();

}
