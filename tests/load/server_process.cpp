#include "tests/load/server_process.h"

#include "core/check.h"

#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace cashline::load {

namespace {

constexpr int start_patience_ms = 120'000;
constexpr std::string_view ready_line = "listening on http://";

struct Pipe {
    Pipe() { VERIFY(::pipe2(ends, O_CLOEXEC) == 0); }
    ~Pipe()
    {
        ::close(ends[0]);
        close_writing();
    }
    Pipe(Pipe const&) = delete;
    Pipe& operator=(Pipe const&) = delete;
    void close_writing()
    {
        if (ends[1] >= 0) {
            ::close(std::exchange(ends[1], -1));
        }
    }
    int ends[2] { -1, -1 };
};

// Nothing between fork and exec may allocate: other threads may hold the heap's lock.
int spawn(std::filesystem::path const& program, std::vector<std::string> const& words,
    std::array<int, 2> const& outputs)
{
    auto const path = program.string();
    std::vector<char*> arguments { const_cast<char*>(path.c_str()) };
    for (auto const& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    auto const child = ::fork();
    VERIFY(child >= 0);
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(outputs[0], STDOUT_FILENO);
        ::dup2(outputs[1], STDERR_FILENO);
        ::execv(path.c_str(), arguments.data());
        ::_exit(127);
    }
    return child;
}

std::string end_of(std::filesystem::path const& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    auto const whole = std::move(text).str();
    return whole.size() > 2'000 ? whole.substr(whole.size() - 2'000) : whole;
}

std::filesystem::path log_of(ServerOptions const& options)
{
    return options.log.empty() ? options.data.parent_path() / "server.log" : options.log;
}

// The port of the line that says so; 0 when the output ended or the patience did.
std::uint16_t wait_for_port(int output)
{
    std::string seen;
    for (;;) {
        pollfd waiting { .fd = output, .events = POLLIN, .revents = 0 };
        std::array<char, 512> bytes {};
        if (::poll(&waiting, 1, start_patience_ms) <= 0) {
            return 0;
        }
        auto const count = ::read(output, bytes.data(), bytes.size());
        if (count <= 0) {
            return 0;
        }
        seen.append(bytes.data(), static_cast<std::size_t>(count));
        auto const line = seen.find(ready_line);
        auto const end = seen.find('\n', line);
        if (line == std::string::npos || end == std::string::npos) {
            continue;
        }
        auto const colon = seen.rfind(':', end);
        std::uint16_t port = 0;
        std::from_chars(seen.data() + colon + 1, seen.data() + end, port);
        return port;
    }
}

int code_of_status(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}

std::filesystem::path built_program()
{
    if (auto const* const named = std::getenv("CASHLINE_PROGRAM"); named != nullptr) {
        return named;
    }
    std::error_code failed;
    auto folder = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
    for (; folder.has_relative_path(); folder = folder.parent_path()) {
        if (auto const file = folder / "cashline"; std::filesystem::is_regular_file(file, failed)) {
            return file;
        }
    }
    return {};
}

ServerProcess ServerProcess::launch(ServerOptions const& options, int output)
{
    auto const log = log_of(options);
    auto const errors = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    std::vector<std::string> words { "serve", "--data", options.data.string(), "--port", "0" };
    words.insert(words.end(), options.more.begin(), options.more.end());
    ServerProcess server;
    server.m_process = spawn(options.program, words, { output, errors });
    ::close(errors);
    return server;
}

Result<ServerProcess> ServerProcess::start(ServerOptions const& options)
{
    Pipe output;
    auto server = launch(options, output.ends[1]);
    output.close_writing();
    server.m_port = wait_for_port(output.ends[0]);
    if (server.m_port == 0) {
        server.kill_now();
        return internal("server_not_started",
            options.program.string() + " does not listen. Its log ends:\n"
                + end_of(log_of(options)));
    }
    return server;
}

void ServerProcess::start_and_kill(ServerOptions const& options, std::chrono::milliseconds after)
{
    Pipe const output;
    auto server = launch(options, output.ends[1]);
    ::usleep(static_cast<useconds_t>(after.count()) * 1'000);
    server.kill_now();
}

ServerProcess::~ServerProcess() { kill_now(); }

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : m_process(std::exchange(other.m_process, -1))
    , m_port(other.m_port)
{
}

ServerProcess& ServerProcess::operator=(ServerProcess&& other) noexcept
{
    if (this != &other) {
        kill_now();
        m_process = std::exchange(other.m_process, -1);
        m_port = other.m_port;
    }
    return *this;
}

int ServerProcess::wait_for_end()
{
    int status = 0;
    while (::waitpid(m_process, &status, 0) < 0 && errno == EINTR) { }
    m_process = -1;
    return code_of_status(status);
}

void ServerProcess::kill_now()
{
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        wait_for_end();
    }
}

int ServerProcess::stop()
{
    VERIFY(m_process > 0);
    ::kill(m_process, SIGTERM);
    return wait_for_end();
}

ProgramEnd run_program(std::filesystem::path const& program, std::vector<std::string> const& words)
{
    Pipe output;
    Pipe errors;
    auto const child = spawn(program, words, { output.ends[1], errors.ends[1] });
    output.close_writing();
    errors.close_writing();
    ProgramEnd end;
    std::array<pollfd, 2> waiting { { { output.ends[0], POLLIN, 0 },
        { errors.ends[0], POLLIN, 0 } } };
    while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
        ::poll(waiting.data(), waiting.size(), -1);
        for (auto& each : waiting) {
            std::array<char, 8'192> bytes {};
            if (each.fd < 0 || each.revents == 0) {
                continue;
            }
            auto const count = ::read(each.fd, bytes.data(), bytes.size());
            if (count <= 0) {
                each.fd = -1;
                continue;
            }
            auto& text = &each == waiting.data() ? end.output : end.errors;
            text.append(bytes.data(), static_cast<std::size_t>(count));
        }
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    end.exit_code = code_of_status(status);
    return end;
}

void run_and_kill(std::filesystem::path const& program, std::vector<std::string> const& words,
    std::chrono::milliseconds after)
{
    auto const nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    auto const child = spawn(program, words, { nowhere, nowhere });
    ::close(nowhere);
    ::usleep(static_cast<useconds_t>(after.count()) * 1'000);
    ::kill(child, SIGKILL);
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
}

}
