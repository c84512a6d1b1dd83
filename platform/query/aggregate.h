// Grouped figures: what $apply and FetchXML's aggregate queries ask for. Sums of money and decimals
// are exact whatever their size.
#pragma once

#include "platform/pipeline/read_context.h"
#include "platform/query/query.h"
#include "platform/security/caller.h"

namespace cashline {

enum class AggregateMethod : std::uint8_t {
    count,
    count_column,
    count_distinct,
    sum,
    average,
    min,
    max
};
enum class DatePart : std::uint8_t { none, day, week, month, quarter, year };

struct AggregateGroup {
    ColumnPath column {};
    std::string alias {};
    DatePart part {};
};

struct AggregateFigure {
    AggregateMethod method {};
    ColumnPath column {}; // not looked at for count
    std::string alias {};
};

struct AggregateOrder {
    std::string alias {};
    bool descending {};
};

struct AggregateQuery {
    TableId table {};
    std::vector<Link> links {};
    Filter filter {};
    std::vector<AggregateGroup> groups {};
    std::vector<AggregateFigure> figures {};
    std::vector<AggregateOrder> orders {};
    std::optional<std::int64_t> limit {};
};

// One answer row: a value for each group, then for each figure.
struct AggregateRow {
    std::vector<Value> groups {};
    std::vector<Value> figures {};
};

inline constexpr std::int64_t aggregate_rows_max = 50'000;

// "AggregateQueryRecordLimitExceeded" above 50,000 input rows when `limited` (web-api.md 2.13).
enum class AggregateLimit : std::uint8_t { none, rows_of_clients };
Result<std::vector<AggregateRow>> aggregate_rows(
    ReadContext&, Caller const&, AggregateQuery const&, AggregateLimit = AggregateLimit::none);

}
