#include "platform/query/access.h"

#include "core/check.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

// AccessRights of Dataverse, as principalobjectaccess stores them.
constexpr int share_read = 1;
// Rights come from a parent's parent at most this far up; a cycle of parents must not hang the
// compiler.
constexpr int parent_depth_max = 6;
// Above this many units one branch with a list is better than a branch each.
constexpr std::size_t branches_max = 8;

Depth read_depth(Compiling const& compiling, Table const& table)
{
    auto const& caller = compiling.caller;
    if (caller.is_system()) {
        return Depth::organization;
    }
    if (!caller.rights || table.is_hidden) {
        return Depth::none;
    }
    auto const depth = caller.rights->depth(table.id, Privilege::read);
    // Roles speak of activities as a whole; a type may be granted beyond that.
    return table.extends ? std::max(depth, caller.rights->depth(*table.extends, Privilege::read))
                         : depth;
}

ManyToMany const* relationship_of(Schema const& schema, Table const& intersect)
{
    auto const found =
        std::ranges::find(schema.many_to_many(), intersect.id, &ManyToMany::intersect);
    return found == schema.many_to_many().end() ? nullptr : &*found;
}

class AccessCompiler {
public:
    explicit AccessCompiler(Compiling& compiling) : m_compiling(compiling) { }

    Access read(Source const& source, int depth)
    {
        auto const& table = *source.table;
        if (m_compiling.caller.is_system()) {
            return { Access::Kind::everything, {} };
        }
        if (table.is_hidden) {
            return {};
        }
        switch (base_of(m_compiling.schema, table).ownership) {
        case Ownership::user_or_team:
            return owned(source);
        case Ownership::organization:
            return { read_depth(m_compiling, table) == Depth::organization
                    ? Access::Kind::everything
                    : Access::Kind::nothing,
                {} };
        case Ownership::business_unit:
            return in_unit(source);
        case Ownership::none:
            return through_parent(source, depth);
        }
    }

private:
    Access owned(Source const& source)
    {
        auto const depth = read_depth(m_compiling, *source.table);
        if (depth == Depth::none || depth == Depth::organization) {
            return { depth == Depth::none ? Access::Kind::nothing : Access::Kind::everything, {} };
        }
        auto const& table = *source.table;
        auto const* owner = table.find("ownerid");
        auto const* unit = table.find("owningbusinessunit");
        CHECK(owner && unit);
        Access access { Access::Kind::some, {} };
        auto const& rights = *m_compiling.caller.rights;
        auto principals = rights.teams;
        principals.insert(principals.begin(), rights.user);
        add_branches(access, source.stored(*owner), principals);
        if (depth == Depth::unit) {
            add_branches(access, source.stored(*unit), { rights.unit });
        } else if (depth == Depth::subtree) {
            add_branches(access, source.stored(*unit), rights.subtree);
        }
        access.shared_ids = shared(source, principals);
        if (!access.shared_ids.empty()) {
            access.branches.push_back(fmt::format("{} in ({})", source.id(), access.shared_ids));
        }
        return access;
    }

    void add_branches(Access& access, std::string const& column, std::vector<Id> const& ids)
    {
        if (ids.empty()) {
            return;
        }
        if (ids.size() <= branches_max) {
            for (auto const& id : ids) {
                access.branches.push_back(
                    fmt::format("{} = {}", column, m_compiling.parameters.add(id)));
            }
            return;
        }
        access.branches.push_back(
            fmt::format("{} in ({})", column, m_compiling.parameters.add_all(ids)));
    }

    std::string shared(Source const& source, std::vector<Id> const& principals)
    {
        if (!m_compiling.schema.find("principalobjectaccess")) {
            return {};
        }
        auto const table_number = static_cast<std::uint32_t>(source.table->id);
        // Shares of an activity may have been made through the pointer.
        auto const base_number =
            static_cast<std::uint32_t>(base_of(m_compiling.schema, *source.table).id);
        auto const numbers = table_number == base_number
            ? fmt::format("= {}", table_number)
            : fmt::format("in ({}, {})", table_number, base_number);
        return fmt::format("select distinct \"objectid\" as \"id\" from \"principalobjectaccess\" "
                           "where \"principalid\" in ({})"
                           " and \"objectid__t\" {} and (\"accessrightsmask\" & {}) <> 0",
            m_compiling.parameters.add_all(principals), numbers, share_read);
    }

    // Users, teams, roles and the units themselves.
    Access in_unit(Source const& source)
    {
        auto const depth = read_depth(m_compiling, *source.table);
        if (depth == Depth::none || depth == Depth::organization) {
            return { depth == Depth::none ? Access::Kind::nothing : Access::Kind::everything, {} };
        }
        auto const& rights = *m_compiling.caller.rights;
        Access access { Access::Kind::some, {} };
        // Whatever the depth, a caller sees himself and his teams.
        auto own = rights.teams;
        own.push_back(rights.user);
        auto predicate =
            fmt::format("{} in ({})", source.id(), m_compiling.parameters.add_all(own));
        auto const* unit = source.table->find("businessunitid");
        if (unit && depth != Depth::user) {
            auto units = depth == Depth::subtree ? rights.subtree : std::vector<Id> {};
            units.push_back(rights.unit);
            predicate = fmt::format("({} or {} in ({}))", predicate, source.stored(*unit),
                m_compiling.parameters.add_all(units));
        }
        access.branches.push_back(std::move(predicate));
        return access;
    }

    Access through_parent(Source const& source, int depth)
    {
        auto const& table = *source.table;
        if (depth > parent_depth_max) {
            return {};
        }
        if (auto const* pair =
                table.is_intersect ? relationship_of(m_compiling.schema, table) : nullptr) {
            return both(
                source, table.column(pair->first_column), table.column(pair->second_column), depth);
        }
        if (!table.parent) {
            return {};
        }
        return through(source, table.column(*table.parent), depth);
    }

    // Asked first, since a predicate that is thrown away leaves its parameters behind.
    bool leads_nowhere(Column const& lookup) const
    {
        return std::ranges::none_of(lookup.targets, [&](TableId target) {
            return target == any_table
                || may_read_some(m_compiling, m_compiling.schema.table(target));
        });
    }

    Access both(Source const& source, Column const& first, Column const& second, int depth)
    {
        if (leads_nowhere(first) || leads_nowhere(second)) {
            return {};
        }
        auto const one = through(source, first, depth);
        auto const other = through(source, second, depth);
        if (one.kind == Access::Kind::everything) {
            return other;
        }
        if (other.kind == Access::Kind::everything) {
            return one;
        }
        return { Access::Kind::some,
            { fmt::format("({} and {})", one.predicate(), other.predicate()) } };
    }

    // The row that this lookup points at must be readable.
    Access through(Source const& source, Column const& lookup, int depth)
    {
        if (!lookup.is_polymorphic()) {
            return through_target(
                source, lookup, m_compiling.schema.table(lookup.targets[0]), depth);
        }
        std::vector<std::string> ways;
        std::string unrestricted;
        for (auto const* target : targets(lookup)) {
            auto const access = through_target(source, lookup, *target, depth);
            auto const number = std::to_string(static_cast<std::uint32_t>(target->id));
            if (access.kind == Access::Kind::everything) {
                unrestricted += (unrestricted.empty() ? "" : ", ") + number;
            } else if (access.kind == Access::Kind::some) {
                ways.push_back(fmt::format(
                    "({} = {} and {})", source.target_number(lookup), number, access.predicate()));
            }
        }
        if (!unrestricted.empty()) {
            ways.push_back(fmt::format("{} in ({})", source.target_number(lookup), unrestricted));
        }
        if (ways.empty()) {
            return {};
        }
        return { Access::Kind::some,
            { ways.size() == 1 ? ways[0] : "(" + joined(ways, " or ") + ")" } };
    }

    std::vector<Table const*> targets(Column const& lookup) const
    {
        std::vector<Table const*> result;
        for (auto const& table : m_compiling.schema.tables()) {
            auto const names = [&](TableId target) {
                return target == any_table || target == table.id;
            };
            if (!table.is_hidden && !table.is_intersect
                && std::ranges::any_of(lookup.targets, names)) {
                result.push_back(&table);
            }
        }
        return result;
    }

    Access through_target(
        Source const& source, Column const& lookup, Table const& target, int depth)
    {
        auto const parent = new_source(m_compiling, target);
        auto const access = read(parent, depth + 1);
        if (access.kind != Access::Kind::some) {
            return access;
        }
        return { Access::Kind::some,
            { fmt::format("exists (select 1 from {} where {} = {} and {})",
                from_clause(m_compiling, parent), parent.id(), source.stored(lookup),
                access.predicate()) } };
    }

    Compiling& m_compiling;
};

bool may_read_some_at(Compiling const& compiling, Table const& table, int depth)
{
    if (compiling.caller.is_system()) {
        return true;
    }
    if (table.is_hidden || depth > parent_depth_max) {
        return false;
    }
    auto const ownership = base_of(compiling.schema, table).ownership;
    if (ownership == Ownership::organization) {
        return read_depth(compiling, table) == Depth::organization;
    }
    if (ownership != Ownership::none) {
        return read_depth(compiling, table) != Depth::none;
    }
    if (!table.parent) {
        return false;
    }
    return std::ranges::any_of(table.column(*table.parent).targets, [&](TableId target) {
        auto const* parent = compiling.schema.find(target);
        return target == any_table || (parent && may_read_some_at(compiling, *parent, depth + 1));
    });
}

}

std::string Access::predicate() const
{
    if (kind == Kind::everything) {
        return {};
    }
    if (kind == Kind::nothing || branches.empty()) {
        return "1 = 0";
    }
    return branches.size() == 1 ? branches[0] : "(" + joined(branches, " or ") + ")";
}

Access read_access(Compiling& compiling, Source const& source)
{
    return AccessCompiler(compiling).read(source, 0);
}

bool may_read_some(Compiling const& compiling, Table const& table)
{
    return may_read_some_at(compiling, table, 0);
}

Result<void> require_read(Compiling const& compiling, Table const& table)
{
    if (may_read_some(compiling, table)) {
        return {};
    }
    return denied("PrivilegeDenied",
        fmt::format("Principal user (Id={}) is missing prvRead{} privilege on table '{}'.",
            compiling.caller.user.to_string(), table.schema_name, table.name));
}

}
