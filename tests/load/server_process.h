// The program as its users start it: a `cashline serve` of its own on a data folder, and commands
// run to their end. A server never outlives the process that started it.
#pragma once

#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cashline::load {

// CASHLINE_PROGRAM, or the program that was built beside this one; empty when there is none.
std::filesystem::path built_program();

struct ServerOptions {
    std::filesystem::path program { built_program() };
    std::filesystem::path data {};
    std::vector<std::string> more {}; // "--empty", "--database", …
    std::filesystem::path log {}; // what the server prints; empty: data/../server.log
};

class ServerProcess {
public:
    // Waits for "listening on"; "server_not_started" with the end of its log otherwise.
    static Result<ServerProcess> start(ServerOptions const& options);
    // kill -9 so long after it was started, whatever it was doing then.
    static void start_and_kill(ServerOptions const& options, std::chrono::milliseconds after);
    ~ServerProcess(); // kill -9 when it still runs
    ServerProcess(ServerProcess&& other) noexcept;
    ServerProcess& operator=(ServerProcess&& other) noexcept;

    std::uint16_t port() const { return m_port; }
    int process_id() const { return m_process; }
    void kill_now(); // kill -9, returns when it is gone
    int stop(); // SIGTERM; its exit code, or minus the signal that ended it

private:
    ServerProcess() = default;
    static ServerProcess launch(ServerOptions const& options, int output);
    int wait_for_end();

    int m_process { -1 };
    std::uint16_t m_port {};
};

struct ProgramEnd {
    int exit_code {};
    std::string output {}; // standard output
    std::string errors {}; // standard error
};

// Starts the program with these words and waits for its end.
ProgramEnd run_program(std::filesystem::path const& program, std::vector<std::string> const& words);
// kill -9 so long after it was started, unless it ended before.
void run_and_kill(std::filesystem::path const& program, std::vector<std::string> const& words,
    std::chrono::milliseconds after);

}
