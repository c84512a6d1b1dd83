// How wide one side of a finance rule is: one customer or item, a group, or all. Prices, discounts,
// charges and posting accounts are all searched this way, narrow first.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cashline::finance {

enum class Scope : std::uint8_t { one, group, all };
inline constexpr std::array scopes_in_order { Scope::one, Scope::group, Scope::all };

struct ScopeQuestion {
    std::string_view single {};
    std::string_view group {};
};

// An empty value matches nothing: a rule for group "" would otherwise be one for everybody without
// a group.
bool scope_matches(Scope, std::string_view value, ScopeQuestion const&);

}
