#include "platform/query/aggregate.h"

#include "core/zones.h"
#include "platform/query/execute.h"
#include "platform/query/filter_sql.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace cashline {

namespace {

// Digits of an average behind the point; the real service shows nine or more.
constexpr std::uint8_t average_scale = 10;
// Moments are grouped by quarter hours first: no time zone's day begins between two of them.
constexpr std::int64_t quarter_hour = 900'000'000;

using Sum = __int128;

// One figure of one group while it is put together.
struct Accumulator {
    Sum sum {};
    std::int64_t count {};
    Value extreme {};
};

struct Partial {
    std::vector<Value> groups {};
    std::vector<Accumulator> figures {};
};

bool is_number(Column const& column)
{
    return storage_of(column) == Storage::number && column.type != ColumnType::date
        && column.type != ColumnType::date_time && column.type != ColumnType::yes_no;
}

// Numbers, dates and texts in their order; a null is no extreme.
bool is_less(Value const& left, Value const& right)
{
    if (left.as_integer() && right.as_integer()) {
        return *left.as_integer() < *right.as_integer();
    }
    if (left.as_decimal() && right.as_decimal()) {
        return *left.as_decimal() < *right.as_decimal();
    }
    if (left.as_amount() && right.as_amount()) {
        return *left.as_amount() < *right.as_amount();
    }
    if (left.as_timestamp() && right.as_timestamp()) {
        return *left.as_timestamp() < *right.as_timestamp();
    }
    if (left.as_date() && right.as_date()) {
        return *left.as_date() < *right.as_date();
    }
    if (left.as_text() && right.as_text()) {
        return *left.as_text() < *right.as_text();
    }
    if (left.as_bool() && right.as_bool()) {
        return *left.as_bool() < *right.as_bool();
    }
    if (left.as_lookup() && right.as_lookup()) {
        return *left.as_lookup() < *right.as_lookup();
    }
    return left.is_null() && !right.is_null();
}

bool is_less_in_all(std::vector<Value> const& left, std::vector<Value> const& right)
{
    return std::ranges::lexicographical_compare(left, right, is_less);
}

std::int64_t part_of(DatePart part, Date day)
{
    switch (part) {
    case DatePart::day:
        return day.day();
    case DatePart::week: {
        // Weeks begin on Sunday; the week of 1 January is the first.
        auto const first = Date::of(day.year(), 1, 1);
        return (day.days - first.days + static_cast<std::int32_t>(first.weekday())) / 7 + 1;
    }
    case DatePart::month:
        return day.month();
    case DatePart::quarter:
        return (day.month() + 2) / 3;
    case DatePart::year:
        return day.year();
    case DatePart::none:
        break;
    }
    return 0;
}

class AggregateCompiler {
public:
    AggregateCompiler(ReadContext& context, Caller const& caller, AggregateQuery const& query)
        : m_context(context)
        , m_query(query)
        , m_compiling { .schema = context.schema,
            .caller = caller,
            .dialect = context.sql.dialect(),
            .now = context.now }
        , m_scope(m_compiling, context.schema.table(query.table))
    {
    }

    Result<std::vector<AggregateRow>> run()
    {
        TRY(require_read(m_compiling, *m_scope.root().table));
        TRY(m_scope.add_links(m_query.links));
        for (auto const& group : m_query.groups) {
            TRY(add_group(group));
        }
        for (auto const& figure : m_query.figures) {
            TRY(add_figure(figure));
        }
        auto const sql = TRY(statement());
        auto groups = TRY(read(sql));
        return ordered(TRY(finished(std::move(groups))));
    }

private:
    struct Group {
        Operand operand {};
        DatePart part {};
        int at {};
        int table_at { -1 };
    };
    struct Figure {
        Operand operand {};
        AggregateMethod method {};
        int at {};
    };

    int add(std::string expression)
    {
        m_select.push_back(std::move(expression));
        return static_cast<int>(m_select.size()) - 1;
    }

    Result<void> add_group(AggregateGroup const& asked)
    {
        Group group { .operand = TRY(m_scope.operand(asked.column)), .part = asked.part };
        auto const& operand = group.operand;
        auto key = operand.folded.empty() ? operand.sql : operand.folded;
        if (group.part != DatePart::none) {
            if (operand.column->type == ColumnType::date_time) {
                key = fmt::format("({0} - (({0} % {1}) + {1}) % {1})", operand.sql, quarter_hour);
            } else if (operand.column->type != ColumnType::date) {
                return invalid("QueryBuilderInvalidDateGrouping",
                    fmt::format(
                        "'{}' is no date and cannot be grouped by parts of it.", asked.alias));
            }
        }
        m_group_by.push_back(key);
        // Texts that differ only in case are one group and show one of its spellings.
        group.at = add(operand.folded.empty() ? key : fmt::format("min({})", operand.sql));
        if (!operand.target_number.empty()) {
            m_group_by.push_back(operand.target_number);
            group.table_at = add(operand.target_number);
        }
        m_groups.push_back(std::move(group));
        return {};
    }

    Result<void> add_figure(AggregateFigure const& asked)
    {
        Figure figure { .method = asked.method };
        if (asked.method == AggregateMethod::count) {
            figure.at = add("count(*)");
            m_figures.push_back(std::move(figure));
            return {};
        }
        figure.operand = TRY(m_scope.operand(asked.column));
        auto const& sql = figure.operand.sql;
        switch (asked.method) {
        case AggregateMethod::count_column:
            figure.at = add(fmt::format("count({})", sql));
            break;
        case AggregateMethod::count_distinct:
            figure.at = add(fmt::format(
                "count(distinct {})", figure.operand.folded.empty() ? sql : figure.operand.folded));
            break;
        case AggregateMethod::min:
        case AggregateMethod::max:
            figure.at = add(
                fmt::format("{}({})", asked.method == AggregateMethod::min ? "min" : "max", sql));
            break;
        case AggregateMethod::sum:
        case AggregateMethod::average:
            TRY(add_sum(figure));
            break;
        case AggregateMethod::count:
            break;
        }
        m_figures.push_back(std::move(figure));
        return {};
    }

    // High and low halves are added apart, since a sum of 64-bit numbers does not fit into 64 bits.
    Result<void> add_sum(Figure& figure)
    {
        auto const& column = *figure.operand.column;
        if (!is_number(column)) {
            return invalid("AttributeCannotBeUsedInAggregate",
                fmt::format("'{}' is no number and cannot be summed up.", column.name),
                column.name);
        }
        auto const number = fmt::format("cast({} as bigint)", figure.operand.sql);
        figure.at = add(fmt::format("cast(sum({} >> 32) as bigint)", number));
        add(fmt::format("cast(sum({} & 4294967295) as bigint)", number));
        add(fmt::format("count({})", figure.operand.sql));
        return {};
    }

    Result<std::string> statement()
    {
        std::vector<std::string> conditions;
        if (auto filter = TRY(filter_sql(m_scope, m_query.filter)); !filter.empty()) {
            conditions.push_back(std::move(filter));
        }
        if (auto access = read_access(m_compiling, m_scope.root()).predicate(); !access.empty()) {
            conditions.push_back(std::move(access));
        }
        auto sql = fmt::format(
            "select {} from {}", m_select.empty() ? "1" : joined(m_select, ", "), m_scope.from());
        if (!conditions.empty()) {
            sql += " where " + joined(conditions, " and ");
        }
        if (!m_group_by.empty()) {
            sql += " group by " + joined(m_group_by, ", ");
        }
        return sql;
    }

    Result<std::vector<Partial>> read(std::string const& sql)
    {
        std::vector<Partial> partials;
        std::optional<Error> error;
        TRY(m_context.sql.each(sql, m_compiling.parameters.values(), [&](SqlRow const& row) {
            auto partial = read_partial(row);
            if (!partial) {
                error = partial.error();
                return Walk::stop;
            }
            partials.push_back(std::move(*partial));
            return Walk::on;
        }));
        if (error) {
            return std::unexpected(*error);
        }
        return partials;
    }

    Result<Partial> read_partial(SqlRow const& row) const
    {
        Partial partial;
        for (auto const& group : m_groups) {
            auto value = read_value(*group.operand.column, row, group.at, group.table_at);
            partial.groups.push_back(TRY(grouped(group, std::move(value))));
        }
        for (auto const& figure : m_figures) {
            Accumulator accumulator;
            if (is_extreme(figure)) {
                accumulator.extreme = read_value(*figure.operand.column, row, figure.at, -1);
            } else if (is_sum(figure)) {
                accumulator.sum =
                    Sum { row.integer(figure.at) } * (Sum { 1 } << 32) + row.integer(figure.at + 1);
                accumulator.count = row.integer(figure.at + 2);
            } else {
                accumulator.count = row.integer(figure.at);
            }
            partial.figures.push_back(std::move(accumulator));
        }
        return partial;
    }

    Result<Value> grouped(Group const& group, Value value) const
    {
        if (group.part == DatePart::none || value.is_null()) {
            return value;
        }
        if (auto const* day = value.as_date()) {
            return Value(part_of(group.part, *day));
        }
        auto const zone = group.operand.column->behavior == DateBehavior::user_local
            ? std::string_view(m_compiling.caller.time_zone)
            : "UTC";
        return Value(part_of(group.part, TRY(zones::local_date(*value.as_timestamp(), zone))));
    }

    static bool is_extreme(Figure const& figure)
    {
        return figure.method == AggregateMethod::min || figure.method == AggregateMethod::max;
    }
    static bool is_sum(Figure const& figure)
    {
        return figure.method == AggregateMethod::sum || figure.method == AggregateMethod::average;
    }

    // Joins the groups that parts of dates made equal.
    Result<std::vector<AggregateRow>> finished(std::vector<Partial> partials) const
    {
        auto const has_parts = std::ranges::any_of(
            m_groups, [](Group const& group) { return group.part != DatePart::none; });
        auto const has_distinct = std::ranges::any_of(m_figures,
            [](Figure const& figure) { return figure.method == AggregateMethod::count_distinct; });
        if (has_parts && has_distinct) {
            return invalid("QueryBuilderInvalidDateGrouping",
                "Different values cannot be counted in groups of date parts.");
        }
        std::ranges::sort(partials, is_less_in_all, &Partial::groups);
        std::vector<Partial> merged;
        for (auto& partial : partials) {
            if (merged.empty() || merged.back().groups != partial.groups) {
                merged.push_back(std::move(partial));
                continue;
            }
            for (std::size_t index = 0; index < m_figures.size(); ++index) {
                merge(m_figures[index], merged.back().figures[index], partial.figures[index]);
            }
        }
        std::vector<AggregateRow> rows;
        for (auto& partial : merged) {
            AggregateRow row { .groups = std::move(partial.groups) };
            for (std::size_t index = 0; index < m_figures.size(); ++index) {
                row.figures.push_back(TRY(value_of(m_figures[index], partial.figures[index])));
            }
            rows.push_back(std::move(row));
        }
        return rows;
    }

    static void merge(Figure const& figure, Accumulator& into, Accumulator const& other)
    {
        into.sum += other.sum;
        into.count += other.count;
        auto const is_better = figure.method == AggregateMethod::max
            ? is_less(into.extreme, other.extreme)
            : is_less(other.extreme, into.extreme);
        if (!other.extreme.is_null() && (into.extreme.is_null() || is_better)) {
            into.extreme = other.extreme;
        }
    }

    static Result<Value> value_of(Figure const& figure, Accumulator const& accumulator)
    {
        if (is_extreme(figure)) {
            return accumulator.extreme;
        }
        if (!is_sum(figure)) {
            return Value(accumulator.count);
        }
        if (accumulator.count == 0) {
            return Value {};
        }
        Decimal const sum { accumulator.sum, figure.operand.column->scale };
        if (figure.method == AggregateMethod::sum) {
            return Value(sum);
        }
        return Value(TRY(
            sum.divided_by(Decimal::from(accumulator.count), average_scale, Rounding::half_away)));
    }

    Result<std::vector<AggregateRow>> ordered(std::vector<AggregateRow> rows) const
    {
        // The last order is applied first; stable sorting keeps it among equals.
        for (auto order = m_query.orders.rbegin(); order != m_query.orders.rend(); ++order) {
            auto const pick = TRY(picker(order->alias));
            std::ranges::stable_sort(
                rows, [&](AggregateRow const& left, AggregateRow const& right) {
                    return order->descending ? is_less(pick(right), pick(left))
                                             : is_less(pick(left), pick(right));
                });
        }
        if (m_query.limit && rows.size() > static_cast<std::size_t>(*m_query.limit)) {
            rows.resize(static_cast<std::size_t>(*m_query.limit));
        }
        return rows;
    }

    using Picker = std::function<Value const&(AggregateRow const&)>;

    Result<Picker> picker(std::string_view alias) const
    {
        auto const group = std::ranges::find(m_query.groups, alias, &AggregateGroup::alias);
        if (group != m_query.groups.end()) {
            auto const at = static_cast<std::size_t>(group - m_query.groups.begin());
            return Picker([at](AggregateRow const& row) -> Value const& { return row.groups[at]; });
        }
        auto const figure = std::ranges::find(m_query.figures, alias, &AggregateFigure::alias);
        if (figure != m_query.figures.end()) {
            auto const at = static_cast<std::size_t>(figure - m_query.figures.begin());
            return Picker(
                [at](AggregateRow const& row) -> Value const& { return row.figures[at]; });
        }
        return invalid("QueryBuilderAlias_Does_Not_Exist",
            fmt::format("'{}' is none of the query's aliases.", alias));
    }

    ReadContext& m_context;
    AggregateQuery const& m_query;
    Compiling m_compiling;
    Scope m_scope;
    std::vector<std::string> m_select {};
    std::vector<std::string> m_group_by {};
    std::vector<Group> m_groups {};
    std::vector<Figure> m_figures {};
};

}

Result<std::vector<AggregateRow>> aggregate_rows(
    ReadContext& context, Caller const& caller, AggregateQuery const& query, AggregateLimit limit)
{
    if (!context.schema.find(query.table)) {
        return internal("bad_query", "The query names a table that does not exist.");
    }
    if (limit == AggregateLimit::rows_of_clients) {
        auto input = Query::from(query.table);
        input.links = query.links;
        input.filter = query.filter;
        auto const rows = TRY(count_rows(context, caller, input, aggregate_rows_max + 1));
        if (rows > aggregate_rows_max) {
            return invalid("AggregateQueryRecordLimitExceeded",
                "The aggregate covers more than 50,000 rows; add a filter.");
        }
    }
    return AggregateCompiler(context, caller, query).run();
}

}
