// A private PostgreSQL server for one test process, in a temporary folder and reachable through a
// socket in it. A small watcher owns the server: when this object or the whole process goes, in
// whatever way, the watcher stops the server and removes the folder. As root it runs as the user
// postgres.
#pragma once

#include "core/result.h"

#include <filesystem>
#include <memory>
#include <string>

namespace cashline {

class PostgresqlCluster {
public:
    enum class Fsync : std::uint8_t { off, on };

    // The newest server on this machine, or CASHLINE_POSTGRESQL_BIN; empty when there is none.
    static std::filesystem::path find_programs();
    // `settings` as on the server's command line: "-c name=value …".
    static Result<std::unique_ptr<PostgresqlCluster>> start(
        Fsync = Fsync::on, std::string_view settings = {});
    ~PostgresqlCluster();
    PostgresqlCluster(PostgresqlCluster const&) = delete;
    PostgresqlCluster& operator=(PostgresqlCluster const&) = delete;

    std::string url(std::string_view database) const;
    // Run one after the other on the database, outside of a transaction.
    Result<void> run(std::string const& sql, std::string_view database = "postgres");
    // A new database, a copy of `source`.
    Result<std::string> create_database(std::string_view source = "template1");
    void drop_database(std::string const& name);
    // Takes the server down as `pg_ctl stop -m immediate` does and starts it again on its data.
    Result<void> crash_and_restart();

private:
    PostgresqlCluster() = default;
    Result<void> launch(std::filesystem::path const& programs, Fsync, std::string_view settings);
    Result<void> wait_until_ready();

    std::filesystem::path m_folder {};
    int m_lifeline { -1 }; // the watcher reads from it; closing it ends the server
    int m_watcher { -1 };
    int m_databases {};
    int m_restarts {};
};

// The one of this process, without fsync, for tests that do not ask about durability. Null pointer
// where PostgreSQL is not installed.
PostgresqlCluster* shared_postgresql_cluster();

}
