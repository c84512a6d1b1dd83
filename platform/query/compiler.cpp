#include "platform/query/compiler.h"

#include "platform/query/filter_sql.h"
#include "platform/query/selection.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

Compiling begin(ReadContext const& context, Caller const& caller)
{
    return { .schema = context.schema,
        .caller = caller,
        .dialect = context.sql.dialect(),
        .now = context.now };
}

std::string where(std::vector<std::string> const& conditions)
{
    return conditions.empty() ? std::string {} : " where " + joined(conditions, " and ");
}

void add_condition(std::vector<std::string>& conditions, std::string condition)
{
    if (!condition.empty()) {
        conditions.push_back(std::move(condition));
    }
}

// What decides which rows come and in which order: one SELECT level, used once or once for each
// branch.
struct RowSource {
    Scope scope;
    std::vector<std::string> conditions {};
    Access access {};
    std::vector<SortKey> keys {};
    std::vector<std::string> after {}; // branches of the keyset
    std::vector<std::string> states {}; // one branch for each state, where that walks an index
};

Result<RowSource> row_source(Compiling& compiling, Query const& query)
{
    auto const* table = compiling.schema.find(query.table);
    if (!table) {
        return internal("bad_query", "The query names a table that does not exist.");
    }
    TRY(require_read(compiling, *table));
    RowSource rows { .scope = Scope { compiling, *table } };
    TRY(rows.scope.add_links(query.links));
    add_condition(rows.conditions, TRY(filter_sql(rows.scope, query.filter)));
    rows.access = read_access(compiling, rows.scope.root());
    return rows;
}

Result<void> add_order(RowSource& rows, Query const& query)
{
    auto const& table = *rows.scope.root().table;
    rows.keys = query.distinct
        ? TRY(distinct_keys(rows.scope, query, columns_of(table, query, EmptySelect::stored)))
        : TRY(sort_keys(rows.scope, query));
    if (!query.after.empty()) {
        auto const values = TRY(decode_cursor(query.after, order_shape(query), rows.keys));
        rows.after = keyset_branches(rows.scope.compiling().parameters, rows.keys, values);
    }
    return {};
}

struct Branch {
    std::string from {};
    std::vector<std::string> conditions {};
};

// All combinations of "where in the order", "which state" and "why readable"; a single empty one
// when none restricts.
std::vector<Branch> branches_of(RowSource& rows)
{
    std::vector<Branch> branches;
    auto const starts = rows.after.empty() ? std::vector<std::string> { "" } : rows.after;
    auto const ways = rows.access.kind == Access::Kind::some
        ? rows.access.branches
        : std::vector<std::string> { rows.access.predicate() };
    auto const states = rows.states.empty() ? std::vector<std::string> { "" } : rows.states;
    auto const from = rows.scope.from();
    for (auto const& start : starts) {
        for (auto const& state : states) {
            for (auto const& way : ways) {
                Branch branch { from, rows.conditions };
                add_condition(branch.conditions, state);
                add_condition(branch.conditions, start);
                if (&way == &ways.back() && !rows.access.shared_ids.empty()) {
                    // cross join: SQLite keeps this order, so the shares are the outer loop.
                    auto const shares = rows.scope.compiling().new_alias();
                    branch.from =
                        fmt::format("({}) {} cross join {}", rows.access.shared_ids, shares, from);
                    branch.conditions.push_back(
                        fmt::format("{} = {}.\"id\"", rows.scope.root().id(), shares));
                } else {
                    add_condition(branch.conditions, way);
                }
                branches.push_back(std::move(branch));
            }
        }
    }
    return branches;
}

std::vector<std::string> in_one(RowSource const& rows)
{
    auto conditions = rows.conditions;
    if (!rows.after.empty()) {
        conditions.push_back("(" + joined(rows.after, " or ") + ")");
    }
    add_condition(conditions, rows.access.predicate());
    return conditions;
}

std::optional<std::int64_t> row_limit(Query const& query)
{
    if (query.page_size) {
        return *query.page_size + 1;
    }
    return query.limit;
}

bool names_one_row(Table const& table, Filter const& filter)
{
    if (filter.kind == Filter::Kind::all) {
        return std::ranges::any_of(
            filter.children, [&](Filter const& child) { return names_one_row(table, child); });
    }
    return filter.kind == Filter::Kind::condition && filter.op == Operator::equal && !filter.right
        && filter.left.hops.empty() && filter.left.link < 0
        && filter.left.column == table.id_column;
}

// Branches find the first rows of an order; passing over rows or multiplying them needs one walk,
// and a row that is named by its id is found without them.
bool can_branch(Table const& table, Query const& query)
{
    return !query.distinct && query.links.empty() && query.offset == 0
        && !names_one_row(table, query.filter);
}

Result<void> check_limits(Query const& query)
{
    auto const is_bad = [](std::optional<std::int64_t> limit) { return limit && *limit < 0; };
    if (is_bad(query.limit) || is_bad(query.page_size) || query.offset < 0) {
        return invalid("InvalidArgument", "The number of rows asked for must not be negative.");
    }
    return {};
}

// "(select * from (…) b0 union select * from (…) b1) u": the ids and sort keys of the rows, each
// branch limited.
std::string merged_branches(RowSource& rows, std::int64_t limit)
{
    std::string keys;
    for (std::size_t index = 0; index < rows.keys.size(); ++index) {
        keys += fmt::format(", {} as k{}", rows.keys[index].sql, index);
    }
    auto const order = order_by(rows.scope.compiling().dialect, rows.keys);
    std::string result;
    auto const branches = branches_of(rows);
    for (std::size_t index = 0; index < branches.size(); ++index) {
        // union without all: a row that is readable in two ways comes once.
        result +=
            fmt::format("{}select * from (select {} as id{} from {}{} order by {} limit {}) b{}",
                index == 0 ? "" : " union ", rows.scope.root().id(), keys, branches[index].from,
                where(branches[index].conditions), order, limit, index);
    }
    return "(" + result + ")";
}

bool scans_text(Filter const& filter)
{
    constexpr auto ops = std::to_array<Operator>({ Operator::contains, Operator::not_contains,
        Operator::ends_with, Operator::not_ends_with, Operator::like, Operator::not_like });
    return (filter.kind == Filter::Kind::condition
               && std::ranges::find(ops, filter.op) != ops.end())
        || std::ranges::any_of(filter.children, scans_text);
}

// The indexes are (owner, state, default sort, id): they give the order only within one state. A
// query that leaves the state open is split by it, since each part then needs no sorting.
std::vector<std::string> state_branches(RowSource const& rows, Query const& query)
{
    constexpr std::size_t states_max = 6;
    constexpr std::size_t ways_max =
        8; // more ways to see a row times states is a statement too long
    auto const& source = rows.scope.root();
    auto const* state = source.table->find("statecode");
    if (!state || rows.access.branches.size() > ways_max || query.orders.empty()
        || !query.orders[0].column.hops.empty()
        || base_of(rows.scope.compiling().schema, *source.table).ownership
            != Ownership::user_or_team) {
        return {};
    }
    auto const& sort = source.table->default_sort;
    auto const* sorted =
        source.table->find(sort.empty() ? "createdon" : sort.substr(0, sort.find(' ')));
    if (!sorted || sorted->index != query.orders[0].column.column
        || state->options.size() > states_max) {
        return {};
    }
    auto const fixes_state = [&](Filter const& filter) {
        return filter.kind == Filter::Kind::condition && filter.op == Operator::equal
            && filter.left.hops.empty() && filter.left.column == state->index;
    };
    if (fixes_state(query.filter)
        || (query.filter.kind == Filter::Kind::all
            && std::ranges::any_of(query.filter.children, fixes_state))) {
        return {};
    }
    std::vector<std::string> branches { source.stored(*state) + " is null" };
    for (auto const& option : state->options) {
        branches.push_back(fmt::format("{} = {}", source.stored(*state), option.value));
    }
    return branches;
}

class PageCompiler {
public:
    PageCompiler(Compiling& compiling, Query const& query, EmptySelect empty)
        : m_compiling(compiling)
        , m_query(query)
        , m_empty(empty)
    {
    }

    Result<CompiledQuery> compile()
    {
        auto rows = TRY(row_source(m_compiling, m_query));
        TRY(add_order(rows, m_query));
        m_result.page_size = m_query.page_size;
        m_result.shape = order_shape(m_query);
        auto const limit = row_limit(m_query);
        auto const may_branch = limit && can_branch(*rows.scope.root().table, m_query);
        if (may_branch && !scans_text(m_query.filter)) {
            rows.states = state_branches(rows, m_query);
        }
        auto const has_branches =
            rows.after.size() > 1 || rows.access.branches.size() > 1 || !rows.states.empty();
        if (has_branches && may_branch) {
            TRY(merge(rows, *limit));
        } else {
            TRY(walk(rows, limit));
        }
        return std::move(m_result);
    }

    // With the id in this parameter.
    Result<CompiledQuery> compile_row(std::string const& id)
    {
        auto rows = TRY(row_source(m_compiling, m_query));
        rows.conditions.push_back(fmt::format("{} = {}", rows.scope.root().id(), id));
        TRY(add_order(rows, m_query));
        TRY(walk(rows, 1));
        return std::move(m_result);
    }

private:
    // Select list, expands and conditions in one level.
    Result<void> walk(RowSource& rows, std::optional<std::int64_t> limit)
    {
        SelectionBuilder builder { rows.scope, m_empty };
        m_result.selection = TRY(builder.build(m_query));
        std::vector<std::string> keys;
        for (auto const& key : rows.keys) {
            keys.push_back(key.sql);
        }
        add_keys(builder, rows.keys, keys);
        m_result.storages = builder.storages();
        // Few rows hold a text somewhere inside. Walking the sort index to find them reads every
        // row in random order, ten times as slow as reading the table and sorting what is found;
        // the plus keeps SQLite from it.
        if (m_compiling.dialect == Dialect::sqlite && scans_text(m_query.filter)) {
            keys[0] = "+" + keys[0];
        }
        m_result.sql = fmt::format("select {}{} from {}{} order by {}{}",
            m_query.distinct ? "distinct " : "", builder.list(), rows.scope.from(),
            where(in_one(rows)), order_by(m_compiling.dialect, rows.keys, keys),
            limit_clause(limit, m_query.offset));
        return {};
    }

    // The branches find ids and sort keys; the rest of each row is read for the few that are left.
    Result<void> merge(RowSource& rows, std::int64_t limit)
    {
        auto const merged = merged_branches(rows, limit);
        Scope outer { m_compiling, *rows.scope.root().table };
        SelectionBuilder builder { outer, m_empty };
        m_result.selection = TRY(builder.build(m_query));
        std::vector<std::string> keys;
        for (std::size_t index = 0; index < rows.keys.size(); ++index) {
            keys.push_back(fmt::format("u.k{}", index));
        }
        add_keys(builder, rows.keys, keys);
        m_result.storages = builder.storages();
        // cross join: SQLite keeps this order, so the few merged ids are the outer loop.
        m_result.sql =
            fmt::format("select {} from {} u cross join {} where {} = u.id order by {}{}",
                builder.list(), merged, outer.from(), outer.root().id(),
                order_by(m_compiling.dialect, rows.keys, keys), limit_clause(limit, 0));
        return {};
    }

    void add_keys(SelectionBuilder& builder, std::vector<SortKey> const& keys,
        std::vector<std::string> const& expressions)
    {
        if (!m_query.page_size && !m_query.distinct) {
            return;
        }
        for (std::size_t index = 0; index < keys.size(); ++index) {
            m_result.keys.push_back(
                { builder.add(expressions[index], keys[index].storage), keys[index].storage });
        }
    }

    static std::string limit_clause(std::optional<std::int64_t> limit, std::int64_t offset)
    {
        auto const text = limit ? fmt::format(" limit {}", *limit) : std::string {};
        return offset > 0 && limit ? fmt::format("{} offset {}", text, offset) : text;
    }

    Compiling& m_compiling;
    Query const& m_query;
    EmptySelect m_empty;
    CompiledQuery m_result {};
};

struct ParentLink {
    std::string column {}; // SQL: the parent's id beside each child
    std::string join {}; // N:N: the intersect
    std::string condition {};
};

Result<ParentLink> link_to_parents(
    Compiling& compiling, Source const& child, ChildrenOf const& children)
{
    auto const& schema = compiling.schema;
    auto const* one = schema.find_one_to_many(children.relationship);
    if (one && one->parent == children.parent_table && one->child == child.table->id) {
        auto const& lookup = child.table->column(one->column);
        ParentLink link { .column = child.stored(lookup) };
        link.condition =
            fmt::format("{} in ({})", link.column, compiling.parameters.add_all(children.parents));
        if (lookup.is_polymorphic()) {
            link.condition += fmt::format(" and {} = {}", child.target_number(lookup),
                static_cast<std::uint32_t>(one->parent));
        }
        return link;
    }
    auto const* many = schema.find_many_to_many(children.relationship);
    auto const parent_is_first =
        many && many->first == children.parent_table && many->second == child.table->id;
    auto const parent_is_second =
        many && many->second == children.parent_table && many->first == child.table->id;
    if (!parent_is_first && !parent_is_second) {
        return internal("bad_query",
            fmt::format("'{}' does not lead to '{}'.", children.relationship, child.table->name));
    }
    auto const& intersect = schema.table(many->intersect);
    auto const pair = compiling.new_alias();
    auto const side = [&](bool first) {
        return column_of(
            pair, intersect.column(first ? many->first_column : many->second_column).name);
    };
    ParentLink link { .column = side(parent_is_first) };
    link.join = fmt::format(
        " join {} {} on {} = {}", quoted(intersect.name), pair, side(!parent_is_first), child.id());
    link.condition =
        fmt::format("{} in ({})", link.column, compiling.parameters.add_all(children.parents));
    return link;
}

}

Result<CompiledQuery> compile(
    ReadContext const& context, Caller const& caller, Query const& query, EmptySelect empty)
{
    TRY(check_limits(query));
    auto compiling = begin(context, caller);
    auto result = TRY(PageCompiler(compiling, query, empty).compile());
    result.parameters = std::move(compiling.parameters);
    return result;
}

Result<CompiledQuery> compile_row(
    ReadContext const& context, Caller const& caller, Query const& query, EmptySelect empty)
{
    auto compiling = begin(context, caller);
    auto const id = compiling.parameters.add(Id {});
    auto result = TRY(PageCompiler(compiling, query, empty).compile_row(id));
    result.parameters = std::move(compiling.parameters);
    return result;
}

Result<CompiledQuery> compile_children(ReadContext const& context, Caller const& caller,
    Query const& query, ChildrenOf const& children)
{
    TRY(check_limits(query));
    auto compiling = begin(context, caller);
    auto rows = TRY(row_source(compiling, query));
    rows.keys = TRY(sort_keys(rows.scope, query));
    auto const link = TRY(link_to_parents(compiling, rows.scope.root(), children));
    rows.conditions.push_back(link.condition);

    CompiledQuery result;
    SelectionBuilder builder { rows.scope, EmptySelect::everything };
    result.selection = TRY(builder.build(query));
    result.parent_at = builder.add(link.column, Storage::id);
    result.storages = builder.storages();
    auto const order = order_by(compiling.dialect, rows.keys);
    auto const limit = query.limit.value_or(page_size_max);
    // The rank counts within a parent; it stands last, so the positions of the others stay.
    result.sql = fmt::format(
        "select * from (select {}, row_number() over (partition by {} order by {}) as place "
        "from {}{}{}) ranked where place <= {} order by place",
        builder.named_list(), link.column, order, rows.scope.from(), link.join, where(in_one(rows)),
        limit);
    result.parameters = std::move(compiling.parameters);
    return result;
}

Result<CompiledCount> compile_count(ReadContext const& context, Caller const& caller,
    Query const& query, std::optional<std::int64_t> cap)
{
    auto compiling = begin(context, caller);
    auto rows = TRY(row_source(compiling, query));
    auto const limit = cap ? fmt::format(" limit {}", *cap) : std::string {};
    auto const from = rows.scope.from();
    CompiledCount result;
    if (query.distinct) {
        Scope& scope = rows.scope;
        std::vector<std::string> columns;
        for (auto const index : columns_of(*scope.root().table, query, EmptySelect::stored)) {
            columns.push_back(TRY(scope.operand(ColumnPath { index })).sql);
        }
        for (auto const& named : query.named) {
            columns.push_back(TRY(scope.operand(named.path)).sql);
        }
        result.sql = fmt::format("select count(*) from (select distinct {} from {}{}{}) counted",
            joined(columns, ", "), scope.from(), where(in_one(rows)), limit);
    } else if (rows.access.branches.size() > 1 && cap && query.links.empty()) {
        std::string branches;
        for (auto const& branch : branches_of(rows)) {
            branches += fmt::format("{}select * from (select {} as id from {}{}{}) b",
                branches.empty() ? "" : " union ", rows.scope.root().id(), branch.from,
                where(branch.conditions), limit);
        }
        result.sql = fmt::format(
            "select count(*) from (select id from ({}) merged{}) counted", branches, limit);
    } else if (cap) {
        result.sql = fmt::format("select count(*) from (select 1 from {}{}{}) counted", from,
            where(in_one(rows)), limit);
    } else {
        result.sql = fmt::format("select count(*) from {}{}", from, where(in_one(rows)));
    }
    result.parameters = std::move(compiling.parameters);
    return result;
}

}
