#include "platform/query/scope.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline {

namespace {

// "<lookup>.<column>" may read a calculated column itself; deeper than this is a mistake in the
// definitions.
constexpr int calculation_depth_max = 4;

Refusal not_stored(Table const& table, Column const& column)
{
    return invalid("AttributeCannotBeUsedInAggregate",
        fmt::format("Column '{}' of '{}' cannot be used in a condition or for sorting.",
            column.name, table.name),
        column.name);
}

}

Result<Table const*> hop_target(Schema const& schema, Table const& from, Hop const& hop)
{
    auto const position = static_cast<std::size_t>(hop.lookup);
    auto const* target = schema.find(hop.target);
    if (position >= from.columns.size() || !target) {
        return internal(
            "bad_query", "A path of the query names a column or table that does not exist.");
    }
    auto const& lookup = from.column(hop.lookup);
    auto const fits = [&](TableId id) { return id == any_table || id == hop.target; };
    if (!lookup.is_lookup() || std::ranges::none_of(lookup.targets, fits)) {
        return internal("bad_query",
            fmt::format("'{}.{}' does not point at '{}'.", from.name, lookup.name, target->name));
    }
    return target;
}

Result<Source> Scope::walk(std::vector<Hop> const& hops, int link)
{
    if (link >= static_cast<int>(m_links.size())) {
        return internal("bad_query", "The query names a link that it does not have.");
    }
    auto source = link < 0 ? m_root : m_links[static_cast<std::size_t>(link)];
    for (auto const& hop : hops) {
        auto const* target = TRY(hop_target(m_compiling->schema, *source.table, hop));
        TRY(require_read(*m_compiling, *target));
        source = TRY(join(source, source.table->column(hop.lookup), *target, Check::access));
    }
    return source;
}

Result<Source> Scope::joined_row(Source const& from, Column const& lookup, Table const& target)
{
    return join(from, lookup, target, Check::access);
}

Result<Source> Scope::join(
    Source const& from, Column const& lookup, Table const& target, Check check)
{
    auto const known = m_joined.find({ from.alias, lookup.index, target.id, check });
    if (known != m_joined.end()) {
        return known->second;
    }
    auto source = new_source(*m_compiling, target);
    m_joined.emplace(JoinKey { from.alias, lookup.index, target.id, check }, source);

    auto const& base = base_of(m_compiling->schema, target);
    auto const reference = TRY(operand(from, lookup)).sql;
    auto condition = fmt::format(
        "{} = {}", column_of(source.base_alias, base.column(base.id_column).name), reference);
    if (lookup.is_polymorphic() && lookup.calculated.empty()) {
        condition += fmt::format(
            " and {} = {}", from.target_number(lookup), static_cast<std::uint32_t>(target.id));
    }
    if (check == Check::access) {
        if (auto const access =
                read_access(*m_compiling, { &target, source.base_alias, source.base_alias })
                    .predicate();
            !access.empty()) {
            condition += " and " + access;
        }
    }
    // The common half of an activity first: it carries the rights, and the own half hangs on it.
    m_joins +=
        fmt::format(" left join {} {} on {}", quoted(base.name), source.base_alias, condition);
    if (target.extends) {
        m_joins += fmt::format(" left join {} {} on {} = {}", quoted(target.name), source.alias,
            source.id(), column_of(source.base_alias, base.column(base.id_column).name));
    }
    return source;
}

Result<Operand> Scope::operand(ColumnPath const& path)
{
    auto const source = TRY(walk(path.hops, path.link));
    if (static_cast<std::size_t>(path.column) >= source.table->columns.size()) {
        return internal("bad_query", "The query names a column that does not exist.");
    }
    auto result = TRY(operand(source, source.table->column(path.column)));
    result.is_nullable = result.is_nullable || !path.hops.empty() || path.link >= 0;
    return result;
}

Result<Operand> Scope::operand(Source const& source, Column const& column)
{
    return operand_at(source, column, 0);
}

Result<Operand> Scope::operand_at(Source const& source, Column const& column, int depth)
{
    if (!column.calculated.empty()) {
        return calculated(source, column, depth);
    }
    if (!column.is_stored()) {
        return not_stored(*source.table, column);
    }
    Operand operand { .column = &column, .sql = source.stored(column) };
    if (column.index == source.table->id_column) {
        operand.sql = source.id();
    }
    operand.is_nullable = column.required != Required::system;
    if (column.is_text()) {
        // Without a folded shadow only ASCII letters are compared without case, the same on both
        // databases.
        operand.folded = column.has_folded
            ? column_of(column.in_base ? source.base_alias : source.alias, column.name + "__f")
            : fmt::format("lower({})", operand.sql);
    }
    if (column.is_polymorphic()) {
        operand.target_number = source.target_number(column);
    }
    return operand;
}

Result<Operand> Scope::calculated(Source const& source, Column const& column, int depth)
{
    auto const& table = *source.table;
    if (depth > calculation_depth_max) {
        return internal("bad_definition",
            fmt::format("'{}.{}' is calculated in a circle.", table.name, column.name));
    }
    if (column.calculated == "@owninguser" || column.calculated == "@owningteam") {
        auto const* owner = table.find("ownerid");
        if (!owner || column.targets.empty()) {
            return not_stored(table, column);
        }
        return Operand { .column = &column,
            .sql = fmt::format("case when {} = {} then {} end", source.target_number(*owner),
                static_cast<std::uint32_t>(column.targets[0]), source.stored(*owner)) };
    }
    auto const dot = column.calculated.find('.');
    auto const* lookup =
        dot == std::string::npos ? nullptr : table.find(column.calculated.substr(0, dot));
    if (!lookup || !lookup->is_lookup()) {
        return not_stored(table, column);
    }
    std::vector<Operand> found;
    for (auto const id : lookup->targets) {
        auto const* target = m_compiling->schema.find(id);
        auto const* read = target ? target->find(column.calculated.substr(dot + 1)) : nullptr;
        if (read) {
            found.push_back(TRY(
                operand_at(TRY(join(source, *lookup, *target, Check::none)), *read, depth + 1)));
        }
    }
    if (found.empty()) {
        return not_stored(table, column);
    }
    auto result = found[0];
    result.is_nullable = true;
    if (found.size() > 1) {
        auto const first_of = [&](std::string Operand::* part) {
            std::vector<std::string> parts;
            std::ranges::transform(found, std::back_inserter(parts), part);
            return parts[0].empty() ? std::string {}
                                    : fmt::format("coalesce({})", joined(parts, ", "));
        };
        result.sql = first_of(&Operand::sql);
        result.folded = first_of(&Operand::folded);
        result.target_number = first_of(&Operand::target_number);
    }
    return result;
}

}
