#include "apps/finance/pricing/scope.h"

namespace cashline::finance {

bool scope_matches(Scope scope, std::string_view value, ScopeQuestion const& question)
{
    switch (scope) {
    case Scope::one:
        return !value.empty() && value == question.single;
    case Scope::group:
        return !value.empty() && value == question.group;
    case Scope::all:
        return true;
    }
    return false;
}

}
