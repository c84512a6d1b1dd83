#include "platform/jobs/job_runner.h"

#include "platform/jobs/job_queue.h"
#include "platform/pipeline/platform.h"

#include <chrono>

namespace cashline {

namespace {

constexpr auto poll_interval = std::chrono::milliseconds { 500 };
constexpr int threads = 2;
constexpr std::int64_t seconds_per_hour = 3'600;
constexpr std::int64_t done_kept_seconds = 7 * 24 * seconds_per_hour;

Result<void> call(Platform& platform, jobs::TakenJob const& job)
{
    auto const& handlers = platform.registry().jobs();
    auto const handler = handlers.find(job.name);
    if (handler == handlers.end()) {
        return internal("job_unknown", "No installed app knows the job '" + job.name + "'.");
    }
    JobContext context { platform, job.id, job.attempt };
    try {
        return handler->second(context, job.input);
    } catch (std::exception const& exception) {
        // A bug in one job must not stop the others.
        return internal("UnExpected", exception.what());
    }
}

}

void JobRunner::start(Platform& platform)
{
    if (!m_threads.empty()) {
        return;
    }
    // Processes that share a PostgreSQL may be at work. Failing this, the leases end by themselves.
    if (platform.store().dialect() == Dialect::sqlite) {
        static_cast<void>(jobs::take_over(platform.store()));
    }
    // What cannot be scheduled now is scheduled after its next run or the next start.
    static_cast<void>(schedule_repeating(platform));
    for (auto count = 0; count < threads; ++count) {
        m_threads.emplace_back(
            [this, &platform](std::stop_token const& stopped) { run(platform, stopped); });
    }
}

void JobRunner::stop()
{
    for (auto& thread : m_threads) {
        thread.request_stop();
    }
    m_woken.notify_all();
    m_threads.clear(); // joins
}

void JobRunner::wake()
{
    {
        auto const lock = std::scoped_lock { m_mutex };
        ++m_wakes;
    }
    m_woken.notify_all();
}

void JobRunner::run(Platform& platform, std::stop_token const& stopped)
{
    std::uint64_t seen = 0;
    while (!stopped.stop_requested()) {
        auto ran = run_one(platform);
        while (!stopped.stop_requested() && ran && *ran) {
            ran = run_one(platform);
        }
        auto lock = std::unique_lock { m_mutex };
        m_woken.wait_for(lock, stopped, poll_interval, [&] { return m_wakes != seen; });
        seen = m_wakes;
    }
}

Result<std::int64_t> JobRunner::run_due(Platform& platform)
{
    std::int64_t count = 0;
    while (TRY(run_one(platform))) {
        ++count;
    }
    return count;
}

Result<bool> JobRunner::run_one(Platform& platform)
{
    auto& environment = platform.environment();
    auto const job = TRY(jobs::take(platform.store(), environment.now()));
    if (!job) {
        return false;
    }
    auto const outcome = call(platform, *job);
    auto const now = environment.now();
    if (outcome) {
        TRY(jobs::finish(platform.store(), job->id, now));
    } else {
        TRY(jobs::fail(platform.store(), *job, now, outcome.error()));
    }
    auto const& repeating = platform.registry().repeating();
    if (auto const period = repeating.find(job->name);
        period != repeating.end() && (outcome || job->attempt >= jobs::attempts_max)) {
        TRY(jobs::ensure_repeating(
            platform.store(), job->name, environment.new_id(), now.plus_seconds(period->second)));
    }
    if (now.microseconds > m_cleaned_at + seconds_per_hour * 1'000'000) {
        m_cleaned_at = now.microseconds;
        TRY(jobs::forget_done(platform.store(), now.plus_seconds(-done_kept_seconds)));
    }
    return true;
}

Result<void> JobRunner::schedule_repeating(Platform& platform)
{
    auto& environment = platform.environment();
    for (auto const& [name, seconds] : platform.registry().repeating()) {
        TRY(jobs::ensure_repeating(
            platform.store(), name, environment.new_id(), environment.now().plus_seconds(seconds)));
    }
    return {};
}

}
