// serve: opens a company and answers on the web until it is told to stop.
#include "platform/logging/log.h"
#include "server/commands/all.h"
#include "server/company.h"
#include "server/control_socket.h"
#include "server/demo_sign_in.h"
#include "server/public_address.h"
#include "server/run_on_company.h"
#include "server/web_server.h"

#include <charconv>
#include <csignal>
#include <cstdio>

namespace cashline::server {

namespace {

constexpr std::uint16_t default_port = 8080;

Result<std::uint16_t> port_of(std::string const& text)
{
    std::uint16_t port = 0;
    auto const* end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, port);
    if (text.empty() || read.ec != std::errc {} || read.ptr != end) {
        return invalid("port_invalid", "--port takes a number from 0 to 65535.");
    }
    return port;
}

Result<CompanyOptions> company_options(Arguments const& arguments)
{
    if (arguments.flag("demo") && arguments.flag("empty")) {
        return invalid("options_conflict", "Choose --demo or --empty, not both.");
    }
    return CompanyOptions { .data_path = arguments.text("data"),
        .database = arguments.text("database"),
        .content = arguments.flag("demo") ? Content::demo
            : arguments.flag("empty")     ? Content::empty
                                          : Content::as_it_is,
        .may_create = true };
}

// Signals are waited for, not handled: every thread that starts later inherits the block.
sigset_t block_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

Result<void> serve(Arguments const& arguments, sigset_t const& signals)
{
    auto const options = TRY(company_options(arguments));
    auto const port = TRY(port_of(arguments.text("port")));
    auto const company = TRY(Company::open(options));
    auto& platform = company->platform();
    auto const control = TRY(ControlSocket::listen(company->data_path(),
        [&](std::string const& name, Arguments const& given,
            std::function<void(std::string_view)> progress) {
            return run_here({ platform, company->data_path(), std::move(progress) }, name, given);
        }));
    WebServer web(*company,
        { .host = arguments.text("host"),
            .port = port,
            .web_path = arguments.text("web"),
            .trusts_forwarded = arguments.flag("trust-forwarded") });
    TRY(web.start());
    TRY(ensure_public_address(
        platform, "http://" + arguments.text("host") + ":" + std::to_string(web.port())));
    platform.start_background();
    std::printf("listening on http://%s:%u\n", arguments.text("host").c_str(), web.port());
    if (auto const demo = TRY(demo_sign_in_text(platform)); !demo.empty()) {
        std::printf("%s\n", demo.c_str());
    }
    std::fflush(stdout);
    auto received = 0;
    sigwait(&signals, &received);
    log::info("Stopping: what runs may finish.");
    web.stop();
    platform.stop_background();
    return {};
}

int run(Arguments const& arguments)
{
    auto const signals = block_signals();
    auto const outcome = serve(arguments, signals);
    if (!outcome) {
        std::fprintf(
            stderr, "%s (%s)\n", outcome.error().text.c_str(), outcome.error().code.c_str());
        return 1;
    }
    return 0;
}

}

Command serve_command()
{
    auto data = data_option();
    return { .name = "serve",
        .summary = "Opens a company and serves it until SIGTERM",
        .options = { data,
            { .name = "host", .help = "Address to listen on", .preset = "127.0.0.1" },
            { .name = "port",
                .help = "Port to listen on; 0 takes any free one",
                .preset = std::to_string(default_port) },
            { .name = "demo", .help = "Fill a new folder with the demo company", .is_flag = true },
            { .name = "empty", .help = "Leave a new folder empty", .is_flag = true },
            { .name = "database", .help = "postgresql://… instead of the embedded database" },
            { .name = "web", .help = "Serve the workspace's files from this folder" },
            { .name = "trust-forwarded",
                .help = "Believe X-Forwarded-* (only behind a proxy that sets them)",
                .is_flag = true } },
        .run = run };
}

}
