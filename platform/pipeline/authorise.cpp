#include "platform/pipeline/write.h"

namespace cashline {

namespace {

Privilege privilege_for(Operation operation)
{
    switch (operation) {
    case Operation::create:
        return Privilege::create;
    case Operation::update:
        return Privilege::write;
    case Operation::remove:
        return Privilege::remove;
    }
    return Privilege::write;
}

Result<void> require(Write& write, Privilege privilege, SecurityStamp const& stamp)
{
    auto& context = write.state().context;
    if (!TRY(may(context, write.caller(), { privilege, write.target(), stamp }))) {
        return access_refusal(context, write.caller(), privilege, write.table());
    }
    return {};
}

// The owner the new row will have: the caller himself, unless he chose one that his depth reaches.
Result<void> authorise_new_owner(Write& write)
{
    auto const& plan = write.plan;
    SecurityStamp stamp { .owner = { system_user_table, write.caller().user },
        .unit = write.caller().rights ? write.caller().rights->unit : Id {} };
    if (plan.owner) {
        if (auto const* owner = write.values.value(*plan.owner).as_lookup()) {
            auto const owner_stamp = TRY(find_stamp(write.state().context, *owner));
            stamp = { .owner = *owner, .unit = owner_stamp ? owner_stamp->unit : Id {} };
        }
    } else if (write.table().ownership == Ownership::business_unit) {
        if (auto const* unit =
                plan.owning_unit ? write.values.value(*plan.owning_unit).as_lookup() : nullptr) {
            stamp = { .unit = unit->id };
        }
    } else {
        stamp = stamp_of(plan, write.values);
    }
    return require(write, Privilege::create, stamp);
}

}

Result<void> authorise_table(Write& write)
{
    if (write.caller().is_system() || write.origin == Origin::link) {
        return {};
    }
    auto const privilege = privilege_for(write.operation);
    if (write.table().is_hidden
        || !may_at_all(write.state().context, write.caller(), privilege, write.table())) {
        return access_refusal(write.state().context, write.caller(), privilege, write.table());
    }
    return {};
}

Result<void> authorise_row(Write& write)
{
    if (write.caller().is_system() || write.origin == Origin::link) {
        return {};
    }
    if (write.is_create()) {
        return authorise_new_owner(write);
    }
    auto& context = write.state().context;
    auto const stamp = stamp_of(write.plan, write.before);
    // Who may not even read the row learns no more than that it is not there for him.
    if (!TRY(may(context, write.caller(), { Privilege::read, write.target(), stamp }))
        && may_at_all(context, write.caller(), Privilege::read, write.table())) {
        return no_such_row(write.state().schema(), write.target());
    }
    TRY(require(write, privilege_for(write.operation), stamp));
    if (write.operation == Operation::update && write.plan.owner
        && write.changes(*write.plan.owner)) {
        TRY(require(write, Privilege::assign, stamp));
    }
    return {};
}

}
