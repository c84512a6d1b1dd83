#include "platform/web_api/odata/batch.h"

#include "core/text.h"
#include "platform/web_api/http/router.h"
#include "platform/web_api/odata/batch_parser.h"
#include "platform/web_api/odata/batch_response.h"
#include "platform/web_api/odata/error_writer.h"

#include <algorithm>

namespace cashline::odata {

namespace {

constexpr std::size_t url_bytes_max = 65'536;

struct Step {
    std::shared_ptr<Call const> call;
    Operation operation {};
    std::string content_id {};
    Written written {};
};
using Steps = std::vector<Step>;

// Runs one item after the other. It keeps itself alive through the callbacks it waits for; between
// items it lives in exactly one of them.
class BatchRun : public std::enable_shared_from_this<BatchRun> {
public:
    BatchRun(Service& service, BatchRequest batch, http::Respond respond)
        : m_service(service)
        , m_batch(std::move(batch))
        , m_respond(std::move(respond))
        , m_response(service.platform().environment())
        , m_continues(parse_preferences(m_batch.request.headers).continues_on_error)
    {
    }

    Result<void> read_items()
    {
        m_items =
            TRY(parse_batch(m_batch.request.headers.value("Content-Type"), m_batch.request.body));
        return {};
    }

    // On a worker.
    void advance()
    {
        while (m_next < m_items.size()) {
            auto const& item = m_items[m_next++];
            auto steps = prepare_item(item);
            if (!steps) {
                if (!fail(steps.error())) {
                    return;
                }
            } else if (steps->size() == 1 && (*steps)[0].operation.read) {
                if (!read((*steps)[0])) {
                    return;
                }
            } else {
                return write(std::move(*steps), item.is_change_set);
            }
        }
        m_respond(std::move(m_response).finish(200));
    }

private:
    // False when the batch ends here.
    bool fail(Error const& error)
    {
        if (!m_continues) {
            m_response.clear();
        }
        m_response.add(error_answer(error, m_batch.request.request_id));
        if (!m_continues) {
            m_respond(std::move(m_response).finish(400));
        }
        return m_continues;
    }

    bool read(Step const& step)
    {
        auto response = m_service.read(*step.call, step.operation);
        if (!response) {
            return fail(response.error());
        }
        m_response.add(*response);
        return true;
    }

    Result<Steps> prepare_item(BatchItem const& item)
    {
        Steps steps;
        ContentTables tables;
        for (auto const& part : item.parts) {
            auto step = TRY(prepare_part(part, tables));
            if (item.is_change_set && !step.operation.write) {
                return bad_payload("A change set takes writes only, not '" + part.method + "'.");
            }
            if (!steps.empty() && steps[0].call->caller.user != step.call->caller.user) {
                return bad_payload("The requests of one change set act as one user.");
            }
            if (step.operation.row_table && !part.content_id.empty()) {
                tables.emplace(part.content_id, *step.operation.row_table);
            }
            steps.push_back(std::move(step));
        }
        return steps;
    }

    Result<Step> prepare_part(BatchPart const& part, ContentTables const& tables)
    {
        if (part.url.size() > url_bytes_max) {
            return refuse(Fault::too_large, "InvalidQueryOption",
                "A URL inside a batch may have at most 65,536 bytes.");
        }
        auto const path = split_service_path(part.url);
        auto tail = path ? path->tail : std::string_view(part.url);
        while (tail.starts_with('/')) {
            tail.remove_prefix(1);
        }
        if (tail.starts_with("$batch")) {
            return bad_payload("A batch cannot hold another batch.");
        }
        http::Request request { .method = part.method,
            .target = part.url,
            .headers = part.headers,
            .body = part.body,
            .request_id = m_batch.request.request_id };
        Step step { .content_id = part.content_id };
        step.call = TRY(m_service.make_call(
            std::move(request), m_batch.base, std::string(tail), m_batch.caller));
        auto& platform = m_service.platform();
        step.operation = TRY(prepare({ platform, platform.schema(), step.call, tables }));
        return step;
    }

    void write(Steps steps, bool is_change_set)
    {
        if (steps.empty()) {
            m_response.add_change_set({});
            return resume([](BatchRun&) { return true; });
        }
        // Shared with the unit, which fills in what it wrote and may run more than once.
        auto const shared = std::make_shared<Steps>(std::move(steps));
        WriteOptions options;
        for (auto& step : *shared) {
            auto& own = step.operation.options;
            options.alone = options.alone || own.alone;
            std::ranges::move(own.lanes, std::back_inserter(options.lanes));
        }
        auto work = [shared](Unit& unit) -> Result<void> {
            Contents contents;
            for (auto& step : *shared) {
                step.written = TRY(step.operation.write(unit, contents));
                if (step.written.row && !step.content_id.empty()) {
                    contents.insert_or_assign(step.content_id, *step.written.row);
                }
            }
            return {};
        };
        auto done = [self = shared_from_this(), shared, is_change_set](Result<void> outcome) {
            self->resume([shared, is_change_set, outcome = std::move(outcome)](BatchRun& run) {
                return outcome ? run.add_written(*shared, is_change_set)
                               : run.fail(outcome.error());
            });
        };
        m_service.platform().write_async(
            (*shared)[0].call->caller, std::move(work), std::move(options), std::move(done));
    }

    bool add_written(Steps& steps, bool is_change_set)
    {
        std::vector<BatchResponse::Part> parts;
        for (auto& step : steps) {
            auto response = Result<http::Response>(std::move(step.written.response));
            if (step.written.read_back) {
                response = m_service.platform().read<http::Response>(
                    step.call->caller, step.written.read_back);
            }
            if (!response) {
                return fail(response.error());
            }
            parts.push_back({ std::move(*response), step.content_id });
        }
        if (is_change_set) {
            m_response.add_change_set(parts);
        } else {
            m_response.add(parts.front().response);
        }
        return true;
    }

    // Goes on with the batch on a worker, after what is left of the last item.
    void resume(std::function<bool(BatchRun&)> rest)
    {
        auto const self = shared_from_this();
        auto const is_taken = m_service.submit([self, rest = std::move(rest)] {
            if (rest(*self)) {
                self->advance();
            }
        });
        if (!is_taken) {
            m_respond(http::busy_response());
        }
    }

    Service& m_service;
    BatchRequest m_batch;
    http::Respond m_respond;
    BatchResponse m_response;
    bool m_continues {};
    std::vector<BatchItem> m_items {};
    std::size_t m_next {};
};

}

void run_batch(Service& service, BatchRequest batch, http::Respond respond)
{
    if (batch.request.method != "POST") {
        return respond(error_answer(
            method_not_allowed(batch.request.method).error(), batch.request.request_id));
    }
    auto const request_id = batch.request.request_id;
    auto const answer = std::make_shared<http::Respond>(std::move(respond));
    // A malformed batch is refused as a whole, as plain JSON.
    auto const run = std::make_shared<BatchRun>(service, std::move(batch),
        [answer](http::Response response) { (*answer)(std::move(response)); });
    if (auto const read = run->read_items(); !read) {
        return (*answer)(error_answer(read.error(), request_id));
    }
    run->advance();
}

}
