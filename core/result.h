// What an operation answers when it can be refused: a value or an Error that says what to do.
// Everything users, callers, disks and networks can cause travels this way; nothing of ours throws.
// Bugs are caught by VERIFY (data at risk: abort) and CHECK (this request only: see check.h).
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace cashline {

// Faults map to HTTP in one table (platform/web_api/odata/error_writer.cpp).
enum class Fault : std::uint8_t {
    invalid, // 400: the request cannot be carried out as written
    unauthenticated, // 401
    denied, // 403
    missing, // 404
    not_allowed, // 405
    conflict, // 400 in the Web API unless the code says otherwise: wrong state
    precondition, // 412: stale ETag, key already in use
    too_large, // 413
    too_many, // 429
    unavailable, // 503: try again
    internal, // 500
    not_supported, // 501
};

// `code` is the Dataverse error name where one exists ("ObjectDoesNotExist"), else our own
// snake_case name. `text` is a sentence for a person that says what to do. `column` is the logical
// name it concerns, or empty.
struct Error {
    Fault fault { Fault::internal };
    std::string code {};
    std::string text {};
    std::string column {};
};

template<class T>
using Result = std::expected<T, Error>;

using Refusal = std::unexpected<Error>;

inline Refusal refuse(
    Fault fault, std::string_view code, std::string text, std::string_view column = {})
{
    return std::unexpected(
        Error { fault, std::string(code), std::move(text), std::string(column) });
}

inline Refusal invalid(std::string_view code, std::string text, std::string_view column = {})
{
    return refuse(Fault::invalid, code, std::move(text), column);
}

inline Refusal conflict(std::string_view code, std::string text, std::string_view column = {})
{
    return refuse(Fault::conflict, code, std::move(text), column);
}

inline Refusal denied(std::string_view code, std::string text)
{
    return refuse(Fault::denied, code, std::move(text));
}

inline Refusal missing(std::string_view code, std::string text)
{
    return refuse(Fault::missing, code, std::move(text));
}

inline Refusal internal(std::string_view code, std::string text)
{
    return refuse(Fault::internal, code, std::move(text));
}

}

// TRY(expression): the value of a Result, or return its error from this function. A statement
// expression of clang; works for values, move-only values and void, and inside another TRY.
// clang-format off
#define TRY(...)                                                                  \
    ({                                                                            \
        _Pragma("clang diagnostic push")                                          \
        _Pragma("clang diagnostic ignored \"-Wshadow\"")                          \
        auto try_result_ = (__VA_ARGS__);                                         \
        _Pragma("clang diagnostic pop")                                           \
        if (!try_result_) [[unlikely]] {                                          \
            return std::unexpected(std::move(try_result_).error());               \
        }                                                                         \
        *std::move(try_result_);                                                  \
    })
// clang-format on
