// Runs due jobs on a few threads. A job runs at least once: a process that dies with one leaves its
// lease behind, and the job is taken again when that has run out. Repeating jobs are put back after
// each run.
#pragma once

#include "core/result.h"
#include "platform/store/sql.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace cashline {

class Platform;

class JobRunner {
public:
    void start(Platform& platform);
    // Lets running jobs end.
    void stop();
    void wake();
    // Runs what is due now, on this thread; how many ran. Failed ones wait for their next try.
    Result<std::int64_t> run_due(Platform& platform);

private:
    void run(Platform& platform, std::stop_token const& stopped);
    Result<bool> run_one(Platform& platform);
    Result<void> schedule_repeating(Platform& platform);

    std::mutex m_mutex {};
    std::condition_variable_any m_woken {};
    std::uint64_t m_wakes {};
    std::vector<std::jthread> m_threads {};
    std::atomic<std::int64_t> m_cleaned_at {}; // microseconds
};

}
