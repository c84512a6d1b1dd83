// Passwords at rest: Argon2id in the usual text form, so that its cost can rise without a
// migration. Hashing takes tens of milliseconds and megabytes on purpose; only a few run at once,
// and who would wait too long is told so. Knows nothing about accounts.
#pragma once

#include "core/result.h"
#include "platform/environment/environment.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <semaphore>
#include <string>
#include <string_view>

namespace cashline::sign_in {

struct PasswordCost {
    std::size_t memory_bytes { 19 * 1'024 * 1'024 };
    std::uint64_t passes { 2 };
};

struct PasswordOptions {
    PasswordCost cost {};
    std::ptrdiff_t at_once { 2 }; // each holds memory_bytes
    std::chrono::milliseconds patience { 2'000 };
};

struct PasswordVerdict {
    bool is_right {};
    bool needs_rehash {}; // right, but stored with another cost than today's
};

class Passwords {
public:
    explicit Passwords(Environment& environment, PasswordOptions options = {});

    // "sign_in_busy" when too many others wait; "password_too_long".
    Result<std::string> hash(std::string_view password);
    Result<PasswordVerdict> verify(std::string_view password, std::string_view stored);
    // For an account that does not exist: takes as long as a wrong password, so that nobody can
    // tell.
    Result<void> verify_nobody(std::string_view password);

private:
    Result<void> enter();

    Environment& m_environment;
    PasswordOptions const m_options;
    std::counting_semaphore<> m_free;
};

// What a person may choose: "password_too_short", "password_too_long", "password_too_simple".
Result<void> check_new_password(std::string_view password, std::string_view user_name);

}
