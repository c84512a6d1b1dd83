#include "platform/pipeline/table_plan.h"

#include "core/check.h"
#include "platform/pipeline/sql_values.h"
#include "platform/store/dialect.h"

#include <algorithm>
#include <array>

namespace cashline {

namespace {

std::string joined(std::vector<std::string> const& names, std::string_view prefix = {})
{
    std::string text;
    for (auto const& name : names) {
        text += (text.empty() ? "" : ", ") + std::string(prefix) + dialect::quoted(name);
    }
    return text;
}

std::string insert_text(Table const& table, TablePart const& part)
{
    std::vector<std::string> names;
    for (auto const index : part.columns) {
        auto const& column = table.column(index);
        append_sql_columns(names, column);
        if (column.has_folded) {
            names.push_back(column.name + "__f");
        }
    }
    std::string values;
    for (std::size_t position = 1; position <= names.size(); ++position) {
        values += (position == 1 ? "?" : ", ?") + std::to_string(position);
    }
    return "insert into " + dialect::quoted(part.sql_table) + " (" + joined(names) + ") values ("
        + values + ")";
}

void add_parts(TablePlan& plan, Schema const& schema)
{
    auto const& table = *plan.table;
    if (table.extends) {
        plan.parts.push_back({ .sql_table = schema.table(*table.extends).name });
    }
    plan.parts.push_back({ .sql_table = table.name });
    for (auto const& column : table.columns) {
        if (!column.is_stored()) {
            continue;
        }
        auto const is_id = column.index == table.id_column;
        if (table.extends && (column.in_base || is_id)) {
            plan.parts.front().columns.push_back(column.index);
        }
        if (!table.extends || !column.in_base || is_id) {
            plan.parts.back().columns.push_back(column.index);
        }
    }
    for (auto& part : plan.parts) {
        part.insert = insert_text(table, part);
    }
}

std::string from_text(TablePlan const& plan)
{
    auto const& table = *plan.table;
    auto const id = dialect::quoted(table.column(table.id_column).name);
    auto text = " from " + dialect::quoted(plan.parts.back().sql_table) + " t";
    if (plan.parts.size() == 2) {
        text += " join " + dialect::quoted(plan.parts.front().sql_table) + " b on b." + id + " = t."
            + id;
    }
    return text + " where t." + id + " = ?1";
}

void add_select(TablePlan& plan)
{
    auto const& table = *plan.table;
    std::string list;
    for (std::size_t part = 0; part < plan.parts.size(); ++part) {
        for (auto const index : plan.parts[part].columns) {
            if (part == 1 && index == table.id_column) {
                continue; // The base has it already.
            }
            std::vector<std::string> names;
            append_sql_columns(names, table.column(index));
            list += (list.empty() ? "" : ", ")
                + joined(names, plan.parts.size() == 2 && part == 0 ? "b." : "t.");
            plan.columns.push_back(index);
        }
    }
    plan.select = "select " + list + from_text(plan);
}

std::string stamp_column(TablePlan const& plan, std::optional<ColumnIndex> index, bool has_table)
{
    if (!index) {
        return has_table ? "null, null" : "null";
    }
    auto const& column = plan.table->column(*index);
    auto const prefix =
        plan.parts.size() == 2 && (column.in_base || *index == plan.table->id_column) ? "b." : "t.";
    auto text = prefix + dialect::quoted(column.name);
    if (has_table) {
        text += column.is_polymorphic()
            ? ", " + std::string(prefix) + dialect::quoted(column.name + "__t")
            : ", " + std::to_string(static_cast<std::uint32_t>(column.targets[0]));
    }
    return text;
}

void find_standard_columns(TablePlan& plan)
{
    auto const& table = *plan.table;
    auto const find = [&](char const* name) -> std::optional<ColumnIndex> {
        auto const* column = table.find(name);
        return column && column->is_stored() ? std::optional(column->index) : std::nullopt;
    };
    plan.created_on = find("createdon");
    plan.created_by = find("createdby");
    plan.created_on_behalf_by = find("createdonbehalfby");
    plan.overridden_created_on = find("overriddencreatedon");
    plan.modified_on = find("modifiedon");
    plan.modified_by = find("modifiedby");
    plan.modified_on_behalf_by = find("modifiedonbehalfby");
    plan.version = find("versionnumber");
    // A currency is a row of its own and no document in a currency.
    auto const* currency = table.find("transactioncurrencyid");
    plan.currency =
        currency && currency->is_lookup() ? find("transactioncurrencyid") : std::nullopt;
    plan.exchange_rate = plan.currency ? find("exchangerate") : std::nullopt;
    plan.company = table.has_company ? find("dataareaid") : std::nullopt;
    plan.type_code = table.is_activity ? find("activitytypecode") : std::nullopt;
    if (table.ownership == Ownership::user_or_team) {
        plan.owner = find("ownerid");
        plan.owning_unit = find("owningbusinessunit");
    } else if (table.ownership == Ownership::business_unit) {
        plan.owning_unit = find("businessunitid");
    }
    for (auto const& column : table.columns) {
        if (column.type == ColumnType::state) {
            plan.state = column.index;
        } else if (column.type == ColumnType::status) {
            plan.status = column.index;
        }
        if (!column.auto_number.empty()) {
            plan.numbered.push_back(column.index);
        }
        if (auto const* amount = table.find(column.base_of); amount && !column.base_of.empty()) {
            plan.money.push_back({ amount->index, column.index });
        }
    }
}

// The ids of the rows whose lookup points at ?1; ?2 is the parent's table number.
std::string children_text(Schema const& schema, OneToMany const& relationship)
{
    auto const& child = schema.table(relationship.child);
    auto const& column = child.column(relationship.column);
    auto const id = dialect::quoted(child.column(child.id_column).name);
    auto text = "select t." + id + " from " + dialect::quoted(child.name) + " t";
    auto prefix = std::string("t.");
    if (child.extends && column.in_base) {
        text += " join " + dialect::quoted(schema.table(*child.extends).name) + " b on b." + id
            + " = t." + id;
        prefix = "b.";
    }
    text += " where " + prefix + dialect::quoted(column.name) + " = ?1";
    if (column.is_polymorphic()) {
        text += " and " + prefix + dialect::quoted(column.name + "__t") + " = ?2";
    }
    return text + " order by 1";
}

void add_children(TablePlan& plan, Schema const& schema, TableId parent)
{
    for (auto const* relationship : schema.children_of(parent)) {
        // The rows of a base table are reached as what they are: tasks, appointments.
        auto const& child = schema.table(relationship->child);
        auto const& column = child.column(relationship->column);
        auto const is_base_itself = child.is_activity && !child.extends;
        auto const matters =
            relationship->on_delete != OnDelete::none || relationship->assign_cascades;
        if (!is_base_itself && matters && column.is_stored()) {
            plan.children.push_back({ relationship, children_text(schema, *relationship) });
        }
    }
}

TablePlan make_plan(Schema const& schema, Table const& table)
{
    TablePlan plan { .table = &table };
    find_standard_columns(plan);
    add_parts(plan, schema);
    add_select(plan);
    plan.select_stamp = "select " + stamp_column(plan, plan.owner, true) + ", "
        + stamp_column(plan, plan.owning_unit, false) + ", "
        + stamp_column(plan, table.parent, true) + from_text(plan);
    plan.is_journaled = table.is_audited || table.tracks_changes;
    static constexpr std::array about_rights { "systemuser", "team", "businessunit", "role",
        "systemuserroles", "teamroles", "teammembership" };
    plan.is_about_rights = std::ranges::find(about_rights, table.name) != about_rights.end();
    add_children(plan, schema, table.id);
    if (table.extends) {
        add_children(plan, schema, *table.extends);
    }
    return plan;
}

}

bool TablePlan::is_bookkeeping(ColumnIndex column) const
{
    return column == modified_on || column == modified_by || column == modified_on_behalf_by
        || column == version || !table->column(column).base_of.empty();
}

TablePlans::TablePlans(Schema const& schema)
{
    for (auto const& table : schema.tables()) {
        m_plans.emplace(static_cast<std::uint32_t>(table.id), make_plan(schema, table));
    }
}

TablePlan const& TablePlans::plan(TableId table) const
{
    auto const found = m_plans.find(static_cast<std::uint32_t>(table));
    CHECK(found != m_plans.end());
    return found->second;
}

}
