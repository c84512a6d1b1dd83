#include "platform/web_api/http/server.h"

#include "core/json.h"
#include "platform/web_api/http/test_client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace cashline::http {

namespace {

using namespace std::chrono_literals;

ServerOptions quick_options()
{
    ServerOptions options;
    options.threads = 2;
    options.limits.tick = 5ms;
    options.limits.linger = 50ms;
    return options;
}

std::unique_ptr<Server> serve(Handler handler, ServerOptions options = quick_options())
{
    auto server = std::make_unique<Server>(std::move(options), std::move(handler));
    EXPECT_TRUE(server->start());
    return server;
}

void echo(Request request, Respond respond)
{
    auto response = content_response(
        200, "text/plain", request.method + " " + request.target + " " + request.body);
    response.headers.add("X-Scheme", request.scheme);
    response.headers.add("X-Host", request.host);
    response.headers.add("X-From", request.remote_address);
    respond(std::move(response));
}

std::string error_code_of(TestAnswer const& answer)
{
    EXPECT_EQ(answer.headers.value("Content-Type"), "application/json; odata.metadata=minimal");
    auto const body = json::parse(answer.body);
    auto const* const error = body ? body->find("error") : nullptr;
    return error ? std::string(error->text("code")) : "no error body: " + answer.body;
}

// A door between the test and handlers that must wait.
class Gate {
public:
    void open() { m_promise.set_value(); }
    void wait() const { m_future.wait(); }

private:
    std::promise<void> m_promise {};
    std::shared_future<void> m_future { m_promise.get_future().share() };
};

}

TEST(Server, answers_many_requests_on_one_connection)
{
    auto const server = serve(echo);
    TestClient client(server->port());
    for (auto count = 0; count < 20; ++count) {
        auto const body = "body " + std::to_string(count);
        auto const answer = client.call("POST", "/x", body);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "POST /x " + body);
        EXPECT_EQ(answer.headers.value("Content-Type"), "text/plain");
        EXPECT_EQ(answer.headers.value("Date").size(), 29U);
    }
    EXPECT_EQ(server->figures().connections_accepted, 1U);
    EXPECT_EQ(server->figures().requests, 20U);
}

TEST(Server, keeps_the_order_of_pipelined_requests_however_late_their_answers_come)
{
    std::mutex mutex;
    std::vector<std::jthread> threads;
    auto const server = serve([&](Request request, Respond respond) {
        std::scoped_lock const lock(mutex);
        threads.emplace_back(
            [request = std::move(request), respond = std::move(respond)]() mutable {
                echo(std::move(request), std::move(respond));
            });
    });
    TestClient client(server->port());
    std::string requests;
    for (auto count = 0; count < 50; ++count) {
        requests += "GET /" + std::to_string(count) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }
    client.send(requests);
    for (auto count = 0; count < 50; ++count) {
        auto const answer = client.receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, "GET /" + std::to_string(count) + " ");
    }
}

TEST(Server, serves_many_clients_at_once)
{
    auto const server = serve(echo);
    std::atomic<int> good {};
    {
        std::vector<std::jthread> clients;
        for (auto number = 0; number < 16; ++number) {
            clients.emplace_back([&] {
                TestClient client(server->port());
                for (auto count = 0; count < 50; ++count) {
                    good += client.call("PUT", "/", std::string(5'000, 'x')).body.size() == 5'006
                        ? 1
                        : 0;
                }
            });
        }
    }
    EXPECT_EQ(good, 800);
}

TEST(Server, sends_no_body_where_none_belongs)
{
    auto const server = serve([](Request request, Respond respond) {
        auto response = content_response(200, "text/plain", "hello");
        response.status = request.path() == "/204" ? 204 : request.path() == "/304" ? 304 : 200;
        respond(std::move(response));
    });
    TestClient client(server->port());
    auto const head = client.call("HEAD", "/");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.value("Content-Length"), "5");
    for (auto const* path : { "/204", "/304" }) {
        auto const answer = client.get(path);
        EXPECT_FALSE(answer.headers.contains("Content-Length"));
        EXPECT_TRUE(answer.body.empty());
    }
    EXPECT_EQ(client.get("/").body, "hello");
}

TEST(Server, closes_when_the_client_or_the_version_asks_for_it)
{
    auto const server = serve(echo);
    TestClient polite(server->port());
    auto const answer = polite.get("/", { { "Connection", "close" } });
    EXPECT_EQ(answer.headers.value("Connection"), "close");
    EXPECT_TRUE(polite.is_closed_by_server());

    TestClient old(server->port());
    old.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(old.receive()->status, 200);
    EXPECT_TRUE(old.is_closed_by_server());

    TestClient old_but_staying(server->port());
    old_but_staying.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(old_but_staying.receive()->headers.value("Connection"), "keep-alive");
    EXPECT_EQ(old_but_staying.get("/").status, 200);
}

TEST(Server, tells_a_client_that_waits_to_continue)
{
    auto const server = serve(echo);
    TestClient client(server->port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.receive_head()->status, 100);
    client.send("ok");
    EXPECT_EQ(client.receive()->body, "POST / ok");
}

TEST(Server, refuses_at_the_head_what_the_route_would_refuse)
{
    auto options = quick_options();
    options.admit = [](Request const& request) {
        Admission admission { .body_bytes_max = request.path() == "/upload" ? 100'000U : 10U };
        if (request.path() == "/busy") {
            admission.refusal = error_response(503, "server_busy", "Later.");
        }
        return admission;
    };
    auto const server = serve(echo, options);
    EXPECT_EQ(
        TestClient(server->port()).call("POST", "/upload", std::string(90'000, 'x')).status, 200);
    TestClient client(server->port());
    // The client still sends while the answer is already there: it must not be lost in a reset.
    auto const answer = client.call("POST", "/", std::string(90'000, 'x'));
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(error_code_of(answer), "request_too_large");
    EXPECT_EQ(answer.headers.value("REQ_ID").size(), 36U);
    EXPECT_EQ(answer.headers.value("Connection"), "close");
    EXPECT_EQ(error_code_of(TestClient(server->port()).get("/busy")), "server_busy");
    TestClient waiting(server->port());
    waiting.send(
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n");
    EXPECT_EQ(waiting.receive()->status, 413); // not 100
}

TEST(Server, refuses_malformed_requests_in_the_form_of_the_web_api)
{
    auto const server = serve(echo);
    TestClient client(server->port());
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
    auto const answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400);
    EXPECT_EQ(error_code_of(*answer), "malformed_request");
    client.finish_sending();
    EXPECT_TRUE(client.is_closed_by_server());
    auto const strange_host = TestClient(server->port()).get("/", { { "Host", "a/<b>" } });
    EXPECT_EQ(strange_host.status, 400);
    EXPECT_EQ(server->figures().refused, 2U);
}

TEST(Server, cuts_clients_that_drip)
{
    auto options = quick_options();
    options.limits.head_deadline = 20ms;
    options.limits.transfer_grace = 20ms;
    options.limits.transfer_bytes_per_second_min = 1'000'000;
    options.limits.idle = 20ms;
    auto const server = serve(echo, options);

    TestClient slow_head(server->port());
    slow_head.send("GET / HTTP/1.1\r\nHost: a\r\n");
    auto const head_answer = slow_head.receive();
    ASSERT_TRUE(head_answer);
    EXPECT_EQ(head_answer->status, 408);
    EXPECT_EQ(error_code_of(*head_answer), "request_timeout");

    TestClient slow_body(server->port());
    slow_body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_EQ(slow_body.receive()->status, 408);

    TestClient silent(server->port());
    EXPECT_TRUE(silent.is_closed_by_server());
    TestClient idle(server->port());
    EXPECT_EQ(idle.get("/").status, 200);
    EXPECT_TRUE(idle.is_closed_by_server());
}

TEST(Server, cuts_a_client_that_does_not_read)
{
    auto options = quick_options();
    options.limits.transfer_grace = 10ms;
    options.limits.transfer_bytes_per_second_min = 1'000'000'000;
    auto const server = serve(
        [](Request, Respond respond) {
            respond(content_response(200, "text/plain", std::string(30'000'000, 'x')));
        },
        options);
    TestClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    while (server->figures().connections_accepted == 0 || server->figures().connections_open > 0) {
        std::this_thread::yield();
    }
    EXPECT_FALSE(client.receive()); // the body ends early
}

TEST(Server, limits_connections_per_address)
{
    auto options = quick_options();
    options.limits.connections_per_address_max = 2;
    auto const server = serve(echo, options);
    TestClient first(server->port());
    TestClient second(server->port());
    EXPECT_EQ(first.get("/").status, 200);
    EXPECT_EQ(second.get("/").status, 200);
    auto const third = TestClient(server->port()).get("/");
    EXPECT_EQ(third.status, 503);
    EXPECT_EQ(error_code_of(third), "too_many_connections");
    EXPECT_EQ(third.headers.value("Retry-After"), "1");
    EXPECT_EQ(first.get("/").status, 200);
}

TEST(Server, believes_forwarded_headers_only_where_told)
{
    Headers const forwarded { { "Host", "inner:8080" }, { "X-Forwarded-Proto", "https" },
        { "X-Forwarded-Host", "crm.example" }, { "X-Forwarded-For", "6.6.6.6, 10.1.2.3" } };
    auto const careful = serve(echo);
    auto const plain = TestClient(careful->port()).get("/", forwarded);
    EXPECT_EQ(plain.headers.value("X-Scheme"), "http");
    EXPECT_EQ(plain.headers.value("X-Host"), "inner:8080");
    EXPECT_EQ(plain.headers.value("X-From"), "127.0.0.1");

    auto options = quick_options();
    options.trusts_forwarded = true;
    auto const behind_proxy = serve(echo, options);
    auto const answer = TestClient(behind_proxy->port()).get("/", forwarded);
    EXPECT_EQ(answer.headers.value("X-Scheme"), "https");
    EXPECT_EQ(answer.headers.value("X-Host"), "crm.example");
    EXPECT_EQ(answer.headers.value("X-From"),
        "10.1.2.3"); // what the proxy saw, not what the client claims
}

TEST(Server, answers_500_when_a_handler_throws_or_forgets)
{
    std::mutex mutex;
    std::vector<std::string> lines;
    auto options = quick_options();
    options.log = [&](std::string const& line) {
        std::scoped_lock const lock(mutex);
        lines.push_back(line);
    };
    auto const server = serve(
        [](Request request, Respond respond) {
            if (request.path() == "/throws") {
                throw std::runtime_error("boom");
            }
            if (request.path() == "/splits") {
                auto response = content_response(200, "text/plain", "x");
                response.headers.add("X-Name", "a\r\nSet-Cookie: stolen=1");
                respond(std::move(response));
            }
        },
        options);
    TestClient client(server->port());
    for (auto const* path : { "/throws", "/forgets", "/splits" }) {
        auto const answer = client.get(path);
        EXPECT_EQ(answer.status, 500) << path;
        EXPECT_EQ(error_code_of(answer), "internal_error");
        EXPECT_FALSE(answer.headers.contains("Set-Cookie"));
    }
    std::scoped_lock const lock(mutex);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], "A handler ended with: boom");
    EXPECT_EQ(
        lines[1], "A response was replaced by a 500: a header named 'X-Name' cannot be written");
}

TEST(Server, gives_up_on_a_handler_that_takes_too_long_and_ignores_its_late_answer)
{
    auto options = quick_options();
    options.limits.handler = 20ms;
    std::promise<Respond> owed;
    auto const server = serve(
        [&](Request request, Respond respond) {
            if (request.path() == "/slow") {
                return owed.set_value(std::move(respond));
            }
            echo(std::move(request), std::move(respond));
        },
        options);
    TestClient client(server->port());
    auto const answer = client.get("/slow");
    EXPECT_EQ(answer.status, 504);
    EXPECT_EQ(error_code_of(answer), "handler_timeout");
    owed.get_future().get()(content_response(200, "text/plain", "late"));
    EXPECT_EQ(client.get("/next").body, "GET /next ");
}

TEST(Server, takes_answers_after_the_client_left_and_after_the_server_stopped)
{
    std::promise<Respond> first;
    std::promise<Respond> second;
    std::atomic<int> calls {};
    auto server = serve([&](Request, Respond respond) {
        (calls++ == 0 ? first : second).set_value(std::move(respond));
    });
    {
        TestClient client(server->port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        auto respond = first.get_future().get();
        client.reset();
        respond(content_response(200, "text/plain", std::string(1'000'000, 'x')));
    }
    TestClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    auto late = second.get_future().get();
    server.reset();
    late(content_response(200, "text/plain", "nobody hears this"));
    EXPECT_FALSE(client.receive());
}

TEST(Server, an_answer_can_be_given_only_once)
{
    auto const server = serve([](Request, Respond respond) {
        respond(content_response(200, "text/plain", "first"));
        EXPECT_ANY_THROW(respond(content_response(200, "text/plain", "second")));
    });
    EXPECT_EQ(TestClient(server->port()).get("/").body, "first");
}

TEST(Server, stops_gracefully)
{
    Gate gate;
    std::promise<void> arrived;
    std::vector<std::jthread> threads;
    auto const server = serve([&](Request request, Respond respond) {
        if (request.path() != "/slow") {
            return echo(std::move(request), std::move(respond));
        }
        arrived.set_value();
        threads.emplace_back([&gate, respond = std::move(respond)]() mutable {
            gate.wait();
            respond(content_response(200, "text/plain", "done"));
        });
    });
    TestClient idle(server->port());
    EXPECT_EQ(idle.get("/").status, 200);
    TestClient busy(server->port());
    busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    arrived.get_future().wait();

    std::jthread stopper([&] { server->stop(10s); });
    EXPECT_TRUE(idle.is_closed_by_server()); // nothing was in flight there
    EXPECT_EQ(TestClient(server->port()).get("/").status, 0);
    gate.open();
    auto const answer = busy.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "done");
    EXPECT_EQ(answer->headers.value("Connection"), "close");
    stopper.join();
    EXPECT_EQ(server->figures().connections_open, 0U);
}

TEST(Server, cuts_what_outlives_the_grace)
{
    std::promise<Respond> owed;
    auto const server =
        serve([&](Request, Respond respond) { owed.set_value(std::move(respond)); });
    TestClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    auto respond = owed.get_future().get();
    server->stop(10ms);
    EXPECT_FALSE(client.receive());
    EXPECT_EQ(server->figures().connections_open, 0U);
}

TEST(Server, says_when_its_port_is_taken)
{
    auto const first = serve(echo);
    auto options = quick_options();
    options.port = first->port();
    Server second(options, echo);
    auto const result = second.start();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "address_unavailable");
}

}
