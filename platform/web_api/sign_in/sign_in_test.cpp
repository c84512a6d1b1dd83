#include "core/json.h"
#include "core/text.h"
#include "platform/web_api/sign_in/attempt_limits.h"
#include "platform/web_api/sign_in/token_request.h"
#include "platform/web_api/sign_in/tokens.h"

#include <gtest/gtest.h>

#include <string>

namespace cashline::sign_in {

namespace {

using namespace std::chrono_literals;

http::Request form_request(std::string body, std::string authorization = {})
{
    http::Request request { .method = "POST", .target = "/oauth2/token", .body = std::move(body) };
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    if (!authorization.empty()) {
        request.headers.add("Authorization", authorization);
    }
    return request;
}

std::string basic(std::string_view text) { return "Basic " + text::base64_encode(text); }

std::string error_of(http::Request const& request)
{
    auto const parsed = parse_token_request(request);
    return parsed ? "" : parsed.error().error;
}

constexpr auto grant = "grant_type=client_credentials";

}

TEST(Tokens, are_long_unrepeated_and_stored_only_as_a_hash)
{
    ManualEnvironment environment(Timestamp {});
    auto const first = new_token(environment);
    auto const second = new_token(environment);
    EXPECT_EQ(first.text.size(), 43U);
    EXPECT_NE(first.text, second.text);
    EXPECT_EQ(first.hash.size(), 32U);
    EXPECT_EQ(hash_token(first.text), first.hash);
    EXPECT_EQ(text::to_hex(hash_token("abc")),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-2, B.1
}

TEST(Tokens, a_csrf_token_belongs_to_one_session)
{
    auto const token = csrf_token("session a");
    EXPECT_EQ(token, csrf_token("session a"));
    EXPECT_TRUE(is_csrf_token(token, "session a"));
    EXPECT_FALSE(is_csrf_token(token, "session b"));
    EXPECT_FALSE(is_csrf_token("", "session a"));
    EXPECT_FALSE(is_csrf_token(csrf_token(""), "")); // no session, no write
    EXPECT_FALSE(is_csrf_token(hash_token("session a"), "session a"));
}

TEST(TokenRequest, takes_the_client_from_the_body_or_the_header)
{
    auto const in_body = parse_token_request(form_request(std::string(grant)
        + "&client_id=app&client_secret=a%2Bb&scope=https%3A%2F%2Fx%2F.default"));
    ASSERT_TRUE(in_body);
    EXPECT_EQ(in_body->client_id, "app");
    EXPECT_EQ(in_body->client_secret, "a+b");
    EXPECT_EQ(in_body->scope, "https://x/.default");

    auto const in_header = parse_token_request(
        form_request(std::string(grant) + "&resource=https://x/", basic("app:a%3Ab")));
    ASSERT_TRUE(in_header);
    EXPECT_EQ(in_header->client_id, "app");
    EXPECT_EQ(in_header->client_secret, "a:b");
    EXPECT_EQ(in_header->resource, "https://x/");
}

TEST(TokenRequest, refuses_with_the_errors_of_the_standard)
{
    auto const with = [](std::string_view rest) { return std::string(grant).append(rest); };
    EXPECT_EQ(error_of(form_request("client_id=a&client_secret=b")), "invalid_request");
    EXPECT_EQ(error_of(form_request("grant_type=password&client_id=a&client_secret=b")),
        "unsupported_grant_type");
    EXPECT_EQ(error_of(form_request(with("&client_id=a"))), "invalid_client");
    EXPECT_EQ(error_of(form_request(with("&client_id=a&client_secret="))), "invalid_client");
    EXPECT_EQ(error_of(form_request(with("&client_id=a&client_id=b&client_secret=c"))),
        "invalid_request");
    EXPECT_EQ(error_of(form_request(with("&client_id=%zz"))), "invalid_request");
    EXPECT_EQ(error_of(form_request(with(""), "Basic ???")), "invalid_client");
    EXPECT_EQ(error_of(form_request(with(""), "Basic")), "invalid_client");
    EXPECT_EQ(error_of(form_request(with(""), basic("nocolon"))), "invalid_client");
    EXPECT_EQ(error_of(form_request(with("&client_secret=b"), basic("a:b"))), "invalid_request");
    EXPECT_EQ(error_of(form_request(with("&client_id=other"), basic("a:b"))), "invalid_request");
    auto request = form_request(with("&client_id=a&client_secret=b"));
    EXPECT_EQ(error_of(request), "");
    request.method = "GET";
    EXPECT_EQ(error_of(request), "invalid_request");
    request = form_request("{}");
    request.headers.set("Content-Type", "application/json");
    EXPECT_EQ(error_of(request), "invalid_request");
}

TEST(TokenRequest, both_answers_have_the_form_of_the_standard)
{
    auto const good = token_response("secret", 3'599s, "https://x/.default");
    auto const body = json::parse(good.body);
    ASSERT_TRUE(body);
    EXPECT_EQ(body->text("access_token"), "secret");
    EXPECT_EQ(body->text("token_type"), "Bearer");
    EXPECT_EQ(body->integer("expires_in"), 3'599);
    EXPECT_EQ(good.headers.value("Cache-Control"), "no-store");

    auto const bad = refusal_response(unknown_client(form_request(grant, basic("a:b"))));
    EXPECT_EQ(bad.status, 401);
    EXPECT_EQ(bad.headers.value("WWW-Authenticate"), "Basic realm=\"cashline\"");
    EXPECT_EQ(json::parse(bad.body)->text("error"), "invalid_client");
    auto const plain = refusal_response(unknown_client(form_request(grant)));
    EXPECT_EQ(plain.status, 401);
    EXPECT_FALSE(plain.headers.contains("WWW-Authenticate"));
    EXPECT_EQ(refusal_response({ .error = "invalid_request" }).status, 400);
}

TEST(SlidingWindows, count_within_the_window_and_say_how_long_to_wait)
{
    ManualEnvironment environment(Timestamp { 1'000'000'000 });
    SlidingWindows windows(environment, { .events_max = 2, .window = 60s });
    EXPECT_EQ(windows.take("a"), std::nullopt);
    environment.advance_seconds(10);
    EXPECT_EQ(windows.take("a"), std::nullopt);
    EXPECT_EQ(windows.take("a"), 50s);
    EXPECT_EQ(windows.take("b"), std::nullopt);
    environment.advance_seconds(49);
    EXPECT_EQ(windows.wait_of("a"), 1s);
    environment.advance_seconds(1);
    EXPECT_EQ(windows.wait_of("a"), std::nullopt);
    EXPECT_EQ(windows.take("a"), std::nullopt);
    EXPECT_EQ(windows.take("a"), 10s); // the refused ones did not count
    windows.forget("a");
    EXPECT_EQ(windows.take("a"), std::nullopt);
}

TEST(SlidingWindows, forget_the_quietest_when_there_are_too_many)
{
    ManualEnvironment environment(Timestamp {});
    SlidingWindows windows(environment, { .events_max = 1, .window = 60s, .keys_max = 3 });
    for (auto const* key : { "a", "b", "c" }) {
        EXPECT_EQ(windows.take(key), std::nullopt);
    }
    EXPECT_TRUE(windows.take("a")); // refused, but noticed
    EXPECT_EQ(windows.take("d"), std::nullopt);
    EXPECT_EQ(windows.keys(), 3U);
    EXPECT_TRUE(windows.wait_of("a"));
    EXPECT_FALSE(windows.wait_of("b"));
}

TEST(LockOut, locks_an_account_in_any_spelling_and_lets_a_success_clear_it)
{
    ManualEnvironment environment(Timestamp {});
    LockOut lock_out(environment);
    for (auto count = 0; count < 5; ++count) {
        EXPECT_EQ(lock_out.wait_of("daisy", "10.0.0.1"), std::nullopt);
        lock_out.note_failure(count % 2 == 0 ? "Daisy" : "daisy", "10.0.0.1");
    }
    EXPECT_EQ(lock_out.wait_of("DAISY", "10.9.9.9"), 900s);
    EXPECT_EQ(lock_out.wait_of("lee", "10.0.0.1"), std::nullopt);
    environment.advance_seconds(900);
    EXPECT_EQ(lock_out.wait_of("daisy", "10.0.0.1"), std::nullopt);
    lock_out.note_failure("daisy", "10.0.0.1");
    lock_out.note_success("Daisy");
    for (auto count = 0; count < 4; ++count) {
        lock_out.note_failure("daisy", "10.0.0.1");
    }
    EXPECT_EQ(lock_out.wait_of("daisy", "10.0.0.1"), std::nullopt);
}

TEST(LockOut, locks_an_address_that_tries_many_accounts)
{
    ManualEnvironment environment(Timestamp {});
    LockOut lock_out(environment);
    for (auto count = 0; count < 50; ++count) {
        lock_out.note_failure("user " + std::to_string(count), "10.0.0.1");
    }
    EXPECT_EQ(lock_out.wait_of("anybody", "10.0.0.1"), 900s);
    EXPECT_EQ(lock_out.wait_of("anybody", "10.0.0.2"), std::nullopt);
}

}
