#include "platform/web_api/http/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <stdexcept>

namespace cashline::http {

namespace {

using namespace std::chrono_literals;

// Holds one worker until released.
class Plug {
public:
    explicit Plug(WorkerPool& pool, WorkClass work_class = WorkClass::interactive)
    {
        std::promise<void> running;
        auto is_running = running.get_future();
        pool.submit(
            [running = std::move(running), release = m_release.get_future()]() mutable {
                running.set_value();
                release.wait();
            },
            work_class);
        is_running.wait();
    }
    void pull() { m_release.set_value(); }

private:
    std::promise<void> m_release {};
};

}

TEST(WorkerPool, runs_interactive_work_before_the_rest_without_starving_it)
{
    WorkerPool pool({ .threads = 1 });
    Plug plug(pool);
    std::mutex mutex;
    std::string order;
    auto const note = [&](char name) {
        return [&, name] {
            std::scoped_lock const lock(mutex);
            order += name;
        };
    };
    pool.submit(note('g'), WorkClass::background);
    pool.submit(note('b'), WorkClass::bulk);
    for (auto count = 0; count < 20; ++count) {
        pool.submit(note('i'));
    }
    plug.pull();
    pool.stop(10s);
    EXPECT_EQ(order.size(), 22U);
    EXPECT_TRUE(order.starts_with("iiiiii")) << order;
    EXPECT_TRUE(order.ends_with("iii")) << order; // both others had a turn before the flood ended
}

TEST(WorkerPool, says_when_a_queue_is_full_or_old)
{
    WorkerPool pool({ .threads = 1, .interactive_queue_max = 2, .interactive_age_max = 1ms });
    Plug plug(pool);
    EXPECT_FALSE(pool.is_overloaded());
    EXPECT_TRUE(pool.submit([] { }));
    EXPECT_TRUE(pool.submit([] { }));
    EXPECT_FALSE(pool.submit([] { }));
    EXPECT_TRUE(pool.submit([] { }, WorkClass::bulk));
    while (!pool.is_overloaded()) {
        std::this_thread::yield();
    }
    plug.pull();
    pool.stop(10s);
    EXPECT_FALSE(pool.is_overloaded());
    EXPECT_FALSE(pool.submit([] { }));
}

TEST(WorkerPool, keeps_threads_free_for_people)
{
    WorkerPool pool({ .threads = 2 });
    Plug bulk(pool, WorkClass::bulk);
    pool.submit([] { }, WorkClass::bulk); // must wait: bulk has its half already
    std::promise<void> clicked;
    pool.submit([&] { clicked.set_value(); });
    EXPECT_EQ(clicked.get_future().wait_for(10s), std::future_status::ready);
    EXPECT_EQ(pool.queued(WorkClass::bulk), 1U);
    bulk.pull();
    pool.stop(10s);
    EXPECT_EQ(pool.queued(WorkClass::bulk), 0U);
}

TEST(WorkerPool, survives_tasks_that_throw_and_drops_the_rest_when_the_grace_is_over)
{
    std::promise<std::string> logged;
    WorkerPool pool(
        { .threads = 1, .log = [&](std::string const& line) { logged.set_value(line); } });
    EXPECT_FALSE(WorkerPool::is_worker_thread());
    pool.submit([] { throw std::runtime_error("boom"); });
    EXPECT_EQ(logged.get_future().get(), "A task ended with: boom");
    std::promise<bool> inside;
    pool.submit([&] { inside.set_value(WorkerPool::is_worker_thread()); });
    EXPECT_TRUE(inside.get_future().get());

    Plug plug(pool);
    std::atomic<bool> has_run = false;
    pool.submit([&] { has_run = true; });
    std::jthread const stopper([&] { pool.stop(0ms); });
    while (pool.queued(WorkClass::interactive) > 0) {
        std::this_thread::yield();
    }
    plug.pull();
    EXPECT_FALSE(has_run);
}

}
