#include "bench/server_process.h"

#include "bench/http_client.h"
#include "core/text.h"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace cashline::bench {

namespace {

using Clock = std::chrono::steady_clock;

struct Child {
    pid_t process { -1 };
    int output { -1 };
};

// What the child says besides its output is added to `log`, where there is one.
Child spawn(std::vector<std::string> const& words, std::string const& log)
{
    std::vector<char*> arguments;
    for (auto const& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    int ends[2] {};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return {};
    }
    auto const process = ::fork();
    if (process == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        if (!log.empty()) {
            ::dup2(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
        }
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    return { process, ends[0] };
}

// Until the first line that starts like this; everything when it is empty.
std::string read_output(int output, std::string_view line_start)
{
    std::string text;
    char letter {};
    std::string line;
    while (::read(output, &letter, 1) == 1) {
        text += letter;
        if (letter != '\n') {
            line += letter;
            continue;
        }
        if (!line_start.empty() && line.starts_with(line_start)) {
            return line;
        }
        line.clear();
    }
    return line_start.empty() ? text : std::string {};
}

}

Result<std::unique_ptr<ServerProcess>> ServerProcess::start(ServerSetup const& setup)
{
    std::vector<std::string> words { setup.program, "serve", "--data", setup.data, "--port", "0" };
    if (!setup.content.empty()) {
        words.push_back(setup.content);
    }
    if (!setup.database.empty()) {
        words.insert(words.end(), { "--database", setup.database });
    }
    auto const begin = Clock::now();
    auto const child = spawn(words, setup.data + ".log");
    std::unique_ptr<ServerProcess> server(new ServerProcess);
    server->m_process = child.process;
    auto const line = read_output(child.output, "listening on ");
    server->m_start_ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    auto const digits = std::string_view(line).substr(line.rfind(':') + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), server->m_port);
    // The pipe stays open: nothing is written to it after this line.
    if (server->m_port == 0) {
        return internal("bench_no_server", "The server did not start; see " + setup.data + ".log.");
    }
    return server;
}

ServerProcess::~ServerProcess() { stop(); }

void ServerProcess::stop()
{
    if (m_process > 0) {
        ::kill(m_process, SIGTERM);
        ::waitpid(std::exchange(m_process, -1), nullptr, 0);
    }
}

double ServerProcess::status_mb(std::string_view key) const
{
    std::ifstream file(fmt::format("/proc/{}/status", m_process));
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with(key)) {
            return std::strtod(line.c_str() + key.size(), nullptr) / 1'024;
        }
    }
    return 0;
}

double ServerProcess::resident_mb() const { return status_mb("VmRSS:"); }

double ServerProcess::resident_peak_mb() const { return status_mb("VmHWM:"); }

double ServerProcess::processor_seconds() const
{
    std::ifstream file(fmt::format("/proc/{}/stat", m_process));
    std::string text;
    std::getline(file, text);
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int count = 0; count < 11; ++count) {
        fields >> skipped;
    }
    double user {};
    double system {};
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::int64_t ServerProcess::metric(std::string_view name) const
{
    auto const answer = HttpClient(m_port).send({ .target = "/metrics" });
    if (!answer) {
        return -1;
    }
    for (auto const line : text::split(answer->body, '\n')) {
        if (line.starts_with(name) && line.size() > name.size() && line[name.size()] == ' ') {
            return static_cast<std::int64_t>(
                std::strtod(std::string(line.substr(name.size())).c_str(), nullptr));
        }
    }
    return -1;
}

Result<json::Value> run_command(std::string const& program, std::vector<std::string> words)
{
    words.insert(words.begin(), program);
    auto const child = spawn(words, "");
    auto const text = read_output(child.output, "");
    ::close(child.output);
    int status {};
    ::waitpid(child.process, &status, 0);
    if (status != 0) {
        return internal("bench_command_failed", fmt::format("{} failed: {}", words[1], text));
    }
    return json::parse(text);
}

}
