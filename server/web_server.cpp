#include "server/web_server.h"

#include "apps/parties/api.h"
#include "platform/logging/log.h"
#include "platform/web_api/events/event_stream.h"
#include "platform/web_api/http/server.h"
#include "platform/web_api/odata/service.h"
#include "platform/web_api/sign_in/endpoints.h"
#include "platform/web_api/workspace/pages.h"
#include "server/metrics.h"
#include "server/routes.h"

#include <thread>

namespace cashline::server {

namespace {

// The company that Finance's Web API means where a request names none.
Result<std::string> default_company(Platform& platform, Caller const& caller)
{
    return platform.read<std::string>(
        caller, [](Reader& reader) { return parties::default_company_code(reader); });
}

using namespace std::chrono_literals;

constexpr std::size_t batch_bytes_max = 64 * 1'024 * 1'024;
constexpr std::size_t row_bytes_max = 16 * 1'024 * 1'024;

// Workers mostly wait for SQLite's page cache; a few more than cores keep them busy.
std::size_t worker_count()
{
    return std::max<std::size_t>(4, std::size_t { 2 } * std::thread::hardware_concurrency());
}

void log_mistake(std::string const& line) { log::error(line); }

std::size_t body_limit(http::Request const& request)
{
    auto const is_batch = request.path().contains("$batch");
    return is_batch ? batch_bytes_max : row_bytes_max;
}

}

struct WebServer::Parts {
    Parts(Company& opened, WebServerOptions wanted);
    void add_routes();
    void add_pages();
    void answer_rest(http::Request request, http::Respond respond);

    Company& company;
    Platform& platform;
    WebServerOptions options;
    http::WorkerPool pool;
    sign_in::Passwords passwords;
    sign_in::Sessions sessions;
    sign_in::Endpoints endpoints;
    odata::Service service;
    events::EventStreams events;
    http::Router router;
    std::unique_ptr<workspace::Pages> pages {};
    std::unique_ptr<http::Server> server {};
};

WebServer::Parts::Parts(Company& opened, WebServerOptions wanted)
    : company(opened)
    , platform(opened.platform())
    , options(std::move(wanted))
    , pool({ .threads = worker_count(), .log = log_mistake })
    , passwords(platform.environment())
    , sessions(platform)
    , endpoints(platform, sessions, passwords)
    , service(platform, pool,
          { .acting_as =
                  [this](Caller const& caller, http::Headers const& headers) {
                      return sign_in::acting_as(platform, caller, headers);
                  },
              .log = log_mistake,
              .company_of =
                  [this](Caller const& caller) { return default_company(platform, caller); } })
    , events(platform)
    , router(pool, log_mistake)
{
    add_routes();
    add_pages();
}

void WebServer::Parts::add_routes()
{
    for (auto const* root : { "/api/data", "/data" }) {
        router.add({ .prefix = root,
            .handler = sign_in::signed_in(platform, sessions,
                [this](http::Request request, sign_in::Identity identity, http::Respond respond) {
                    service.handle(
                        std::move(request), std::move(identity.caller), std::move(respond));
                }),
            .body_limit = body_limit });
    }
    router.add({ .prefix = "/api/events",
        .handler = sign_in::signed_in(platform, sessions,
            [this](http::Request request, sign_in::Identity identity, http::Respond respond) {
                events.open(std::move(request), std::move(identity), std::move(respond));
            }) });
    endpoints.add_to(router);
    WebContext context { platform, pool, router, sessions, passwords };
    add_app_routes(context);
    router.add({ .prefix = "/", .handler = [this](http::Request request, http::Respond respond) {
                    answer_rest(std::move(request), std::move(respond));
                } });
}

void WebServer::Parts::add_pages()
{
    router.add({ .prefix = "/health", .handler = http::answer_with([this](http::Request const&) {
                    return health_answer(platform);
                }) });
    router.add({ .prefix = "/metrics", .handler = http::answer_with([this](http::Request const&) {
                    return metrics_answer(platform, pool, *server);
                }) });
}

// What no prefix takes: token endpoints of tenants, and the front door.
void WebServer::Parts::answer_rest(http::Request request, http::Respond respond)
{
    if (endpoints.is_token_path(request.path())) {
        return endpoints.token(std::move(request), std::move(respond));
    }
    if (request.path() == "/") {
        return respond(http::redirect_response("/shop/", 302));
    }
    respond(http::error_response(404, "0x8006088a",
        "Resource not found for the segment '" + std::string(request.path()) + "'."));
}

WebServer::WebServer(Company& company, WebServerOptions options)
    : m_parts(std::make_unique<Parts>(company, std::move(options)))
{
}

WebServer::~WebServer() { stop(); }

Result<void> WebServer::start()
{
    auto& parts = *m_parts;
    parts.pages = TRY(workspace::Pages::load(parts.platform.environment(), parts.options.web_path));
    parts.pages->add_to(parts.router);
    if (parts.pages->is_empty()) {
        log::warning("This program was built without the workspace: /app/ has no pages.");
    }
    http::ServerOptions options;
    options.host = parts.options.host;
    options.port = parts.options.port;
    options.threads = 2;
    options.trusts_forwarded = parts.options.trusts_forwarded;
    options.admit = [&parts](http::Request const& request) { return parts.router.admit(request); };
    options.new_request_id = [&parts] { return parts.platform.environment().new_id().to_string(); };
    options.log = log_mistake;
    parts.server = std::make_unique<http::Server>(
        std::move(options), [&parts](http::Request request, http::Respond respond) {
            parts.router.handle(std::move(request), std::move(respond));
        });
    return parts.server->start();
}

std::uint16_t WebServer::port() const { return m_parts->server->port(); }

void WebServer::stop()
{
    if (m_parts->server) {
        m_parts->server->stop(10s);
    }
    m_parts->pool.stop(10s);
}

}
