#include "platform/pipeline/run_unit.h"

#include "platform/jobs/job_queue.h"
#include "platform/journal/journal.h"
#include "platform/pipeline/write.h"

namespace cashline {

namespace {

// What the commit wakes is decided now: the unit is gone when the commit is durable.
void wake_after_commit(Platform::State& state, StoreTransaction& transaction, UnitState const& unit)
{
    auto const has_changes = !unit.changes.is_empty();
    auto const has_jobs = !unit.jobs.empty();
    if (!has_changes && !has_jobs && !unit.changes_rights) {
        return;
    }
    transaction.after_commit([&state, has_changes, has_jobs, rights = unit.changes_rights] {
        if (rights) {
            state.rights.forget();
        }
        if (has_changes) {
            state.followers.wake();
        }
        if (has_jobs) {
            state.jobs.wake();
        }
    });
}

std::shared_ptr<Submission const> alone(Submission const& submission)
{
    auto again = std::make_shared<Submission>(submission);
    again->options.alone = true;
    return again;
}

}

Result<void> guarded(std::function<Result<void>()> const& work)
{
    try {
        return work();
    } catch (std::exception const& exception) {
        return internal("UnExpected", exception.what());
    }
}

UnitOfWork unit_of_work(Platform::State& state, std::shared_ptr<Submission const> submission)
{
    return [&state, submission = std::move(submission)](
               StoreTransaction& transaction) -> Result<void> {
        auto const metadata = state.current_metadata();
        UnitState unit(transaction, *metadata,
            ReadContext { .sql = transaction.sql(),
                .schema = *metadata->schema,
                .environment = *state.environment,
                .registry = &state.registry,
                .now = submission->now });
        unit.is_alone = submission->options.alone;
        Unit door(unit.context, submission->caller);
        TRY(guarded([&]() -> Result<void> {
            TRY(submission->work(door));
            TRY(jobs::store_jobs(unit));
            return journal::append(unit, submission->caller);
        }));
        wake_after_commit(state, transaction, unit);
        return {};
    };
}

Result<void> submit_and_wait(Platform::State& state, Submission submission)
{
    auto const first = std::make_shared<Submission const>(std::move(submission));
    auto outcome = state.store->write_and_wait(unit_of_work(state, first), first->options);
    if (!outcome && outcome.error().code == must_be_alone) {
        auto const again = alone(*first);
        outcome = state.store->write_and_wait(unit_of_work(state, again), again->options);
    }
    return outcome;
}

void submit(Platform::State& state, std::shared_ptr<Submission const> submission, OnDone done)
{
    auto options = submission->options;
    auto unit = unit_of_work(state, submission);
    state.store->write(std::move(unit), std::move(options),
        [&state, submission = std::move(submission), done = std::move(done)](
            Result<void> outcome) mutable {
            if (!outcome && outcome.error().code == must_be_alone) {
                submit(state, alone(*submission), std::move(done));
                return;
            }
            done(std::move(outcome));
        });
}

}
