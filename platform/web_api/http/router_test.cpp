#include "platform/web_api/http/router.h"

#include "platform/web_api/http/compression.h"
#include "platform/web_api/http/server.h"
#include "platform/web_api/http/test_client.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

namespace cashline::http {

namespace {

using namespace std::chrono_literals;

Handler named(std::string name)
{
    return answer_with([name = std::move(name)](Request const& request) {
        return content_response(200, "text/plain", name + ":" + request.target);
    });
}

Response ask(Router const& router, Request request)
{
    std::promise<Response> answer;
    router.handle(
        std::move(request), [&](Response response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
}

std::string body_at(Router const& router, std::string target)
{
    return ask(router, { .method = "GET", .target = std::move(target) }).body;
}

}

TEST(Router, the_longest_prefix_wins_at_segment_borders)
{
    WorkerPool pool({ .threads = 1 });
    Router router(pool);
    router.add({ .prefix = "/shop", .handler = named("shop") });
    router.add({ .prefix = "/api", .handler = named("api") });
    router.add({ .prefix = "/api/data/v9.2/", .handler = named("data") });
    EXPECT_EQ(body_at(router, "/shop"), "shop:/shop");
    EXPECT_EQ(body_at(router, "/shop?x=/api"), "shop:/shop?x=/api");
    EXPECT_EQ(body_at(router, "/shop/boards"), "shop:/shop/boards");
    EXPECT_EQ(body_at(router, "/api/events"), "api:/api/events");
    EXPECT_EQ(body_at(router, "/API/Data/v9.2/leads"), "data:/API/Data/v9.2/leads");
    EXPECT_EQ(ask(router, { .target = "/shopping" }).status, 404);
    router.add({ .prefix = "/", .handler = named("rest") });
    EXPECT_EQ(body_at(router, "/shopping"), "rest:/shopping");
}

TEST(Router, each_route_has_its_body_limit)
{
    WorkerPool pool({ .threads = 1 });
    Router router(pool);
    router.add({ .prefix = "/json", .handler = named("json") });
    router.add({ .prefix = "/import",
        .handler = named("import"),
        .work = WorkClass::bulk,
        .body_bytes_max = upload_body_bytes_max });
    router.add(
        { .prefix = "/mixed", .handler = named("mixed"), .body_limit = [](Request const& request) {
             return request.method == "PATCH" ? std::size_t { 7 } : std::size_t { 3 };
         } });
    EXPECT_EQ(router.admit({ .target = "/json" }).body_bytes_max, json_body_bytes_max);
    EXPECT_EQ(router.admit({ .target = "/import/x" }).body_bytes_max, upload_body_bytes_max);
    EXPECT_EQ(router.admit({ .method = "PATCH", .target = "/mixed" }).body_bytes_max, 7U);
    EXPECT_EQ(router.admit({ .method = "GET", .target = "/mixed" }).body_bytes_max, 3U);
}

TEST(Router, tells_people_to_come_back_when_too_much_waits)
{
    WorkerPool pool({ .threads = 1, .interactive_queue_max = 1, .interactive_age_max = 1ms });
    Router router(pool);
    std::promise<void> release;
    auto const released = release.get_future().share();
    router.add({ .prefix = "/slow", .handler = answer_with([&](Request const&) {
                    released.wait();
                    return Response {};
                }) });
    router.add({ .prefix = "/health", .handler = named("health"), .work = std::nullopt });
    std::promise<int> running;
    std::promise<int> queued;
    router.handle(
        { .target = "/slow" }, [&](Response answer) { running.set_value(answer.status); });
    while (pool.queued(WorkClass::interactive) > 0) {
        std::this_thread::yield();
    }
    router.handle({ .target = "/slow" }, [&](Response answer) { queued.set_value(answer.status); });
    auto const refused = ask(router, { .target = "/slow" });
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.headers.value("Retry-After"), "2");
    while (!pool.is_overloaded()) {
        std::this_thread::yield();
    }
    EXPECT_EQ(router.admit({ .target = "/slow" }).refusal->status, 503);
    EXPECT_FALSE(router.admit({ .target = "/health" }).refusal);
    EXPECT_EQ(body_at(router, "/health"), "health:/health");
    release.set_value();
    EXPECT_EQ(running.get_future().get(), 200);
    EXPECT_EQ(queued.get_future().get(), 200);
}

TEST(Router, serves_through_the_server_with_compression_on_the_worker)
{
    std::promise<std::string> logged;
    WorkerPool pool({ .threads = 2 });
    Router router(pool, [&](std::string const& line) { logged.set_value(line); });
    router.add({ .prefix = "/list", .handler = answer_with([](Request const&) {
                    return content_response(
                        200, "application/json", std::string(50'000, ' ') + "{}");
                }) });
    router.add({ .prefix = "/throws",
        .handler = [](Request, Respond) { throw std::runtime_error("boom"); } });
    ServerOptions options;
    options.admit = [&](Request const& request) { return router.admit(request); };
    Server server(options, [&](Request request, Respond respond) {
        router.handle(std::move(request), std::move(respond));
    });
    ASSERT_TRUE(server.start());
    TestClient client(server.port());
    auto const small = client.get("/list", { { "Accept-Encoding", "gzip, zstd" } });
    EXPECT_EQ(small.headers.value("Content-Encoding"), "zstd");
    EXPECT_LT(small.body.size(), 200U);
    EXPECT_EQ(client.get("/list").body.size(), 50'002U);
    EXPECT_EQ(client.get("/throws").status, 500);
    EXPECT_TRUE(logged.get_future().get().ends_with(" ended with: boom"));
}

}
