// The rights of users, worked out from their roles and their teams' roles, and kept until somebody
// changes users, teams, roles or units. What a role grants stands in its definition (kind role).
#pragma once

#include "platform/metadata/schema.h"
#include "platform/security/caller.h"
#include "platform/store/sql.h"

#include <map>
#include <mutex>

namespace cashline {

class RightsCache {
public:
    // "missing" when there is no such user; "denied" when he is disabled.
    Result<Caller> caller_of(SqlConnection& sql, Schema const& schema, Id user, Door door);
    // After a commit that changed who may what.
    void forget();

private:
    std::mutex m_mutex {};
    std::map<Id, Caller> m_callers {};
    std::uint64_t m_generation {};
};

}
