// Guards against our own bugs, never against user input.
// VERIFY: data may be corrupt; logs and aborts in every build. CHECK: only this request is
// affected; throws CheckFailed, which the request runner turns into a rollback and a 500.
#pragma once

#include <exception>
#include <source_location>

namespace cashline {

class CheckFailed : public std::exception {
public:
    CheckFailed(char const* condition, std::source_location where);
    char const* what() const noexcept override { return m_text; }

private:
    char m_text[512];
};

[[noreturn]] void verification_failed(char const* condition, std::source_location where);
[[noreturn]] void check_failed(char const* condition, std::source_location where);

}

#define VERIFY(...)                                                                                \
    do {                                                                                           \
        if (!(__VA_ARGS__)) [[unlikely]] {                                                         \
            ::cashline::verification_failed(#__VA_ARGS__, std::source_location::current());        \
        }                                                                                          \
    } while (false)

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        if (!(__VA_ARGS__)) [[unlikely]] {                                                         \
            ::cashline::check_failed(#__VA_ARGS__, std::source_location::current());               \
        }                                                                                          \
    } while (false)
