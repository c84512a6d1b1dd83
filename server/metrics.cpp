#include "server/metrics.h"

#include "platform/jobs/job_queue.h"
#include "platform/web_api/http/router.h"

#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

namespace cashline::server {

namespace {

class Figures {
public:
    void gauge(std::string_view name, std::string_view help, std::int64_t value)
    {
        add(name, help, "gauge", value);
    }
    void counter(std::string_view name, std::string_view help, std::int64_t value)
    {
        add(name, help, "counter", value);
    }
    std::string take() { return std::move(m_text); }

private:
    void add(
        std::string_view name, std::string_view help, std::string_view kind, std::int64_t value)
    {
        m_text +=
            fmt::format("# HELP cashline_{0} {1}\n# TYPE cashline_{0} {2}\ncashline_{0} {3}\n",
                name, help, kind, value);
    }

    std::string m_text {};
};

std::int64_t resident_bytes()
{
    std::ifstream file("/proc/self/statm");
    std::int64_t total = 0;
    std::int64_t resident = 0;
    file >> total >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

void add_store(Figures& figures, StoreStatistics const& store)
{
    figures.counter("units_committed", "Units of work that were committed.", store.units_committed);
    figures.counter(
        "batches_committed", "Commits, each of one or more units.", store.batches_committed);
    figures.counter("units_refused", "Units of work that were refused.", store.units_refused);
    figures.gauge("units_waiting", "Units of work that wait for the writer.", store.queue_length);
}

}

http::Response health_answer(Platform& platform)
{
    auto const alive = platform.read(system_caller(Door::command),
        std::function<Result<void>(Reader&)>([](Reader& reader) -> Result<void> {
            TRY(reader.retrieve(reader.schema().find("organization")->id, organization_id()));
            return {};
        }));
    if (!alive) {
        auto response = http::error_response(503, "unhealthy", "The database does not answer.");
        response.headers.add("Retry-After", "5");
        return response;
    }
    auto response = http::content_response(200, "application/json", R"({"status":"ok"})");
    response.headers.add("Cache-Control", "no-store");
    return response;
}

http::Response metrics_answer(
    Platform& platform, http::WorkerPool const& pool, http::Server const& server)
{
    Figures figures;
    auto const http = server.figures();
    figures.counter("http_requests", "Requests taken.", static_cast<std::int64_t>(http.requests));
    figures.counter("http_refused", "Requests refused before they reached a handler.",
        static_cast<std::int64_t>(http.refused));
    figures.gauge("http_connections", "Connections open now.",
        static_cast<std::int64_t>(http.connections_open));
    figures.gauge("requests_waiting", "Requests that wait for a worker.",
        static_cast<std::int64_t>(pool.queued(http::WorkClass::interactive)));
    add_store(figures, platform.store().statistics());
    auto const snapshot = platform.store().read();
    auto const jobs = snapshot ? jobs::count_waiting((*snapshot)->sql()) : Result<std::int64_t>(0);
    figures.gauge("jobs_waiting", "Jobs that wait for their turn.", jobs.value_or(0));
    figures.gauge("resident_bytes", "Memory of the process.", resident_bytes());
    return http::content_response(200, "text/plain; version=0.0.4", figures.take());
}

}
