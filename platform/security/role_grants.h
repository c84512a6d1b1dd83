// A role's definition as grants: { lead: { create: user, read: unit }, account: { all: organization
// }, "*": … }.
#pragma once

#include "core/json.h"
#include "platform/metadata/schema.h"
#include "platform/security/caller.h"

namespace cashline {

std::optional<Depth> depth_named(std::string_view name);
std::optional<Privilege> privilege_named(std::string_view name);

// Adds what the role grants. A later, shallower grant takes nothing away: roles add up.
void grant_role(Rights& rights, Schema const& schema, json::Value const& role);
// Every definition of the shipped role with this row id: each app adds its own tables to a role.
void grant_role_row(Rights& rights, Schema const& schema, Id role);

}
