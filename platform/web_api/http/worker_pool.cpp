#include "platform/web_api/http/worker_pool.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace cashline::http {

namespace {

thread_local bool this_thread_is_worker = false;

// Every so many tasks the lower classes are asked first, so that a flood of clicks cannot starve a
// job.
constexpr std::uint64_t lower_class_turn = 8;

}

WorkerPool::WorkerPool(WorkerPoolOptions options) : m_options(std::move(options))
{
    auto const threads = std::max<std::size_t>(m_options.threads, 1);
    auto const share = std::max<std::size_t>(threads / 2, 1);
    queue(WorkClass::interactive).entries_max = m_options.interactive_queue_max;
    queue(WorkClass::interactive).running_max = threads;
    queue(WorkClass::bulk).entries_max = m_options.bulk_queue_max;
    queue(WorkClass::bulk).running_max = share;
    queue(WorkClass::background).entries_max = m_options.background_queue_max;
    queue(WorkClass::background).running_max = std::max<std::size_t>(threads / 4, 1);
    for (std::size_t index = 0; index < threads; ++index) {
        m_threads.emplace_back([this] { run(); });
    }
}

WorkerPool::~WorkerPool() { stop(std::chrono::milliseconds { 0 }); }

bool WorkerPool::submit(Task task, WorkClass work_class)
{
    std::unique_lock lock(m_mutex);
    auto& target = queue(work_class);
    if (m_is_stopping || target.entries.size() >= target.entries_max) {
        // Destroying the task may answer a request; that must not happen under our lock.
        lock.unlock();
        return false;
    }
    target.entries.push_back({ .task = std::move(task), .queued_at = Clock::now() });
    lock.unlock();
    m_changed.notify_one();
    return true;
}

bool WorkerPool::is_overloaded() const
{
    std::scoped_lock const lock(m_mutex);
    auto const& entries = m_queues[static_cast<std::size_t>(WorkClass::interactive)].entries;
    return !entries.empty()
        && Clock::now() - entries.front().queued_at > m_options.interactive_age_max;
}

std::size_t WorkerPool::queued(WorkClass work_class) const
{
    std::scoped_lock const lock(m_mutex);
    return m_queues[static_cast<std::size_t>(work_class)].entries.size();
}

bool WorkerPool::is_worker_thread() { return this_thread_is_worker; }

void WorkerPool::stop(std::chrono::milliseconds grace)
{
    std::vector<Entry> dropped;
    {
        std::unique_lock lock(m_mutex);
        m_is_stopping = true;
        m_changed.notify_all();
        m_changed.wait_for(lock, grace, [this] { return is_drained(); });
        for (auto& queue : m_queues) {
            std::ranges::move(queue.entries, std::back_inserter(dropped));
            queue.entries.clear();
        }
    }
    m_changed.notify_all();
    for (auto& thread : m_threads) {
        thread.join();
    }
    m_threads.clear();
}

bool WorkerPool::is_drained() const
{
    return std::ranges::all_of(m_queues, [](Queue const& queue) { return queue.entries.empty(); });
}

WorkerPool::Queue* WorkerPool::next_queue()
{
    auto const can_run = [](Queue const& queue) {
        return !queue.entries.empty() && queue.running < queue.running_max;
    };
    auto const is_lower_turn = m_turn % lower_class_turn == lower_class_turn - 1;
    if (is_lower_turn) {
        for (auto const work_class : { WorkClass::background, WorkClass::bulk }) {
            if (can_run(queue(work_class))) {
                return &queue(work_class);
            }
        }
    }
    auto const found = std::ranges::find_if(m_queues, can_run);
    return found == m_queues.end() ? nullptr : &*found;
}

void WorkerPool::run()
{
    this_thread_is_worker = true;
    std::unique_lock lock(m_mutex);
    for (;;) {
        auto* const source = next_queue();
        if (!source) {
            if (m_is_stopping && is_drained()) {
                return;
            }
            m_changed.wait(lock);
            continue;
        }
        ++m_turn;
        auto task = std::move(source->entries.front().task);
        source->entries.pop_front();
        ++source->running;
        lock.unlock();
        try {
            task();
        } catch (std::exception const& problem) {
            if (m_options.log) {
                m_options.log(std::string("A task ended with: ") + problem.what());
            }
        }
        task = {};
        lock.lock();
        // This thread goes on with the next task itself. Another one may wait only because the
        // class had its share, a stopper for the queues to empty; waking all of them each time
        // would cost more than a small task.
        bool const had_its_share = source->running == source->running_max;
        --source->running;
        if (m_is_stopping) {
            m_changed.notify_all();
        } else if (had_its_share && !source->entries.empty()) {
            m_changed.notify_one();
        }
    }
}

}
