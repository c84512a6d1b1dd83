#include "platform/web_api/http/event_channel.h"

#include "platform/web_api/http/server.h"
#include "platform/web_api/http/test_client.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <thread>

namespace cashline::http {

namespace {

using namespace std::chrono_literals;

struct Fixture {
    explicit Fixture(EventChannelOptions options = {})
        : channel(std::make_shared<EventChannel>(std::move(options)))
        , server(make_options(), [this](Request, Respond respond) {
            auto response = content_response(200, "text/event-stream", {});
            response.events = channel;
            respond(std::move(response));
        })
    {
        EXPECT_TRUE(server.start());
    }

    static ServerOptions make_options()
    {
        ServerOptions options;
        options.limits.tick = 5ms;
        options.limits.transfer_grace = 20ms;
        return options;
    }

    std::shared_ptr<EventChannel> channel; // shared with the connection
    Server server;
};

}

TEST(EventChannel, carries_events_from_another_thread_until_it_is_closed)
{
    Fixture fixture;
    TestClient client(fixture.server.port());
    client.send("GET /api/events HTTP/1.1\r\nHost: a\r\n\r\n");
    auto const head = client.receive_head();
    ASSERT_TRUE(head);
    EXPECT_EQ(head->headers.value("Content-Type"), "text/event-stream");
    EXPECT_EQ(head->headers.value("Transfer-Encoding"), "chunked");
    std::jthread const producer([&] {
        for (auto count = 0; count < 100; ++count) {
            EXPECT_TRUE(fixture.channel->push(format_event("change", std::to_string(count))));
        }
        fixture.channel->close();
    });
    std::string all;
    std::string expected;
    for (auto count = 0; count < 100; ++count) {
        expected += "event: change\ndata: " + std::to_string(count) + "\n\n";
    }
    for (auto chunk = client.receive_chunk(); chunk && !chunk->empty();
        chunk = client.receive_chunk()) {
        all += *chunk;
    }
    EXPECT_EQ(all, expected);
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_FALSE(fixture.channel->push("too late"));
}

TEST(EventChannel, beats_while_nothing_happens)
{
    Fixture fixture({ .heartbeat = 5ms });
    TestClient client(fixture.server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive_head());
    EXPECT_EQ(client.receive_chunk(), ": \n\n");
    EXPECT_EQ(client.receive_chunk(), ": \n\n");
}

TEST(EventChannel, closes_when_the_client_leaves)
{
    Fixture fixture;
    std::promise<void> closed;
    fixture.channel->when_closed([&] { closed.set_value(); });
    TestClient client(fixture.server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive_head());
    client.close();
    EXPECT_EQ(closed.get_future().wait_for(10s), std::future_status::ready);
}

TEST(EventChannel, closes_when_the_server_stops)
{
    Fixture fixture;
    TestClient client(fixture.server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive_head());
    fixture.server.stop(10s);
    EXPECT_EQ(client.receive_chunk(), "");
    EXPECT_TRUE(fixture.channel->is_closed());
}

TEST(EventChannel, cuts_a_client_that_stops_reading)
{
    Fixture fixture({ .queued_bytes_max = 100'000'000 });
    TestClient client(fixture.server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive_head());
    std::promise<void> closed;
    fixture.channel->when_closed([&] { closed.set_value(); });
    fixture.channel->push(std::string(30'000, 'x'));
    fixture.channel->push(std::string(20'000'000, 'x'));
    // At the slowest permitted rate this would take hours; the test only needs the stop to end it.
    fixture.server.stop(10ms);
    EXPECT_EQ(closed.get_future().wait_for(10s), std::future_status::ready);
}

TEST(EventChannel, replaces_a_full_queue_by_one_marker)
{
    auto wakes = 0;
    EventChannel channel({ .queued_bytes_max = 10, .overflow_marker = "resync" });
    channel.attach([&] { ++wakes; });
    EXPECT_TRUE(channel.push("12345"));
    EXPECT_TRUE(channel.push("67890"));
    EXPECT_TRUE(channel.push("!"));
    EXPECT_TRUE(channel.push("more"));
    EXPECT_EQ(wakes, 1);
    EXPECT_EQ(channel.take(), "resync");
    EXPECT_TRUE(channel.push("again"));
    EXPECT_EQ(channel.take(), "again");
    EXPECT_EQ(channel.take(), "");
    EXPECT_EQ(wakes, 2);
}

TEST(EventChannel, without_a_marker_a_full_queue_closes_it)
{
    auto closings = 0;
    EventChannel channel({ .queued_bytes_max = 10 });
    channel.when_closed([&] { ++closings; });
    EXPECT_TRUE(channel.push("1234567890"));
    EXPECT_FALSE(channel.push("!"));
    EXPECT_EQ(closings, 1);
    EXPECT_EQ(channel.take(), std::nullopt);
    channel.when_closed([&] { ++closings; });
    EXPECT_EQ(closings, 2);
}

TEST(EventChannel, formats_events_so_that_no_text_can_end_one)
{
    EXPECT_EQ(format_event("change", "a\nb\r\nc\rd", "7"),
        "id: 7\nevent: change\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
    EXPECT_EQ(format_event("", ""), "data: \n\n");
}

}
