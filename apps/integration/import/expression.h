// Arithmetic in import recipes: numbers, source columns, + - * and parentheses, round(x, digits).
// Exact decimals throughout; a name stands for the column's value in the record at hand, empty
// values count as zero.
#pragma once

#include "core/decimal.h"

#include <functional>
#include <string_view>

namespace cashline::integration {

using FieldValue = std::function<Result<std::string>(std::string_view name)>;

// "expression_malformed" names the place; a field that is not a number is refused with its column
// and value.
Result<Decimal> evaluate(std::string_view expression, FieldValue const& field);

}
