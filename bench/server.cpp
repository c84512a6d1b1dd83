#include "bench/server.h"

#include "core/text.h"
#include "tests/load/http_client.h"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace cashline::bench {

Result<std::unique_ptr<Server>> Server::start(ServerSetup const& setup)
{
    load::ServerOptions options {
        .program = setup.program, .data = setup.data, .log = setup.data + ".log"
    };
    if (!setup.content.empty()) {
        options.more.push_back(setup.content);
    }
    if (!setup.database.empty()) {
        options.more.insert(options.more.end(), { "--database", setup.database });
    }
    return std::unique_ptr<Server>(new Server(TRY(load::ServerProcess::start(options))));
}

// As an administrator stops it; killed, it would leave its log to be recovered.
Server::~Server() { m_process.stop(); }

double Server::status_mb(std::string_view key) const
{
    std::ifstream file(fmt::format("/proc/{}/status", m_process.process_id()));
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with(key)) {
            return std::strtod(line.c_str() + key.size(), nullptr) / 1'024;
        }
    }
    return 0;
}

double Server::processor_seconds() const
{
    std::ifstream file(fmt::format("/proc/{}/stat", m_process.process_id()));
    std::string text;
    std::getline(file, text);
    // The name may hold spaces and brackets; eleven fields after it are of no interest.
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

std::int64_t Server::metric(std::string_view name) const
{
    auto const answer = load::HttpClient(port()).get("/metrics");
    for (auto const line : text::split(answer.body, '\n')) {
        if (line.starts_with(name) && line.size() > name.size() && line[name.size()] == ' ') {
            return std::strtoll(std::string(line.substr(name.size())).c_str(), nullptr, 10);
        }
    }
    return -1;
}

Result<json::Value> run_command(std::string const& program, std::vector<std::string> const& words)
{
    auto const end = load::run_program(program, words);
    if (end.exit_code != 0) {
        return internal("bench_command_failed", words.front() + " failed: " + end.errors);
    }
    return json::parse(end.output);
}

}
