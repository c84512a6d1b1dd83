// The product as it is shipped, started as its own process on a data folder, with what the system
// says about its memory and processor time.
#pragma once

#include "core/json.h"
#include "tests/load/server_process.h"

namespace cashline::bench {

struct ServerSetup {
    std::string program {};
    std::string data {};
    std::string content {}; // "--demo" or "--empty" for a new folder
    std::string database {}; // postgresql://…, or empty
};

class Server {
public:
    static Result<std::unique_ptr<Server>> start(ServerSetup const& setup);
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    std::uint16_t port() const { return m_process.port(); }
    double resident_mb() const { return status_mb("VmRSS:"); }
    double resident_peak_mb() const { return status_mb("VmHWM:"); }
    double processor_seconds() const;
    std::int64_t metric(std::string_view name) const; // from /metrics; -1 when absent

private:
    explicit Server(load::ServerProcess process) : m_process(std::move(process)) { }
    double status_mb(std::string_view key) const;

    load::ServerProcess m_process;
};

// Runs the program with these words and reads the JSON it prints.
Result<json::Value> run_command(std::string const& program, std::vector<std::string> const& words);

}
