// The Web API under /api/data/v9.x/, and under /data/ for the clients of Finance: takes requests of
// identified callers and answers from whichever thread has the answer. No worker waits for a
// commit: writes answer from the store's thread, and what they read back runs on a worker again.
#pragma once

#include "platform/web_api/http/worker_pool.h"
#include "platform/web_api/odata/operations_manner.h"

#include <functional>
#include <memory>

namespace cashline::odata {

// Whom a request acts as: the caller himself, or another user that its headers name. Refused
// without the right to.
using ActingAs = std::function<Result<Caller>(Caller const&, http::Headers const&)>;

struct ServiceOptions {
    ActingAs acting_as {};
    std::function<void(std::string const&)> log {}; // our own mistakes, one line each
    CompanyOf company_of {}; // for /data/
};

class Service {
public:
    // Platform and pool outlive the service, the service outlives its requests.
    Service(Platform& platform, http::WorkerPool& pool, ServiceOptions options);

    void handle(http::Request request, Caller caller, http::Respond respond);

    // For the parts of a batch.
    Result<std::shared_ptr<Call const>> make_call(
        http::Request request, std::string base, std::string tail, Caller const& caller);
    Result<http::Response> read(Call const& call, Operation const& operation);
    http::Response refusal(Call const& call, Error const& error) const;
    Platform& platform() const { return m_platform; }
    // False when too much waits already.
    bool submit(http::WorkerPool::Task task);

private:
    void run(std::shared_ptr<Call const> call, Operation operation, http::Respond respond);
    void write(std::shared_ptr<Call const> call, Operation operation, http::Respond respond);

    Platform& m_platform;
    http::WorkerPool& m_pool;
    RowReadings m_row_readings {};
    ServiceOptions const m_options;
};

// The part of a request's path behind ".../api/data/v9.x/" or "/data/", and how long everything
// before it is; nothing when the path has no such root. Takes "https:/host/…" with one slash, too.
struct ServicePath {
    std::size_t base_length {};
    std::string_view tail {};
};
std::optional<ServicePath> split_service_path(std::string_view url);

}
