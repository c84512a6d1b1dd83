// The arithmetic tree behind an amount: which rule, on which base, at which rate, rounded how.
// Stored with posted documents, so that every number on a document can be opened years later and
// still explains itself, whatever the rules have become since. It records; it never computes.
#pragma once

#include "core/json.h"
#include "core/money.h"

#include <optional>
#include <string>
#include <vector>

namespace cashline::catalog {

struct Trace {
    std::string rule {}; // stable name: "line_net", "tax_of_code", "document_discount"
    std::string label {}; // what a person reads: the product, the tax code, the coupon
    std::optional<Decimal> base {};
    std::optional<Decimal> rate {};
    std::optional<Decimal> exact {}; // before rounding, where rounding took something away
    std::string rounding {}; // "half_away 2", empty where nothing was rounded
    Amount result {};
    std::vector<Trace> parts {};
};

json::Value to_json(Trace const&);
// "trace_malformed" for a document that to_json did not write.
Result<Trace> trace_from_json(json::Value const&);
// Indented lines for people and logs.
std::string to_text(Trace const&);

}
