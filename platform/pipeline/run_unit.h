// From a caller and a function to a unit of work in the store: the clock is read once, the same for
// every attempt; what throws is undone; a unit that turns out to change rights runs again alone.
#pragma once

#include "platform/pipeline/platform_state.h"

namespace cashline {

struct Submission {
    Caller caller {};
    std::function<Result<void>(Unit&)> work {};
    WriteOptions options {};
    Timestamp now {};
};

UnitOfWork unit_of_work(Platform::State& state, std::shared_ptr<Submission const> submission);
// Writes and waits, alone when it must be.
Result<void> submit_and_wait(Platform::State& state, Submission submission);
void submit(Platform::State& state, std::shared_ptr<Submission const> submission, OnDone done);

// Runs work of an app; a failed CHECK or an exception of the library is an error of this request
// only.
Result<void> guarded(std::function<Result<void>()> const& work);

}
