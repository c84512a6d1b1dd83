#include "platform/environment/environment.h"

#include "core/check.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <sys/random.h>

namespace cashline {

namespace {

class SystemEnvironment : public Environment {
public:
    Timestamp now() override
    {
        auto const now = std::chrono::system_clock::now().time_since_epoch();
        return { std::chrono::duration_cast<std::chrono::microseconds>(now).count() };
    }

    void fill_random(std::span<std::uint8_t> bytes) override
    {
        while (!bytes.empty()) {
            auto const count = ::getrandom(bytes.data(), bytes.size(), 0);
            // Ids and tokens from a failing source would be guessable or collide.
            VERIFY(count > 0 || errno == EINTR);
            bytes = bytes.subspan(count > 0 ? static_cast<std::size_t>(count) : 0);
        }
    }
};

// The next id in order: one added to the random bits, carrying over version and variant.
Id successor(Id id)
{
    for (std::size_t byte = 16; byte-- > 0;) {
        auto const free_bits = byte == 8 ? 0x3f : byte == 6 ? 0x0f : 0xff;
        auto const fixed = static_cast<std::uint8_t>(id.bytes[byte] & ~free_bits);
        auto const next = static_cast<std::uint8_t>((id.bytes[byte] + 1) & free_bits);
        id.bytes[byte] = static_cast<std::uint8_t>(fixed | next);
        if (next != 0) {
            break;
        }
    }
    return id;
}

}

Id Environment::new_id()
{
    std::array<std::uint8_t, 10> random {};
    auto const lock = std::scoped_lock { m_last_id_mutex };
    fill_random(random);
    auto const fresh = make_uuid_v7(now().microseconds / 1'000, random);
    // Within one millisecond, or after a clock stepped back, the order must still hold.
    m_last_id = fresh > m_last_id ? fresh : successor(m_last_id);
    return m_last_id;
}

Environment& system_environment()
{
    static SystemEnvironment environment;
    return environment;
}

ManualEnvironment::ManualEnvironment(Timestamp start, std::uint64_t seed)
    : m_now(start.microseconds)
    , m_state(seed)
{
}

// SplitMix64: a counter with a good mixer, so that threads share it without a lock.
void ManualEnvironment::fill_random(std::span<std::uint8_t> bytes)
{
    constexpr std::uint64_t step = 0x9e3779b97f4a7c15;
    while (!bytes.empty()) {
        auto mixed = m_state.fetch_add(step) + step;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        mixed ^= mixed >> 31;
        auto const count = std::min(bytes.size(), sizeof mixed);
        std::memcpy(bytes.data(), &mixed, count);
        bytes = bytes.subspan(count);
    }
}

}
