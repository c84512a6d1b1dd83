#include "platform/store/postgresql_cluster_testing.h"

#include "core/check.h"

#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <libpq-fe.h>
#include <mutex>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace cashline {

namespace {

// $1 folder, $2 programs, $3 prefix that changes the user, $4 settings. Standard input is the
// lifeline: a line on it stops the server at once and starts it again, its end is the end. The
// session of its own keeps a Ctrl-C in the terminal away from the watcher.
constexpr char const* watcher_script = R"(
trap '' INT TERM HUP
cd "$1" || exit 1
$3 "$2/initdb" -D "$1/data" -U cashline -A trust -E UTF8 --locale=C -N >"$1/initdb.log" 2>&1 \
    || exit 1
begin() {
    $3 "$2/postgres" -D "$1/data" -k "$1" $4 </dev/null >>"$1/server.log" 2>&1 &
    server=$!
}
begin "$@"
while read -r restart; do
    kill -QUIT $server
    wait $server
    echo >>"$1/restarts"
    begin "$@"
done
kill -QUIT $server
wait $server
rm -rf "$1"
)";

constexpr char const* common_settings =
    "-c listen_addresses= -c max_connections=200 -c shared_buffers=32MB -c wal_level=minimal "
    "-c max_wal_senders=0 -c autovacuum_naptime=1h -c log_min_messages=fatal";
constexpr char const* forgetful_settings = " -c fsync=off -c full_page_writes=off";

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, Finish>;

std::string text_of(std::filesystem::path const& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

}

std::filesystem::path PostgresqlCluster::find_programs()
{
    if (auto const* const named = std::getenv("CASHLINE_POSTGRESQL_BIN"); named != nullptr) {
        return named;
    }
    std::filesystem::path newest;
    int newest_version = 0;
    std::error_code absent;
    for (auto const& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", absent)) {
        auto const version = std::atoi(entry.path().filename().c_str());
        if (version > newest_version && std::filesystem::exists(entry.path() / "bin/initdb")) {
            newest_version = version;
            newest = entry.path() / "bin";
        }
    }
    return newest;
}

Result<std::unique_ptr<PostgresqlCluster>> PostgresqlCluster::start(
    Fsync fsync, std::string_view settings)
{
    auto const programs = find_programs();
    if (programs.empty()) {
        return refuse(
            Fault::not_supported, "postgresql_absent", "No PostgreSQL server is installed.");
    }
    std::unique_ptr<PostgresqlCluster> cluster(new PostgresqlCluster);
    TRY(cluster->launch(programs, fsync, settings));
    TRY(cluster->wait_until_ready());
    return cluster;
}

Result<void> PostgresqlCluster::launch(
    std::filesystem::path const& programs, Fsync fsync, std::string_view more_settings)
{
    auto pattern = (std::filesystem::temp_directory_path() / "cashline-pg-XXXXXX").string();
    VERIFY(::mkdtemp(pattern.data()) != nullptr);
    m_folder = pattern;
    // The server's own user has to reach its folder, and we its socket.
    std::filesystem::permissions(m_folder, std::filesystem::perms(0777));
    bool const is_root = ::geteuid() == 0;
    std::string const prefix =
        is_root ? "setpriv --reuid=postgres --regid=postgres --init-groups --" : "";
    auto const settings = fmt::format(
        "{}{} {}", common_settings, fsync == Fsync::off ? forgetful_settings : "", more_settings);
    int lifeline[2] {};
    VERIFY(::pipe2(lifeline, O_CLOEXEC) == 0);
    auto const folder = m_folder.string();
    auto const binaries = programs.string();
    char const* const arguments[] = { "/bin/sh", "-c", watcher_script, "cashline-postgresql",
        folder.c_str(), binaries.c_str(), prefix.c_str(), settings.c_str(), nullptr };
    m_watcher = ::fork();
    VERIFY(m_watcher >= 0);
    if (m_watcher == 0) {
        ::setsid();
        ::dup2(lifeline[0], STDIN_FILENO);
        // A test runner waits for everybody who holds its output.
        auto const nowhere = ::open("/dev/null", O_WRONLY);
        ::dup2(nowhere, STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
        ::execv(arguments[0], const_cast<char* const*>(arguments));
        ::_exit(127);
    }
    ::close(lifeline[0]);
    m_lifeline = lifeline[1];
    return {};
}

Result<void> PostgresqlCluster::wait_until_ready()
{
    constexpr int tries_max = 3'000;
    for (int i = 0; i < tries_max; ++i) {
        if (PQping(url("postgres").c_str()) == PQPING_OK) {
            return {};
        }
        if (::waitpid(m_watcher, nullptr, WNOHANG) == m_watcher) {
            m_watcher = -1;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return internal("postgresql_not_started",
        fmt::format("PostgreSQL did not start:\n{}{}", text_of(m_folder / "initdb.log"),
            text_of(m_folder / "server.log")));
}

PostgresqlCluster::~PostgresqlCluster()
{
    ::close(m_lifeline);
    if (m_watcher > 0) {
        ::waitpid(m_watcher, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

std::string PostgresqlCluster::url(std::string_view database) const
{
    return fmt::format("host={} user=cashline dbname={}", m_folder.string(), database);
}

Result<void> PostgresqlCluster::run(std::string const& sql, std::string_view database)
{
    Connection const connection(PQconnectdb(url(database).c_str()));
    auto* const result = PQexec(connection.get(), sql.c_str());
    auto const status = PQresultStatus(result);
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return internal("postgresql_failed", PQerrorMessage(connection.get()));
    }
    return {};
}

Result<std::string> PostgresqlCluster::create_database(std::string_view source)
{
    auto const name = fmt::format("test{}", ++m_databases);
    TRY(run(fmt::format("CREATE DATABASE {} TEMPLATE {}", name, source)));
    return name;
}

void PostgresqlCluster::drop_database(std::string const& name)
{
    std::ignore = run(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name));
}

Result<void> PostgresqlCluster::crash_and_restart()
{
    VERIFY(::write(m_lifeline, "\n", 1) == 1);
    ++m_restarts;
    // Before this the old server might still answer.
    while (text_of(m_folder / "restarts").size() < static_cast<std::size_t>(m_restarts)) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return wait_until_ready();
}

PostgresqlCluster* shared_postgresql_cluster()
{
    static std::mutex guard;
    static std::unique_ptr<PostgresqlCluster> cluster;
    std::scoped_lock const lock(guard);
    if (cluster == nullptr && !PostgresqlCluster::find_programs().empty()) {
        auto started = PostgresqlCluster::start(PostgresqlCluster::Fsync::off);
        if (!started) {
            std::fprintf(stderr, "%s\n", started.error().text.c_str());
        }
        VERIFY(started);
        cluster = *std::move(started);
    }
    return cluster.get();
}

}
