#include "platform/web_api/odata/service.h"

#include "core/text.h"
#include "platform/web_api/odata/batch.h"
#include "platform/web_api/odata/error_writer.h"

#include <cctype>

namespace cashline::odata {

namespace {

constexpr std::string_view finance_root = "/data";
constexpr std::size_t url_bytes_max = 32'768;

Refusal unknown_root(std::string_view target)
{
    return missing("ResourceNotFound",
        "Resource not found for the segment '" + std::string(target)
            + "'. The Web API is at /api/data/v9.2/, that of Finance at /data/.");
}

Refusal url_too_long(std::size_t limit)
{
    return refuse(Fault::too_large, "InvalidQueryOption",
        "The URL is longer than " + std::to_string(limit)
            + " bytes. Send long queries inside a $batch.");
}

// "/data" and where it ends, at the beginning of the path.
std::optional<ServicePath> split_finance_path(std::string_view url)
{
    auto const scheme = url.find("://");
    auto const path = scheme == std::string_view::npos ? 0 : url.find('/', scheme + 3);
    if (path == std::string_view::npos || !url.substr(path).starts_with(finance_root)) {
        return std::nullopt;
    }
    auto const end = path + finance_root.size();
    auto tail = url.substr(end);
    if (!tail.empty() && tail.front() != '/' && tail.front() != '?') {
        return std::nullopt;
    }
    while (tail.starts_with('/')) {
        tail.remove_prefix(1);
    }
    return ServicePath { .base_length = end, .tail = tail };
}

}

std::optional<ServicePath> split_service_path(std::string_view url)
{
    if (auto const finance = split_finance_path(url)) {
        return finance;
    }
    constexpr std::string_view root = "/api/data/v9.";
    auto const lower = text::to_lower_ascii(url.substr(0, url.find('?')));
    auto const at = lower.find(root);
    if (at == std::string::npos) {
        return std::nullopt;
    }
    auto end = at + root.size();
    while (end < lower.size() && std::isdigit(static_cast<unsigned char>(lower[end])) != 0) {
        ++end;
    }
    if (end == at + root.size() || (end < lower.size() && lower[end] != '/')) {
        return std::nullopt;
    }
    auto tail = url.substr(end);
    while (tail.starts_with('/')) {
        tail.remove_prefix(1);
    }
    return ServicePath { .base_length = end, .tail = tail };
}

Service::Service(Platform& platform, http::WorkerPool& pool, ServiceOptions options)
    : m_platform(platform)
    , m_pool(pool)
    , m_options(std::move(options))
{
}

bool Service::submit(http::WorkerPool::Task task) { return m_pool.submit(std::move(task)); }

http::Response Service::refusal(Call const& call, Error const& error) const
{
    if (error.fault == Fault::internal && m_options.log) {
        m_options.log("Request " + call.request.request_id + ": " + error.code + ": " + error.text);
    }
    return error_answer(error, call.request.request_id);
}

Result<std::shared_ptr<Call const>> Service::make_call(
    http::Request request, std::string base, std::string tail, Caller const& caller)
{
    auto call = std::make_shared<Call>();
    call->caller = m_options.acting_as ? TRY(m_options.acting_as(caller, request.headers)) : caller;
    call->caller.detects_duplicates = text::equals_ignoring_ascii_case(
        request.headers.value("MSCRM.SuppressDuplicateDetection"), "false");
    call->preferences = parse_preferences(request.headers);
    call->schema = m_platform.schema();
    call->row_readings = &m_row_readings;
    call->base = std::move(base);
    auto const question = tail.find('?');
    call->path = tail.substr(0, question);
    call->query = question == std::string::npos ? std::string {} : tail.substr(question + 1);
    call->request = std::move(request);
    if (call->base.ends_with(finance_root)) {
        call->manner = Manner::operations;
        TRY(translate_operations_call(*m_platform.schema(), m_options.company_of, *call));
    }
    return call;
}

void Service::handle(http::Request request, Caller caller, http::Respond respond)
{
    auto const path = split_service_path(request.target);
    auto const refused = [&](Error const& error) {
        respond(error_answer(error, request.request_id));
    };
    if (!path) {
        return refused(unknown_root(request.path()).error());
    }
    if (request.target.size() > url_bytes_max) {
        return refused(url_too_long(url_bytes_max).error());
    }
    auto base = request.origin() + request.target.substr(0, path->base_length);
    auto tail = std::string(path->tail);
    auto const request_id = request.request_id;
    if (tail == "$batch" || tail.starts_with("$batch?")) {
        return run_batch(
            *this, { std::move(request), std::move(base), std::move(caller) }, std::move(respond));
    }
    auto call = make_call(std::move(request), std::move(base), std::move(tail), caller);
    if (!call) {
        return respond(error_answer(call.error(), request_id));
    }
    auto operation = prepare({ m_platform, (*call)->schema, *call });
    if (!operation) {
        return respond(refusal(**call, operation.error()));
    }
    run(std::move(*call), std::move(*operation), std::move(respond));
}

Result<http::Response> Service::read(Call const& call, Operation const& operation)
{
    return m_platform.read<http::Response>(call.caller, operation.read);
}

void Service::run(std::shared_ptr<Call const> call, Operation operation, http::Respond respond)
{
    if (operation.write) {
        return write(std::move(call), std::move(operation), std::move(respond));
    }
    auto response = read(*call, operation);
    respond(response ? std::move(*response) : refusal(*call, response.error()));
}

void Service::write(std::shared_ptr<Call const> call, Operation operation, http::Respond respond)
{
    // Filled by the unit, read after its commit; the unit may run more than once.
    auto const written = std::make_shared<Written>();
    auto work = [written, run = std::move(operation.write)](Unit& unit) -> Result<void> {
        *written = TRY(run(unit, {}));
        return {};
    };
    auto done = [this, call, written, respond = std::move(respond)](Result<void> outcome) mutable {
        if (!outcome) {
            return respond(refusal(*call, outcome.error()));
        }
        if (!written->read_back) {
            return respond(std::move(written->response));
        }
        // Shared with the task only so that a full queue can still be answered.
        auto const answer = std::make_shared<http::Respond>(std::move(respond));
        auto const is_taken = submit([this, call, written, answer] {
            auto response = m_platform.read<http::Response>(call->caller, written->read_back);
            (*answer)(response ? std::move(*response) : refusal(*call, response.error()));
        });
        if (!is_taken) {
            // The write stands; only its representation cannot be had now.
            (*answer)(no_content());
        }
    };
    m_platform.write_async(
        call->caller, std::move(work), std::move(operation.options), std::move(done));
}

}
