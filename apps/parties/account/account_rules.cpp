#include "apps/parties/account/account_rules.h"

#include "apps/parties/account/account_table.h"

namespace cashline::parties {

Result<void> account_must_not_be_its_own_ancestor(Unit& unit, Change& change)
{
    // A tree deeper than this is a loop that older data brought along.
    constexpr int depth_max = 100;
    auto parent = change.values.get(account::parent);
    auto elevated = unit.elevated();
    for (int depth = 0; parent && depth < depth_max; ++depth) {
        if (parent->id == change.id) {
            return conflict("AccountLoopBeingCreated",
                "An account cannot be its own parent, directly or through others. Choose another "
                "parent account.",
                "parentaccountid");
        }
        auto const row = TRY(elevated.find(account::table, parent->id, { account::parent }));
        parent = row ? row->get(account::parent) : std::nullopt;
    }
    return {};
}

}
