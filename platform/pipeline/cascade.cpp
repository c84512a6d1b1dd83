// What happens to the rows that point at a removed or assigned one. They walk the same stages, as
// the platform's work.
#include "platform/pipeline/write.h"

#include "core/check.h"

namespace cashline {

namespace {

// Deeper than any sensible tree of rows; a loop of parents ends here with a refusal.
constexpr int cascade_depth_max = 32;

class Descent {
public:
    explicit Descent(UnitState& state) : m_state(state) { ++m_state.cascade_depth; }
    ~Descent() { --m_state.cascade_depth; }
    Descent(Descent const&) = delete;
    Descent& operator=(Descent const&) = delete;

private:
    UnitState& m_state;
};

Result<void> refuse_bottomless(UnitState const& state)
{
    if (state.cascade_depth > cascade_depth_max) {
        return conflict("cascade_too_deep",
            "Rows refer to each other too deeply to follow. Remove or assign them in parts.");
    }
    return {};
}

Result<std::vector<Id>> children_of(Write& write, ChildLink const& link)
{
    auto const& child = write.state().schema().table(link.relationship->child);
    std::vector<SqlValue> parameters { write.id };
    if (child.column(link.relationship->column).is_polymorphic()) {
        parameters.emplace_back(static_cast<std::int64_t>(link.relationship->parent));
    }
    std::vector<Id> ids;
    TRY(write.state().sql().each(link.select, parameters, [&](SqlRow const& row) {
        ids.push_back(row.id(0));
        return Walk::on;
    }));
    return ids;
}

Result<void> refuse_restricted(Write& write)
{
    for (auto const& link : write.plan.children) {
        if (link.relationship->on_delete != OnDelete::restrict) {
            continue;
        }
        auto const count = TRY(children_of(write, link)).size();
        if (count > 0) {
            auto const& child = write.state().schema().table(link.relationship->child);
            return refuse(Fault::not_allowed, "CannotDeleteDueToAssociation",
                "This row of '" + write.table().name
                    + "' cannot be deleted: " + std::to_string(count) + " of '" + child.plural
                    + "' refer to it (" + child.column(link.relationship->column).name + ").");
        }
    }
    return {};
}

}

Result<void> cascade_remove(Write& write)
{
    auto& state = write.state();
    Descent const descent(state);
    TRY(refuse_bottomless(state));
    TRY(refuse_restricted(write));
    auto platform = write.unit.elevated();
    for (auto const& link : write.plan.children) {
        auto const& relationship = *link.relationship;
        if (relationship.on_delete != OnDelete::cascade
            && relationship.on_delete != OnDelete::remove_link) {
            continue;
        }
        for (auto const& id : TRY(children_of(write, link))) {
            Lookup const child { relationship.child, id };
            if (relationship.on_delete == OnDelete::cascade) {
                TRY(run_remove(platform, child, Origin::cascade));
            } else {
                Row cleared(child.table, id);
                cleared.set(relationship.column, Value {});
                TRY(run_update(platform, child, std::move(cleared), Origin::cascade));
            }
        }
    }
    if (write.table().ownership != Ownership::user_or_team
        || !state.schema().find("principalobjectaccess")) {
        return {};
    }
    // Nobody can be shared a row that is gone. Shares are the platform's own bookkeeping here, not
    // a change of data.
    TRY(state.sql().run("delete from principalobjectaccess where objectid = ?1", { write.id }));
    return {};
}

Result<void> cascade_assign(Write& write)
{
    auto const& plan = write.plan;
    if (!plan.owner || write.is_create() || !write.changes(*plan.owner)) {
        return {};
    }
    auto& state = write.state();
    Descent const descent(state);
    TRY(refuse_bottomless(state));
    auto platform = write.unit.elevated();
    for (auto const& link : plan.children) {
        auto const& child_plan = state.plan(link.relationship->child);
        if (!link.relationship->assign_cascades || !child_plan.owner) {
            continue;
        }
        for (auto const& id : TRY(children_of(write, link))) {
            Lookup const child { link.relationship->child, id };
            Row assigned(child.table, id);
            assigned.set(*child_plan.owner, write.values.value(*plan.owner));
            TRY(run_update(platform, child, std::move(assigned), Origin::cascade));
        }
    }
    return {};
}

}
