// Filters as SQL conditions. Negations are pushed down to the single conditions, since a negative
// operator keeps rows whose column is null while SQL's NOT does not (web-api.md 2.9).
#pragma once

#include "platform/query/operators.h"
#include "platform/query/scope.h"

namespace cashline {

// Empty when the filter is always true. Joins that it needs are added to the scope.
Result<std::string> filter_sql(Scope&, Filter const&);

// One condition; `negated` asks for the rows that do not meet it.
Result<std::string> condition_sql(Scope&, Filter const&, bool negated);

// The complement as an operator of its own (less → greater_or_equal), when there is one.
std::optional<Operator> complement(Operator);

// Rows above or below a row of a hierarchy: "column in (recursive …)".
Result<std::string> hierarchy_sql(Scope&, Operand const&, Filter const&);

}
