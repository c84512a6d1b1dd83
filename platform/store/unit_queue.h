// Units waiting for a store's threads, in order of arrival. Bounded: past the bound a unit is
// refused at once, so that callers feel the load instead of the memory. Internal to platform/store.
#pragma once

#include "platform/store/unit_run.h"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace cashline {

class UnitQueue {
public:
    static constexpr std::size_t units_max = 4'096;

    // Queues the unit or answers it with "store_busy" or "store_stopped".
    void push(QueuedUnit);
    // Waits for units and takes up to `count_max`; one that must be alone comes alone. Empty:
    // stopped and drained.
    std::vector<QueuedUnit> take(std::size_t count_max);
    // Units that were taken but not run go back to the front, in their order.
    void put_back(std::vector<QueuedUnit>);
    // What is queued is still handed out; nothing more is taken in.
    void stop();
    std::int64_t length() const;

private:
    std::mutex mutable m_mutex {};
    std::condition_variable m_arrived {};
    std::deque<QueuedUnit> m_units {};
    bool m_stopped {};
};

}
