#include "platform/web_api/sign_in/passwords.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

namespace cashline::sign_in {

namespace {

using namespace std::chrono_literals;

// The cheapest the library allows: these tests are about behaviour, not about cost.
constexpr PasswordOptions cheap { .cost = { .memory_bytes = 8 * 1'024, .passes = 1 } };

std::string code_of(auto const& result) { return result ? "" : result.error().code; }

}

TEST(Passwords, a_hash_recognises_only_its_password)
{
    ManualEnvironment environment(Timestamp {});
    Passwords passwords(environment, cheap);
    auto const stored = passwords.hash("correct horse");
    ASSERT_TRUE(stored);
    EXPECT_TRUE(stored->starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    EXPECT_TRUE(passwords.verify("correct horse", *stored)->is_right);
    for (auto const* wrong : { "correct hors", "correct horse ", "Correct horse", "" }) {
        EXPECT_FALSE(passwords.verify(wrong, *stored)->is_right) << wrong;
    }
    EXPECT_NE(*stored, *passwords.hash("correct horse")); // salted
}

TEST(Passwords, the_shipped_cost_is_19_megabytes_and_two_passes)
{
    ManualEnvironment environment(Timestamp {});
    Passwords passwords(environment);
    auto const stored = passwords.hash("correct horse");
    ASSERT_TRUE(stored);
    EXPECT_TRUE(stored->starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << *stored;
    auto const verdict = passwords.verify("correct horse", *stored);
    EXPECT_TRUE(verdict->is_right);
    EXPECT_FALSE(verdict->needs_rehash);
}

TEST(Passwords, an_older_cost_asks_for_a_new_hash_once_the_password_is_right)
{
    ManualEnvironment environment(Timestamp {});
    auto const stored = Passwords(environment, cheap).hash("correct horse");
    Passwords today(environment, { .cost = { .memory_bytes = 16 * 1'024, .passes = 1 } });
    EXPECT_TRUE(today.verify("correct horse", *stored)->needs_rehash);
    EXPECT_FALSE(today.verify("wrong", *stored)->needs_rehash);
}

TEST(Passwords, what_is_no_hash_matches_nothing)
{
    ManualEnvironment environment(Timestamp {});
    Passwords passwords(environment, cheap);
    for (auto const* stored : { "", "plain", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$AAAA" }) {
        EXPECT_FALSE(passwords.verify("plain", stored)->is_right) << stored;
    }
    EXPECT_TRUE(passwords.verify_nobody("x"));
    EXPECT_EQ(code_of(passwords.hash(std::string(1'025, 'x'))), "password_too_long");
    EXPECT_FALSE(passwords.verify(std::string(1'025, 'x'), *passwords.hash("x"))->is_right);
}

TEST(Passwords, too_many_at_once_are_told_to_come_back)
{
    ManualEnvironment environment(Timestamp {});
    auto options = cheap;
    options.at_once = 1;
    options.patience = 0ms;
    options.cost = { .memory_bytes = 64 * 1'024 * 1'024, .passes = 3 };
    Passwords passwords(environment, options);
    std::array<std::string, 2> codes {};
    {
        std::vector<std::jthread> people;
        for (auto& code : codes) {
            people.emplace_back([&] { code = code_of(passwords.hash("x")); });
        }
    }
    EXPECT_EQ(codes[0] + codes[1], "sign_in_busy");
    EXPECT_TRUE(passwords.hash("x")); // and free again
}

TEST(Passwords, new_ones_must_not_be_easily_guessed)
{
    EXPECT_TRUE(check_new_password("surf boards are fun", "daisy"));
    EXPECT_TRUE(check_new_password("ëüñçødé-ßæ", "daisy"));
    EXPECT_EQ(code_of(check_new_password("short", "")), "password_too_short");
    EXPECT_EQ(code_of(check_new_password("ëüñçødé", "")), "password_too_short"); // 7, not 14
    EXPECT_EQ(code_of(check_new_password("abcabcabcabc", "")), "password_too_simple");
    EXPECT_EQ(code_of(check_new_password("1234567890", "")), "password_too_simple");
    EXPECT_EQ(code_of(check_new_password("Daisy.Jones@x.example", "daisy.jones@x.example")),
        "password_too_simple");
    EXPECT_EQ(code_of(check_new_password(std::string(2'000, 'x'), "")), "password_too_long");
}

}
