// What the outside world gives a unit: the clock and randomness. Nothing else in the house reads a
// clock or a random source, so tests stop time and repeat ids. File access for the store lives in
// platform/files.
#pragma once

#include "core/id.h"
#include "core/time.h"

#include <atomic>
#include <mutex>
#include <span>

namespace cashline {

class Environment {
public:
    virtual ~Environment() = default;
    virtual Timestamp now() = 0;
    virtual void fill_random(std::span<std::uint8_t> bytes) = 0; // cryptographic in production
    Id new_id(); // UUIDv7 of now(), strictly increasing per environment, even when the clock steps
                 // back

private:
    std::mutex m_last_id_mutex {};
    Id m_last_id {};
};

Environment& system_environment();

// A clock that stands still until told, and repeatable randomness from a seed.
class ManualEnvironment : public Environment {
public:
    explicit ManualEnvironment(Timestamp start, std::uint64_t seed = 1);
    Timestamp now() override { return { m_now }; }
    void fill_random(std::span<std::uint8_t> bytes) override;
    void advance_seconds(std::int64_t count) { m_now += count * 1'000'000; }
    void set(Timestamp moment) { m_now = moment.microseconds; }

private:
    std::atomic<std::int64_t> m_now; // microseconds
    std::atomic<std::uint64_t> m_state;
};

}
