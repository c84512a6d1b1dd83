// The product as it is shipped, started as its own process on a data folder, with what the system
// says about its memory and processor time.
#pragma once

#include "core/json.h"

#include <cstdint>
#include <memory>
#include <sys/types.h>

namespace cashline::bench {

struct ServerSetup {
    std::string program {};
    std::string data {};
    std::string content {}; // "--demo" or "--empty" for a new folder
    std::string database {}; // postgresql://…, or empty
};

class ServerProcess {
public:
    static Result<std::unique_ptr<ServerProcess>> start(ServerSetup const& setup);
    ~ServerProcess();
    ServerProcess(ServerProcess const&) = delete;
    ServerProcess& operator=(ServerProcess const&) = delete;

    std::uint16_t port() const { return m_port; }
    // From the start of the process to the line that says it listens.
    double start_ms() const { return m_start_ms; }
    double resident_mb() const;
    double resident_peak_mb() const;
    double processor_seconds() const;
    std::int64_t metric(std::string_view name) const; // from /metrics; -1 when absent
    void stop();

private:
    ServerProcess() = default;
    double status_mb(std::string_view key) const;

    pid_t m_process { -1 };
    std::uint16_t m_port {};
    double m_start_ms {};
};

// Runs the program with these words and reads the JSON it prints.
Result<json::Value> run_command(std::string const& program, std::vector<std::string> words);

}
