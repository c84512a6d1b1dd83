// The rights of users, worked out from their roles and their teams' roles, and kept until somebody
// changes users, teams, roles or units. What a role grants stands in its definition (kind role).
#pragma once

#include "platform/metadata/schema.h"
#include "platform/security/caller.h"
#include "platform/store/store.h"

#include <map>
#include <mutex>
#include <optional>

namespace cashline {

class RightsCache {
public:
    // "missing" when there is no such user; "denied" when he is disabled. Rights that are kept cost
    // no connection, and most requests find theirs kept.
    Result<Caller> caller_of(Store& store, Schema const& schema, Id user, Door door);
    // After a commit that changed who may what.
    void forget();

private:
    struct Known {
        std::optional<Caller> caller {};
        std::uint64_t generation {};
    };
    Known known(Id user);

    std::mutex m_mutex {};
    std::map<Id, Caller> m_callers {};
    std::uint64_t m_generation {};
};

}
