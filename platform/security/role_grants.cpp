#include "platform/security/role_grants.h"

#include <algorithm>
#include <array>

namespace cashline {

namespace {

constexpr std::array privileges { Privilege::create, Privilege::read, Privilege::write,
    Privilege::remove, Privilege::append, Privilege::append_to, Privilege::assign,
    Privilege::share };

void grant_on_table(Rights& rights, Table const& table, json::Object const& grants)
{
    for (auto const& [name, value] : grants) {
        auto const depth = depth_named(value.as_string() ? *value.as_string() : std::string {});
        if (!depth) {
            continue;
        }
        if (name == "all") {
            for (auto const privilege : privileges) {
                rights.grant(table.id, privilege, *depth);
            }
        } else if (auto const privilege = privilege_named(name)) {
            rights.grant(table.id, *privilege, *depth);
        }
    }
}

}

std::optional<Depth> depth_named(std::string_view name)
{
    static constexpr std::array names { "none", "user", "unit", "subtree", "organization" };
    auto const found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<Depth>(found - names.begin()));
}

std::optional<Privilege> privilege_named(std::string_view name)
{
    static constexpr std::array names { "create", "read", "write", "remove", "append", "append_to",
        "assign", "share" };
    auto const found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<Privilege>(found - names.begin()));
}

void grant_role(Rights& rights, Schema const& schema, json::Value const& role)
{
    rights.roles.emplace(role.text("role"));
    for (auto const& name : role.array("named")) {
        if (auto const* text = name.as_string()) {
            rights.named.insert(*text);
        }
    }
    for (auto const& [name, grants] : role.object("privileges")) {
        auto const* members = grants.as_object();
        if (!members) {
            continue;
        }
        if (name == "*") {
            for (auto const& table : schema.tables()) {
                grant_on_table(rights, table, *members);
            }
        } else if (auto const* table = schema.find(name)) {
            grant_on_table(rights, *table, *members);
        }
    }
}

void grant_role_row(Rights& rights, Schema const& schema, Id role)
{
    for (auto const& definition : schema.definitions("role")) {
        if (Id::from_name("role/" + std::string(definition.text("role"))) == role) {
            grant_role(rights, schema, definition);
        }
    }
}

}
