// A query is a value. OData options, FetchXML, saved views, duplicate rules and the rules of the
// apps all become one Query; the compiler (platform/query/compiler.h) turns it into SQL for both
// databases and adds the caller's access predicate. to_text() prints it for tests and logs.
#pragma once

#include "platform/metadata/handles.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cashline {

enum class Operator : std::uint8_t {
    equal,
    not_equal, // negative operators keep rows whose column is null (web-api.md 2.9)
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    in,
    not_in,
    between,
    not_between,
    is_null,
    is_not_null,
    contains,
    not_contains,
    begins_with,
    not_begins_with,
    ends_with,
    not_ends_with,
    like,
    not_like,
    // Relative to the caller and the clock; resolved by the compiler.
    equal_user,
    not_equal_user,
    equal_business_unit,
    not_equal_business_unit,
    equal_user_teams,
    equal_user_or_teams,
    on,
    on_or_after,
    on_or_before,
    today,
    yesterday,
    tomorrow,
    last_seven_days,
    next_seven_days,
    last_x_hours,
    last_x_days,
    last_x_weeks,
    last_x_months,
    last_x_years,
    next_x_hours,
    next_x_days,
    next_x_weeks,
    next_x_months,
    next_x_years,
    older_than_x_minutes,
    older_than_x_hours,
    older_than_x_days,
    older_than_x_weeks,
    older_than_x_months,
    older_than_x_years,
    this_week,
    this_month,
    this_year,
    last_week,
    last_month,
    last_year,
    next_week,
    next_month,
    next_year,
    above,
    above_or_equal,
    under,
    under_or_equal,
    not_under,
    contain_values,
    not_contain_values,
};

// One step from a row to the row its lookup points at.
struct Hop {
    ColumnIndex lookup {};
    TableId target {};
    bool operator==(Hop const&) const = default;
};

struct ColumnPath {
    std::vector<Hop> hops {};
    ColumnIndex column {};
    std::int16_t link { -1 }; // begins at this link of the query (FetchXML), not at its row

    ColumnPath() = default;
    ColumnPath(ColumnIndex index) : column(index) { }
    ColumnPath(ColumnHandle const& handle) : column(handle.index) { }
};

struct Related;

struct Filter {
    enum class Kind : std::uint8_t { all, any, negation, condition, related };

    Kind kind { Kind::all }; // `all` without children is true
    std::vector<Filter> children {};
    ColumnPath left {};
    Operator op {};
    std::vector<Value> values {};
    std::optional<ColumnPath> right {}; // compare with another column of the same row
    // related: from the row (or left.link) to the side that owns the collection
    std::vector<Hop> related_from {};
    std::shared_ptr<Related const> related {}; // shared: queries are copied, the tree is immutable

    static Filter condition(ColumnPath left, Operator op, std::vector<Value> values = {});
    bool is_true() const { return kind == Kind::all && children.empty(); }
    friend Filter operator&&(Filter, Filter);
    friend Filter operator||(Filter, Filter);
    friend Filter operator!(Filter);
};

// A row exists at the other end of a collection (one-to-many from the parent, or many-to-many) that
// matches.
struct Related {
    struct Match {
        ColumnIndex there {}; // on the related table
        ColumnIndex here {};
    };

    std::string relationship {}; // schema name
    TableId table {}; // the related table
    Filter where {};
    std::optional<Match> match {}; // instead of the relationship (FetchXML)
};

// Rows of another table joined by any two columns, as FetchXML's link-entity does. Several matches
// multiply the row.
struct Link {
    enum class Kind : std::uint8_t { inner, outer };

    TableId table {};
    Kind kind {};
    std::int16_t parent { -1 }; // the link it hangs on; -1: the row itself
    ColumnIndex there {}; // on the linked table
    ColumnIndex here {}; // on the parent
    Filter filter {}; // its paths name this link
};

struct Order {
    ColumnPath column {};
    bool descending {};
    bool by_label {}; // FetchXML sorts choices by label
};

struct Query;

struct Expand {
    std::string navigation {};
    std::optional<Hop> hop {}; // single-valued, or
    std::string relationship {}; // a one-to-many or many-to-many by schema name
    bool references_only {};
    std::string written {}; // the options as the client wrote them, for the link to the rest
    // Select, filter, order, top, nested expands; shared because queries are copied and this is
    // immutable.
    std::shared_ptr<Query const> query {};
};

// A column under a name of its own, often of a row that lookups lead to: "parentaccountid.name",
// FetchXML's aliases.
struct NamedColumn {
    ColumnPath path {};
    std::string key {};
};

struct Query {
    TableId table {};
    std::vector<ColumnIndex> columns {}; // empty: every column
    std::vector<NamedColumn> named {}; // beside them; only for clients, not in a Row
    std::vector<Link> links {};
    Filter filter {};
    std::vector<Order> orders {}; // the primary key is appended as the last sort key
    std::vector<Expand> expands {};
    std::optional<std::int64_t> limit {};
    std::optional<std::int64_t> page_size {};
    std::string after {}; // keyset cursor from the former page, opaque
    std::int64_t offset {}; // rows to pass over, for FetchXML's page without a cookie
    bool with_count {};
    bool distinct {};

    static Query from(TableId table);
    Query&& select(std::vector<ColumnHandle> handles) &&;
    Query&& where(Filter filter) &&; // and-ed with what is there
    Query&& order_by(ColumnPath column) &&;
    Query&& order_by_descending(ColumnPath column) &&;
    Query&& top(std::int64_t count) &&;
};

// Conditions by handle: opportunity::state == OpportunityState::open.
Filter operator==(TextColumn const&, std::string_view);
Filter operator==(WholeColumn const&, std::int64_t);
Filter operator==(YesNoColumn const&, bool);
Filter operator==(IdColumn const&, Id);
Filter operator==(LookupColumn const&, Lookup);
Filter operator==(LookupColumn const&, Id);
Filter operator==(DateColumn const&, Date);
Filter operator<(DateColumn const&, Date);
Filter operator<=(DateColumn const&, Date);
Filter operator>(DateColumn const&, Date);
Filter operator>=(DateColumn const&, Date);
Filter operator<(DateTimeColumn const&, Timestamp);
Filter operator<=(DateTimeColumn const&, Timestamp);
Filter operator>(DateTimeColumn const&, Timestamp);
Filter operator>=(DateTimeColumn const&, Timestamp);
Filter operator==(MoneyColumn const&, Amount);
Filter operator>(MoneyColumn const&, Amount);
template<class Enum>
Filter operator==(ChoiceColumn<Enum> const& column, std::type_identity_t<Enum> value)
{
    return Filter::condition(column, Operator::equal, { Value(value) });
}
template<class Enum>
Filter operator!=(ChoiceColumn<Enum> const& column, std::type_identity_t<Enum> value)
{
    return Filter::condition(column, Operator::not_equal, { Value(value) });
}
Filter is_null(ColumnHandle const&);
Filter is_not_null(ColumnHandle const&);
Filter is_in(ColumnHandle const&, std::vector<Value>);
Filter contains(TextColumn const&, std::string_view);

class Schema;
std::string to_text(Schema const&, Query const&);

}
