// What a running Platform holds. Only the pipeline's own files see it.
#pragma once

#include "platform/jobs/job_runner.h"
#include "platform/journal/follow.h"
#include "platform/pipeline/platform.h"
#include "platform/pipeline/unit_state.h"
#include "platform/security/rights_cache.h"

#include <mutex>

namespace cashline {

struct Platform::State {
    std::unique_ptr<Store> store;
    Environment* environment {};
    json::Value settings {};
    Registry registry {};
    mutable std::mutex metadata_mutex {};
    std::shared_ptr<Metadata const> metadata {}; // shared with units and readers that began with it
    RightsCache rights {};
    JournalFollowers followers {};
    JobRunner jobs {};

    std::shared_ptr<Metadata const> current_metadata() const
    {
        auto const lock = std::scoped_lock { metadata_mutex };
        return metadata;
    }
};

}
