#include "platform/query/query.h"

namespace cashline {

Filter Filter::condition(ColumnPath left, Operator op, std::vector<Value> values)
{
    Filter filter;
    filter.kind = Kind::condition;
    filter.left = std::move(left);
    filter.op = op;
    filter.values = std::move(values);
    return filter;
}

namespace {

// Joins two filters flat: (a and b) and c stays one list, so that long lists do not nest.
Filter joined(Filter::Kind kind, Filter left, Filter right)
{
    if (left.kind != kind || left.children.empty()) {
        Filter list;
        list.kind = kind;
        list.children.push_back(std::move(left));
        left = std::move(list);
    }
    if (right.kind == kind && !right.children.empty()) {
        for (auto& child : right.children) {
            left.children.push_back(std::move(child));
        }
        return left;
    }
    left.children.push_back(std::move(right));
    return left;
}

}

Filter operator&&(Filter left, Filter right)
{
    if (left.is_true()) {
        return right;
    }
    if (right.is_true()) {
        return left;
    }
    return joined(Filter::Kind::all, std::move(left), std::move(right));
}

Filter operator||(Filter left, Filter right)
{
    if (left.is_true() || right.is_true()) {
        return {};
    }
    return joined(Filter::Kind::any, std::move(left), std::move(right));
}

Filter operator!(Filter filter)
{
    if (filter.kind == Filter::Kind::negation) {
        return std::move(filter.children.front());
    }
    Filter negation;
    negation.kind = Filter::Kind::negation;
    negation.children.push_back(std::move(filter));
    return negation;
}

Query Query::from(TableId table)
{
    Query query;
    query.table = table;
    return query;
}

Query&& Query::select(std::vector<ColumnHandle> handles) &&
{
    for (auto const& handle : handles) {
        columns.push_back(handle.index);
    }
    return std::move(*this);
}

Query&& Query::where(Filter added) &&
{
    filter = std::move(filter) && std::move(added);
    return std::move(*this);
}

Query&& Query::order_by(ColumnPath column) &&
{
    orders.push_back({ .column = std::move(column) });
    return std::move(*this);
}

Query&& Query::order_by_descending(ColumnPath column) &&
{
    orders.push_back({ .column = std::move(column), .descending = true });
    return std::move(*this);
}

Query&& Query::top(std::int64_t count) &&
{
    limit = count;
    return std::move(*this);
}

Filter operator==(TextColumn const& column, std::string_view text)
{
    return Filter::condition(column, Operator::equal, { Value(text) });
}

Filter operator==(WholeColumn const& column, std::int64_t number)
{
    return Filter::condition(column, Operator::equal, { Value(number) });
}

Filter operator==(YesNoColumn const& column, bool claim)
{
    return Filter::condition(column, Operator::equal, { Value(claim) });
}

Filter operator==(IdColumn const& column, Id id)
{
    return Filter::condition(column, Operator::equal, { Value(id) });
}

Filter operator==(LookupColumn const& column, Lookup target)
{
    return Filter::condition(column, Operator::equal, { Value(target) });
}

Filter operator==(LookupColumn const& column, Id id)
{
    return Filter::condition(column, Operator::equal, { Value(id) });
}

Filter operator==(DateColumn const& column, Date date)
{
    return Filter::condition(column, Operator::equal, { Value(date) });
}

Filter operator<(DateColumn const& column, Date date)
{
    return Filter::condition(column, Operator::less, { Value(date) });
}

Filter operator<=(DateColumn const& column, Date date)
{
    return Filter::condition(column, Operator::less_or_equal, { Value(date) });
}

Filter operator>(DateColumn const& column, Date date)
{
    return Filter::condition(column, Operator::greater, { Value(date) });
}

Filter operator>=(DateColumn const& column, Date date)
{
    return Filter::condition(column, Operator::greater_or_equal, { Value(date) });
}

Filter operator<(DateTimeColumn const& column, Timestamp moment)
{
    return Filter::condition(column, Operator::less, { Value(moment) });
}

Filter operator<=(DateTimeColumn const& column, Timestamp moment)
{
    return Filter::condition(column, Operator::less_or_equal, { Value(moment) });
}

Filter operator>(DateTimeColumn const& column, Timestamp moment)
{
    return Filter::condition(column, Operator::greater, { Value(moment) });
}

Filter operator>=(DateTimeColumn const& column, Timestamp moment)
{
    return Filter::condition(column, Operator::greater_or_equal, { Value(moment) });
}

Filter operator==(MoneyColumn const& column, Amount amount)
{
    return Filter::condition(column, Operator::equal, { Value(amount) });
}

Filter operator>(MoneyColumn const& column, Amount amount)
{
    return Filter::condition(column, Operator::greater, { Value(amount) });
}

Filter is_null(ColumnHandle const& column) { return Filter::condition(column, Operator::is_null); }

Filter is_not_null(ColumnHandle const& column)
{
    return Filter::condition(column, Operator::is_not_null);
}

Filter is_in(ColumnHandle const& column, std::vector<Value> values)
{
    return Filter::condition(column, Operator::in, std::move(values));
}

Filter contains(TextColumn const& column, std::string_view text)
{
    return Filter::condition(column, Operator::contains, { Value(text) });
}

}
