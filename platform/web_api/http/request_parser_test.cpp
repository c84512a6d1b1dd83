#include "platform/web_api/http/request_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cashline::http {

namespace {

constexpr std::size_t body_max = 1'000;

Admission take_small_bodies(Request&) { return { .body_bytes_max = body_max }; }

struct Outcome {
    std::optional<Request> request {};
    int refusal {};
    std::string rest {};
};

// Feeds pieces of at most `stride` bytes, keeping what the parser has not used, as a connection
// does.
Outcome parse(std::string_view bytes, std::size_t stride, ParserLimits const& limits = {})
{
    RequestParser parser(limits, take_small_bodies);
    std::string pending;
    while (!parser.is_complete() && !parser.refusal() && !bytes.empty()) {
        auto const count = std::min(stride, bytes.size());
        pending += bytes.substr(0, count);
        bytes.remove_prefix(count);
        pending.erase(0, parser.put(pending));
    }
    Outcome outcome;
    if (parser.refusal()) {
        outcome.refusal = parser.refusal()->status;
    }
    if (parser.is_complete()) {
        outcome.request = parser.take_request();
    }
    outcome.rest = pending + std::string(bytes);
    return outcome;
}

int refusal_of(std::string_view bytes)
{
    auto const whole = parse(bytes, bytes.size());
    // The verdict must not depend on how the network cut the bytes.
    EXPECT_EQ(parse(bytes, 1).refusal, whole.refusal) << bytes;
    EXPECT_FALSE(whole.refusal == 0 && !whole.request) << "incomplete: " << bytes;
    return whole.refusal;
}

}

TEST(RequestParser, reads_the_same_request_however_it_is_split)
{
    std::string const first = "POST /api/data/v9.2/leads?$top=1 HTTP/1.1\r\nHost: a.example\r\n"
                              "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n"
                              "{\"subject\":\"x\"}";
    auto const bytes = first + "GET /next HTTP/1.1\r\n";
    for (std::size_t stride = 1; stride <= bytes.size(); ++stride) {
        auto const outcome = parse(bytes, stride);
        ASSERT_TRUE(outcome.request) << stride;
        EXPECT_EQ(outcome.request->method, "POST");
        EXPECT_EQ(outcome.request->path(), "/api/data/v9.2/leads");
        EXPECT_EQ(outcome.request->query(), "$top=1");
        EXPECT_EQ(outcome.request->host, "a.example");
        EXPECT_EQ(outcome.request->headers.value("content-type"), "application/json");
        EXPECT_EQ(outcome.request->body, "{\"subject\":\"x\"}");
        EXPECT_EQ(outcome.rest, "GET /next HTTP/1.1\r\n") << stride;
    }
}

TEST(RequestParser, joins_chunks_however_they_are_split_and_drops_trailers)
{
    std::string const bytes = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "5;note=1\r\nhello\r\n7\r\n, world\r\n0\r\nX-Late: yes\r\n"
                              "Content-Type: text/evil\r\n\r\nrest";
    for (std::size_t stride = 1; stride <= bytes.size(); ++stride) {
        auto const outcome = parse(bytes, stride);
        ASSERT_TRUE(outcome.request) << stride;
        EXPECT_EQ(outcome.request->body, "hello, world");
        EXPECT_FALSE(outcome.request->headers.contains("X-Late"));
        EXPECT_FALSE(outcome.request->headers.contains("Content-Type"));
        EXPECT_EQ(outcome.rest, "rest");
    }
}

TEST(RequestParser, refuses_every_doubt_about_where_a_body_ends)
{
    std::string const head = "POST / HTTP/1.1\r\nHost: a\r\n";
    std::vector<std::string> const framings {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Content-Length: 4\r\nContent-Length: 4\r\n",
        "Content-Length: 4, 4\r\n",
        "Content-Length: +4\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x4\r\n",
        "Content-Length: 99999999999999999999999\r\n",
        "Content-Length:\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length : 4\r\n",
        "Content Length: 4\r\n",
    };
    for (auto const& framing : framings) {
        EXPECT_EQ(refusal_of(head + framing + "\r\n0\r\n\r\n"), 400) << framing;
    }
    for (auto const* coding :
        { "gzip", "gzip, chunked", "chunked, gzip", "identity", "xchunked" }) {
        auto const framing = "Transfer-Encoding: " + std::string(coding) + "\r\n\r\n0\r\n\r\n";
        EXPECT_EQ(refusal_of(head + framing), 501) << coding;
    }
}

TEST(RequestParser, refuses_broken_chunks)
{
    std::string const head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (auto const* chunks : { "x\r\n", "-1\r\n", "5\r\nhelloXX0\r\n\r\n", "fffffffffffffffff\r\n",
             "0x5\r\nhello\r\n0\r\n\r\n", "5\nhello\n0\n\n\r\n" }) {
        auto const status = refusal_of(head + chunks);
        EXPECT_TRUE(status == 400 || status == 413) << chunks << " gave " << status;
    }
    EXPECT_EQ(parse(head + std::string(20'000, '0'), 4'096).refusal, 400);
}

TEST(RequestParser, refuses_malformed_heads)
{
    std::vector<std::string> const heads {
        "GET / HTTP/1.1\r\n\r\n", // no Host
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", // two of them
        "GET / HTTP/2.0\r\nHost: a\r\n\r\n", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", // bare line feeds
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01"
        "b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\x16\x03\x01\x02 / HTTP/1.1\r\n\r\n", // a TLS hello
    };
    for (auto const& head : heads) {
        EXPECT_EQ(refusal_of(head), 400) << head;
    }
}

TEST(RequestParser, limits_the_head_and_lets_the_web_api_have_longer_ones)
{
    auto const request_with = [](std::string_view path, std::size_t query_bytes) {
        return "GET " + std::string(path) + "?" + std::string(query_bytes, 'q')
            + " HTTP/1.1\r\nHost: a\r\n\r\n";
    };
    for (std::size_t const stride : { std::size_t { 1'000 }, std::size_t { 100'000 } }) {
        EXPECT_TRUE(parse(request_with("/shop", 15'000), stride).request);
        EXPECT_EQ(parse(request_with("/shop", 17'000), stride).refusal, 414);
        EXPECT_TRUE(parse(request_with("/api/data/v9.2/leads", 33'000), stride).request);
        EXPECT_EQ(parse(request_with("/api/data/v9.2/leads", 66'000), stride).refusal, 414);
        auto const header = "X-Long: " + std::string(17'000, 'x') + "\r\n\r\n";
        EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: a\r\n" + header, stride).refusal, 431);
        EXPECT_EQ(
            parse("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'x'), stride).refusal,
            431);
    }
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (auto count = 0; count < 100; ++count) {
        many += "A: b\r\n";
    }
    EXPECT_EQ(parse(many + "\r\n", 7).refusal, 431);
}

TEST(RequestParser, limits_bodies_before_and_while_they_arrive)
{
    std::string const announced = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n";
    EXPECT_EQ(parse(announced, 10).refusal, 413);
    std::string const chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    auto const half = "1f4\r\n" + std::string(500, 'x') + "\r\n";
    EXPECT_TRUE(parse(chunked + half + half + "0\r\n\r\n", 100).request);
    EXPECT_EQ(parse(chunked + half + half + "1\r\nx\r\n0\r\n\r\n", 100).refusal, 413);
}

TEST(RequestParser, understands_old_and_odd_but_legal_requests)
{
    EXPECT_TRUE(parse("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 1).request);
    EXPECT_TRUE(parse("GET / HTTP/1.0\r\n\r\n", 3).request);
    EXPECT_EQ(refusal_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
    auto const absolute = parse("GET http://b.example:81/x?y HTTP/1.1\r\nHost: a\r\n\r\n", 9);
    ASSERT_TRUE(absolute.request);
    EXPECT_EQ(absolute.request->host, "b.example:81");
    EXPECT_EQ(absolute.request->target, "/x?y");
    EXPECT_TRUE(parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 9).request);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n"), 417);
}

TEST(Request, decodes_paths_and_query_parameters)
{
    Request request { .target = "/a%20b/%C3%A4?name=Ann+Lee&x=%26&empty" };
    EXPECT_EQ(request.decoded_path(), "/a b/ä");
    EXPECT_EQ(request.query_value("name"), "Ann Lee");
    EXPECT_EQ(request.query_value("x"), "&");
    EXPECT_EQ(request.query_value("empty"), "");
    EXPECT_FALSE(request.query_value("other"));
    request.target = "/a%00b";
    EXPECT_FALSE(request.decoded_path());
    request.target = "/a%zz";
    EXPECT_FALSE(request.decoded_path());
}

}
