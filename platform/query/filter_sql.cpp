#include "platform/query/filter_sql.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

constexpr int conditions_max = 500;
// Deeper nesting than this is an attack on the stack, not a question.
constexpr int nesting_max = 64;

class FilterCompiler {
public:
    explicit FilterCompiler(Scope& scope) : m_scope(scope) { }

    Result<std::string> compile(Filter const& filter, bool negated, int depth)
    {
        if (depth > nesting_max) {
            return invalid("TooManyConditionsInQuery", "The filter is nested too deeply.");
        }
        switch (filter.kind) {
        case Filter::Kind::all:
            return negated ? list(filter, " or ", true, depth)
                           : list(filter, " and ", false, depth);
        case Filter::Kind::any:
            return negated ? list(filter, " and ", true, depth)
                           : list(filter, " or ", false, depth);
        case Filter::Kind::negation:
            return compile(filter.children.at(0), !negated, depth + 1);
        case Filter::Kind::condition:
            TRY(count());
            return condition_sql(m_scope, filter, negated);
        case Filter::Kind::related:
            TRY(count());
            return related(filter, negated, depth);
        }
        std::unreachable();
    }

private:
    Result<void> count()
    {
        if (++m_scope.compiling().condition_count > conditions_max) {
            return invalid("TooManyConditionsInQuery",
                fmt::format("A query may hold {} conditions at most.", conditions_max));
        }
        return {};
    }

    Result<std::string> list(Filter const& filter, std::string_view word, bool negated, int depth)
    {
        std::vector<std::string> parts;
        for (auto const& child : filter.children) {
            parts.push_back(TRY(compile(child, negated, depth + 1)));
        }
        if (parts.empty()) {
            // An empty list is the neutral element of its word: true for and, false for or.
            return std::string(word == " and " ? "1 = 1" : "1 = 0");
        }
        return parts.size() == 1 ? parts[0] : "(" + joined(parts, word) + ")";
    }

    Result<std::string> related(Filter const& filter, bool negated, int depth)
    {
        if (!filter.related) {
            return internal("bad_query", "A condition on related rows lacks its relationship.");
        }
        auto const owner = TRY(m_scope.walk(filter.related_from, filter.left.link));
        auto const& schema = m_scope.compiling().schema;
        if (filter.related->match) {
            return (negated ? "not " : "") + TRY(matched(owner, *filter.related, depth));
        }
        auto const* relationship = schema.find_one_to_many(filter.related->relationship);
        auto exists = relationship && relationship->parent == owner.table->id
            ? TRY(one_to_many(owner, *relationship, *filter.related, depth))
            : TRY(many_to_many(owner, *filter.related, depth));
        return (negated ? "not " : "") + exists;
    }

    Result<std::string> one_to_many(
        Source const& owner, OneToMany const& relationship, Related const& related, int depth)
    {
        auto& compiling = m_scope.compiling();
        auto const& child = compiling.schema.table(relationship.child);
        TRY(require_read(compiling, child));
        Scope inner { compiling, child };
        auto const& lookup = child.column(relationship.column);
        auto conditions =
            std::vector { fmt::format("{} = {}", inner.root().stored(lookup), owner.id()) };
        if (lookup.is_polymorphic()) {
            conditions.push_back(fmt::format("{} = {}", inner.root().target_number(lookup),
                static_cast<std::uint32_t>(relationship.parent)));
        }
        return finished(inner, std::move(conditions), related.where, depth);
    }

    Result<std::string> matched(Source const& owner, Related const& related, int depth)
    {
        auto& compiling = m_scope.compiling();
        auto const& other = compiling.schema.table(related.table);
        TRY(require_read(compiling, other));
        Scope inner { compiling, other };
        auto condition = join_condition({ owner, owner.table->column(related.match->here) },
            { inner.root(), other.column(related.match->there) });
        return finished(inner, { std::move(condition) }, related.where, depth);
    }

    Result<std::string> many_to_many(Source const& owner, Related const& related, int depth)
    {
        auto& compiling = m_scope.compiling();
        auto const* relationship = compiling.schema.find_many_to_many(related.relationship);
        auto const joins_owner = relationship
            && (relationship->first == owner.table->id || relationship->second == owner.table->id);
        if (!joins_owner) {
            return internal("bad_query",
                fmt::format("'{}' is not a relationship of '{}'.", related.relationship,
                    owner.table->name));
        }
        auto const owner_is_first = relationship->first == owner.table->id;
        auto const& other =
            compiling.schema.table(owner_is_first ? relationship->second : relationship->first);
        TRY(require_read(compiling, other));
        auto const& intersect = compiling.schema.table(relationship->intersect);
        auto const pair = compiling.new_alias();
        auto const side = [&](bool first) {
            return column_of(pair,
                intersect.column(first ? relationship->first_column : relationship->second_column)
                    .name);
        };
        Scope inner { compiling, other };
        auto conditions = std::vector {
            fmt::format("exists (select 1 from {} {} where {} = {} and {} = {})",
                quoted(intersect.name), pair, side(owner_is_first), owner.id(),
                side(!owner_is_first), inner.root().id()),
        };
        return finished(inner, std::move(conditions), related.where, depth);
    }

    static Result<std::string> finished(
        Scope& inner, std::vector<std::string> conditions, Filter const& where, int depth)
    {
        if (auto access = read_access(inner.compiling(), inner.root()).predicate();
            !access.empty()) {
            conditions.push_back(std::move(access));
        }
        if (!where.is_true()) {
            conditions.push_back(TRY(FilterCompiler(inner).compile(where, false, depth + 1)));
        }
        return fmt::format(
            "exists (select 1 from {} where {})", inner.from(), joined(conditions, " and "));
    }

    Scope& m_scope;
};

}

Result<std::string> filter_sql(Scope& scope, Filter const& filter)
{
    if (filter.is_true()) {
        return std::string {};
    }
    return FilterCompiler(scope).compile(filter, false, 0);
}

std::optional<Operator> complement(Operator op)
{
    struct Pair {
        Operator one;
        Operator other;
    };
    constexpr auto pairs = std::to_array<Pair>({
        { Operator::equal, Operator::not_equal },
        { Operator::less, Operator::greater_or_equal },
        { Operator::less_or_equal, Operator::greater },
        { Operator::in, Operator::not_in },
        { Operator::between, Operator::not_between },
        { Operator::is_null, Operator::is_not_null },
        { Operator::contains, Operator::not_contains },
        { Operator::begins_with, Operator::not_begins_with },
        { Operator::ends_with, Operator::not_ends_with },
        { Operator::like, Operator::not_like },
        { Operator::equal_user, Operator::not_equal_user },
        { Operator::equal_business_unit, Operator::not_equal_business_unit },
        { Operator::contain_values, Operator::not_contain_values },
    });
    for (auto const& [one, other] : pairs) {
        if (op == one || op == other) {
            return op == one ? other : one;
        }
    }
    return std::nullopt;
}

}
