// The threads that do the real work of requests, behind bounded queues: when too much waits,
// callers are told at once instead of later. Interactive work goes first; bulk and background keep
// a share of their own and cannot take all threads. Tasks must not wait for a database commit: the
// store answers by itself.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace cashline::http {

enum class WorkClass : std::uint8_t { interactive, bulk, background };

struct WorkerPoolOptions {
    std::size_t threads { 4 };
    std::size_t interactive_queue_max { 1'024 };
    std::size_t bulk_queue_max { 64 };
    std::size_t background_queue_max { 256 };
    // A queue whose front is older than this tells people to try again rather than letting them
    // wait.
    std::chrono::milliseconds interactive_age_max { 250 };
    std::function<void(std::string const&)> log {}; // what a task threw
};

class WorkerPool {
public:
    using Task = std::move_only_function<void()>;

    explicit WorkerPool(WorkerPoolOptions options);
    ~WorkerPool();

    // False when the queue of that class is full or the pool stops; the task is then destroyed
    // unrun.
    bool submit(Task task, WorkClass work_class = WorkClass::interactive);
    bool is_overloaded() const; // the oldest interactive task waits too long
    // Takes nothing new, runs what is queued until the grace is over, drops the rest, joins.
    void stop(std::chrono::milliseconds grace);

    std::size_t queued(WorkClass work_class) const;
    // Whether the calling thread belongs to a pool; long computations are welcome only there.
    static bool is_worker_thread();

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        Task task {};
        Clock::time_point queued_at {};
    };
    struct Queue {
        std::deque<Entry> entries {};
        std::size_t entries_max {};
        std::size_t running {};
        std::size_t running_max {};
    };

    Queue& queue(WorkClass work_class) { return m_queues[static_cast<std::size_t>(work_class)]; }
    bool is_drained() const;
    Queue* next_queue();
    void run();

    WorkerPoolOptions const m_options;
    mutable std::mutex m_mutex {};
    std::condition_variable m_changed {};
    std::array<Queue, 3> m_queues {};
    std::uint64_t m_turn {};
    bool m_is_stopping {};
    std::vector<std::thread> m_threads {};
};

}
