#include "core/text.h"
#include "core/zones.h"
#include "platform/query/date_range.h"
#include "platform/query/filter_sql.h"
#include "platform/query/value_sql.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

constexpr std::size_t list_max = 5'000;

std::string like_pattern(std::string_view text)
{
    std::string result;
    for (auto const letter : text) {
        if (letter == '%' || letter == '_' || letter == '\\') {
            result += '\\';
        }
        result += letter;
    }
    return result;
}

// Empty for what is no comparison.
std::string_view comparison_sign(Operator op)
{
    return op == Operator::equal           ? "="
        : op == Operator::not_equal        ? "<>"
        : op == Operator::less             ? "<"
        : op == Operator::less_or_equal    ? "<="
        : op == Operator::greater          ? ">"
        : op == Operator::greater_or_equal ? ">="
                                           : "";
}

bool is_of_hierarchy(Operator op) { return op >= Operator::above && op <= Operator::not_under; }

class ConditionCompiler {
public:
    ConditionCompiler(Scope& scope, Filter const& filter, Operand operand)
        : m_scope(scope)
        , m_filter(filter)
        , m_operand(std::move(operand))
    {
    }

    Result<std::string> compile(Operator op)
    {
        if (m_filter.right) {
            return compare_columns(op);
        }
        if (is_date_operator(op)) {
            return in_date_range(op);
        }
        TRY(check_value_count(op));
        switch (operator_info(op).operands) {
        case Operands::none:
            return without_value(op);
        case Operands::one:
            return with_value(op);
        case Operands::two:
            return between(op);
        case Operands::many:
            return with_list(op);
        }
        std::unreachable();
    }

private:
    Parameters& parameters() { return m_scope.compiling().parameters; }
    Caller const& caller() { return m_scope.compiling().caller; }
    Column const& column() const { return *m_operand.column; }
    std::string const& sql() const { return m_operand.sql; }
    // What text comparisons look at.
    std::string const& compared() const
    {
        return m_operand.folded.empty() ? m_operand.sql : m_operand.folded;
    }

    std::string or_null(std::string condition) const
    {
        return m_operand.is_nullable ? fmt::format("({} is null or {})", sql(), condition)
                                     : condition;
    }

    Result<void> check_value_count(Operator op) const
    {
        auto const operands = operator_info(op).operands;
        auto const count = m_filter.values.size();
        auto const fits = operands == Operands::none ? count == 0
            : operands == Operands::one              ? count == 1
            : operands == Operands::two              ? count == 2
                                                     : count <= list_max;
        if (fits) {
            return {};
        }
        return invalid("QueryBuilderInvalid_Value",
            fmt::format("The operator '{}' got {} values.", operator_name(op), count),
            column().name);
    }

    Refusal unfit(Operator op) const
    {
        return invalid("QueryBuilderBad_Condition",
            fmt::format("The operator '{}' does not fit the column '{}'.", operator_name(op),
                column().name),
            column().name);
    }

    // A single value, ready to stand right of a comparison.
    Result<std::string> bound(Value const& value)
    {
        switch (storage_of(column())) {
        case Storage::number: {
            auto const number = TRY(stored_number(column(), value));
            return parameters().add(number.number);
        }
        case Storage::id:
            return parameters().add(TRY(stored_id(column(), value)));
        case Storage::text:
        case Storage::bytes:
            return parameters().add(TRY(comparable_text(value)));
        }
        std::unreachable();
    }

    Result<std::string> comparable_text(Value const& value)
    {
        auto text = TRY(stored_text(column(), value));
        if (column().has_folded) {
            return text::fold(text);
        }
        return column().is_text() ? text::to_lower_ascii(text) : text;
    }

    Result<std::string> without_value(Operator op)
    {
        if (op == Operator::is_null || op == Operator::is_not_null) {
            return fmt::format("{} is {}null", sql(), op == Operator::is_null ? "" : "not ");
        }
        if (op == Operator::not_equal_user || op == Operator::not_equal_business_unit) {
            return or_null("not " + TRY(without_value(*complement(op))));
        }
        auto const& rights = caller().rights;
        auto ids = rights ? rights->teams : std::vector<Id> {};
        if (op == Operator::equal_user) {
            ids = { caller().user };
        } else if (op == Operator::equal_business_unit) {
            ids = { rights ? rights->unit : Id {} };
        } else if (op == Operator::equal_user_or_teams) {
            ids.push_back(caller().user);
        } else if (op != Operator::equal_user_teams) {
            return unfit(op);
        }
        return among(ids);
    }

    Result<std::string> among(std::vector<Id> const& ids)
    {
        if (storage_of(column()) != Storage::id) {
            return invalid("QueryBuilderBad_Condition",
                "The operator needs a column that points at users, teams or units.", column().name);
        }
        return ids.empty() ? std::string("1 = 0")
                           : fmt::format("({} in ({}))", sql(), parameters().add_all(ids));
    }

    Result<std::string> with_value(Operator op)
    {
        auto const& value = m_filter.values[0];
        if (op == Operator::equal || op == Operator::not_equal) {
            return equality(op, value);
        }
        if (!comparison_sign(op).empty()) {
            return comparison(op, value);
        }
        if (is_of_hierarchy(op)) {
            return hierarchy_sql(m_scope, m_operand, m_filter);
        }
        return operator_info(op).keeps_null ? negative_text(op, value) : text_match(op, value);
    }

    Result<std::string> equality(Operator op, Value const& value)
    {
        if (value.is_null()) {
            return without_value(op == Operator::equal ? Operator::is_null : Operator::is_not_null);
        }
        if (storage_of(column()) == Storage::number
            && !TRY(stored_number(column(), value)).is_exact) {
            // No stored value has that many digits.
            return std::string(op == Operator::equal ? "1 = 0" : "1 = 1");
        }
        auto same = fmt::format("{} = {}", compared(), TRY(bound(value)));
        if (auto const* lookup = value.as_lookup();
            lookup && lookup->table != TableId {} && !m_operand.target_number.empty()) {
            same = fmt::format("({} and {} = {})", same, m_operand.target_number,
                static_cast<std::uint32_t>(lookup->table));
        }
        return op == Operator::equal ? same : or_null("not (" + same + ")");
    }

    Result<std::string> comparison(Operator op, Value const& value)
    {
        if (value.is_null()) {
            return std::string("1 = 0");
        }
        // Ids have an order, by which a table is walked in parts; references have none.
        auto const has_order =
            storage_of(column()) != Storage::id || column().type == ColumnType::id;
        if (!has_order || column().type == ColumnType::choices) {
            return unfit(op);
        }
        if (storage_of(column()) == Storage::number
            && !TRY(stored_number(column(), value)).is_exact) {
            // The bound was rounded down: below 2.005 means up to 2.00, above it means more
            // than 2.00.
            op = op == Operator::less              ? Operator::less_or_equal
                : op == Operator::greater_or_equal ? Operator::greater
                                                   : op;
        }
        return fmt::format("{} {} {}", compared(), comparison_sign(op), TRY(bound(value)));
    }

    Result<std::string> negative_text(Operator op, Value const& value)
    {
        auto const positive = complement(op);
        if (!positive) {
            return unfit(op);
        }
        return or_null("not (" + TRY(text_match(*positive, value)) + ")");
    }

    Result<std::string> text_match(Operator op, Value const& value)
    {
        if (storage_of(column()) != Storage::text) {
            return unfit(op);
        }
        auto const text = TRY(comparable_text(value));
        auto const is_sqlite = m_scope.compiling().dialect == Dialect::sqlite;
        if (op == Operator::contains) {
            return is_sqlite ? fmt::format("instr({}, {}) > 0", compared(), parameters().add(text))
                             : like("%" + like_pattern(text) + "%");
        }
        if (op == Operator::begins_with) {
            return starts(text);
        }
        if (op == Operator::ends_with) {
            return like("%" + like_pattern(text));
        }
        return op == Operator::like ? like_operator(text) : Result<std::string>(unfit(op));
    }

    std::string like(std::string pattern)
    {
        return fmt::format(
            "{} like {} escape '\\'", compared(), parameters().add(std::move(pattern)));
    }

    // A range, so that an index serves it; U+10FFFF sorts after every other character.
    std::string starts(std::string const& text)
    {
        if (text.empty()) {
            return fmt::format("{} is not null", sql());
        }
        return fmt::format("({0} >= {1} and {0} < {2})", compared(), parameters().add(text),
            parameters().add(text + "\xf4\x8f\xbf\xbf"));
    }

    // The common shapes of a pattern use what is faster than LIKE.
    Result<std::string> like_operator(std::string_view pattern)
    {
        auto const inner =
            pattern.substr(0, pattern.ends_with('%') ? pattern.size() - 1 : pattern.size());
        if (pattern.ends_with('%') && inner.find_first_of("%_\\") == std::string_view::npos) {
            return starts(std::string(inner));
        }
        std::string escaped;
        for (auto const letter : pattern) {
            escaped += letter == '\\' ? "\\\\" : std::string(1, letter);
        }
        return like(escaped);
    }

    Result<std::string> between(Operator op)
    {
        auto const low = TRY(comparison(Operator::greater_or_equal, m_filter.values[0]));
        auto const high = TRY(comparison(Operator::less_or_equal, m_filter.values[1]));
        auto const inside = fmt::format("({} and {})", low, high);
        return op == Operator::between ? inside : or_null("not " + inside);
    }

    Result<std::string> with_list(Operator op)
    {
        if (op == Operator::contain_values || op == Operator::not_contain_values) {
            return contains_values(op);
        }
        std::string list;
        for (auto const& value : m_filter.values) {
            if (value.is_null()
                || (storage_of(column()) == Storage::number
                    && !TRY(stored_number(column(), value)).is_exact)) {
                continue; // Nothing equals it.
            }
            list += list.empty() ? "" : ", ";
            list += TRY(bound(value));
        }
        if (list.empty()) {
            return std::string(op == Operator::in ? "1 = 0" : "1 = 1");
        }
        auto const inside = fmt::format("{} in ({})", compared(), list);
        return op == Operator::in ? inside : or_null("not (" + inside + ")");
    }

    // Several choices are kept as "1,9".
    Result<std::string> contains_values(Operator op)
    {
        if (column().type != ColumnType::choices) {
            return unfit(op);
        }
        std::vector<std::string> parts;
        for (auto const& value : m_filter.values) {
            auto const pattern = parameters().add("%," + TRY(stored_text(column(), value)) + ",%");
            parts.push_back(fmt::format("',' || {} || ',' like {}", sql(), pattern));
        }
        auto const any = parts.empty() ? std::string("1 = 0") : "(" + joined(parts, " or ") + ")";
        return op == Operator::contain_values ? any : or_null("not " + any);
    }

    Result<std::string> in_date_range(Operator op)
    {
        auto const is_date = column().type == ColumnType::date;
        if (!is_date && column().type != ColumnType::date_time) {
            return unfit(op);
        }
        auto const& zone = caller().time_zone;
        auto const now = m_scope.compiling().now;
        std::int64_t count = 0;
        Date day {};
        if (operator_info(op).operands == Operands::one) {
            TRY(check_value_count(op));
            auto const& value = m_filter.values[0];
            if (auto const* number = value.as_integer()) {
                count = *number;
            } else if (auto const* date = value.as_date()) {
                day = *date;
            } else if (auto const* moment = value.as_timestamp()) {
                day = TRY(zones::local_date(*moment, zone));
            } else {
                return invalid("QueryBuilderInvalid_Value",
                    fmt::format("The operator '{}' needs a day or a number.", operator_name(op)),
                    column().name);
            }
        }
        auto const range = TRY(date_range(op, { now, zone }, count, day));
        std::vector<std::string> parts;
        if (range.from) {
            parts.push_back(fmt::format(
                "{} >= {}", sql(), parameters().add(TRY(boundary(*range.from, false)))));
        }
        if (range.to) {
            parts.push_back(
                fmt::format("{} < {}", sql(), parameters().add(TRY(boundary(*range.to, true)))));
        }
        return "(" + joined(parts, " and ") + ")";
    }

    // Days for date columns, microseconds for the others. An exact moment includes its own day in a
    // date column.
    Result<std::int64_t> boundary(Boundary const& boundary, bool is_end)
    {
        auto const& zone = caller().time_zone;
        auto const is_zoneless = column().behavior == DateBehavior::zone_independent;
        if (boundary.midnight) {
            if (column().type == ColumnType::date) {
                return std::int64_t { boundary.midnight->days };
            }
            return is_zoneless
                ? Timestamp::at_midnight_utc(*boundary.midnight).microseconds
                : TRY(zones::start_of_local_day(*boundary.midnight, zone)).microseconds;
        }
        if (column().type != ColumnType::date && !is_zoneless) {
            return boundary.moment->microseconds;
        }
        auto const local = TRY(zones::local_date(*boundary.moment, zone));
        if (column().type == ColumnType::date) {
            return std::int64_t { local.days + (is_end ? 1 : 0) };
        }
        // The wall clock of the caller: the moment's distance from its local midnight, on the
        // zoneless scale.
        auto const midnight = TRY(zones::start_of_local_day(local, zone));
        return Timestamp::at_midnight_utc(local).microseconds + boundary.moment->microseconds
            - midnight.microseconds;
    }

    Result<std::string> compare_columns(Operator op)
    {
        auto const right = TRY(m_scope.operand(*m_filter.right));
        auto const& other = *right.column;
        if (storage_of(other) != storage_of(column()) || other.scale != column().scale
            || (storage_of(other) == Storage::number
                && (other.type == ColumnType::date) != (column().type == ColumnType::date))) {
            return invalid("QueryBuilderBad_Condition",
                fmt::format("'{}' and '{}' cannot be compared.", column().name, other.name),
                column().name);
        }
        // Folded with folded, otherwise both lowered, so that the sides stay comparable.
        auto const is_text = column().is_text() && other.is_text();
        auto const both_folded = column().has_folded && other.has_folded;
        auto const side = [&](Operand const& operand) {
            return !is_text   ? operand.sql
                : both_folded ? operand.folded
                              : fmt::format("lower({})", operand.sql);
        };
        if (op == Operator::not_equal) {
            return fmt::format("{} is distinct from {}", side(m_operand), side(right));
        }
        if (comparison_sign(op).empty()) {
            return unfit(op);
        }
        return fmt::format("{} {} {}", side(m_operand), comparison_sign(op), side(right));
    }

    Scope& m_scope;
    Filter const& m_filter;
    Operand m_operand;
};

}

Result<std::string> condition_sql(Scope& scope, Filter const& filter, bool negated)
{
    auto operand = TRY(scope.operand(filter.left));
    ConditionCompiler compiler { scope, filter, operand };
    if (!negated) {
        return compiler.compile(filter.op);
    }
    if (auto const opposite = complement(filter.op)) {
        return compiler.compile(*opposite);
    }
    // No operator of its own: the negation keeps nulls, as every negative operator does.
    auto const positive = TRY(compiler.compile(filter.op));
    return fmt::format("({} is null or not ({}))", operand.sql, positive);
}

}
