#include "platform/security/caller.h"

#include <algorithm>

namespace cashline {

namespace {

std::uint64_t key_of(TableId table, Privilege privilege)
{
    return std::uint64_t { static_cast<std::uint32_t>(table) } << 8
        | static_cast<std::uint64_t>(privilege);
}

}

Depth Rights::depth(TableId table, Privilege privilege) const
{
    if (is_system) {
        return Depth::organization;
    }
    auto const found = m_depths.find(key_of(table, privilege));
    return found == m_depths.end() ? Depth::none : found->second;
}

void Rights::grant(TableId table, Privilege privilege, Depth depth)
{
    auto& held = m_depths[key_of(table, privilege)];
    held = std::max(held, depth);
}

Rights Rights::limited_to(Rights const& other) const
{
    if (other.is_system) {
        return *this;
    }
    auto limited = is_system ? other : *this;
    if (is_system) {
        limited.user = user;
        limited.unit = unit;
        limited.subtree = subtree;
        limited.teams = teams;
        return limited;
    }
    for (auto& [key, depth] : limited.m_depths) {
        auto const found = other.m_depths.find(key);
        depth = std::min(depth, found == other.m_depths.end() ? Depth::none : found->second);
    }
    std::erase_if(limited.named, [&](std::string const& name) { return !other.may(name); });
    return limited;
}

Caller system_caller(Door door)
{
    // Shared by every caller of the platform itself; never changed after it is made.
    static auto const rights = [] {
        auto made = std::make_shared<Rights>();
        made->user = system_user_id();
        made->unit = root_business_unit_id();
        made->subtree = { root_business_unit_id() };
        made->is_system = true;
        return std::shared_ptr<Rights const>(std::move(made));
    }();
    return { .rights = rights,
        .user = system_user_id(),
        .real_user = system_user_id(),
        .user_name = "SYSTEM",
        .door = door };
}

Caller with_all_rights(Caller const& caller)
{
    auto rights =
        caller.rights ? std::make_shared<Rights>(*caller.rights) : std::make_shared<Rights>();
    rights->is_system = true;
    auto elevated = caller;
    elevated.rights = std::move(rights);
    return elevated;
}

Id system_user_id() { return Id::from_name("systemuser/SYSTEM"); }

Id organization_id() { return Id::from_name("organization/organization"); }

Id root_business_unit_id() { return Id::from_name("businessunit/root"); }

}
