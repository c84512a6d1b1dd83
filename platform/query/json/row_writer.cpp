#include "platform/query/json/row_writer.h"

#include "core/text.h"
#include "platform/query/json/public_values.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace cashline {

namespace {

void append_text(std::string_view text, std::string& out) { json::Writer { out }.string(text); }

void append_number(std::int64_t value, std::string& out)
{
    char digits[24];
    auto const end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    out.append(digits, end);
}

void append_scaled(std::int64_t value, std::uint8_t scale, std::string& out)
{
    out += Decimal::from_scaled(value, scale).to_string();
}

void append_id(Id const& id, std::string& out)
{
    out += '"';
    out += id.to_string();
    out += '"';
}

// A separator before every member but the first of an object.
void separate(std::string& out)
{
    if (!out.empty() && out.back() != '{') {
        out += ',';
    }
}

void append_key(std::string const& key, std::string& out)
{
    separate(out);
    out += key;
}

// The options of an expand as the query of its own address: "$select=subject;$top=3" →
// "$select=subject&$top=3".
std::string as_query_string(std::string_view written)
{
    std::string result;
    auto depth = 0;
    auto is_quoted = false;
    for (auto const letter : written) {
        is_quoted = letter == '\'' ? !is_quoted : is_quoted;
        depth += is_quoted ? 0 : letter == '(' ? 1 : letter == ')' ? -1 : 0;
        if (letter == ';' && depth == 0 && !is_quoted) {
            result += '&';
        } else if (letter == ' ') {
            result += "%20";
        } else if (letter == '&' || letter == '#' || letter == '%' || letter == '+'
            || letter == '"') {
            result += text::percent_encode({ &letter, 1 });
        } else {
            result += letter;
        }
    }
    return result;
}

}

void append_json_value(Column const& column, SqlRow const& row, int at, std::string& out)
{
    switch (column.type) {
    case ColumnType::id:
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::file:
    case ColumnType::image:
        return append_id(row.id(at), out);
    case ColumnType::text:
    case ColumnType::memo:
    case ColumnType::choices:
    case ColumnType::party_list:
        return append_text(row.text(at), out);
    case ColumnType::whole:
    case ColumnType::big:
    case ColumnType::choice:
    case ColumnType::state:
    case ColumnType::status:
        return append_number(row.integer(at), out);
    case ColumnType::decimal:
    case ColumnType::money:
        return append_scaled(row.integer(at), column.scale, out);
    case ColumnType::yes_no:
        out += row.integer(at) != 0 ? "true" : "false";
        return;
    case ColumnType::date:
        out += '"' + Date { static_cast<std::int32_t>(row.integer(at)) }.to_string() + '"';
        return;
    case ColumnType::date_time:
        out += '"' + Timestamp { row.integer(at) }.to_string() + '"';
        return;
    }
}

void append_public_value(Column const& column, SqlRow const& row, int at, std::string& out)
{
    if (column.type == ColumnType::yes_no) {
        return append_text(row.integer(at) != 0 ? "Yes" : "No", out);
    }
    if (column.type == ColumnType::date) {
        return append_text(
            Date { static_cast<std::int32_t>(row.integer(at)) }.to_string() + "T00:00:00Z", out);
    }
    auto const* option = column.is_choice() ? column.option(row.integer(at)) : nullptr;
    return option ? append_text(public_member_name(*option), out)
                  : append_json_value(column, row, at, out);
}

void RowWriter::object(RowPlan const& plan, SqlRow const& row, std::string& out) const
{
    out += '{';
    members(plan, row, out);
    out += '}';
}

void RowWriter::members(RowPlan const& plan, SqlRow const& row, std::string& out) const
{
    auto const& selection = *plan.selection;
    if (selection.version_at >= 0) {
        separate(out);
        out += R"("@odata.etag":"W/\")";
        append_number(row.integer(selection.version_at), out);
        out += R"(\"")";
    }
    for (auto const& each : plan.columns) {
        column(each, row, out);
    }
    if (!plan.id_key.empty()) {
        append_key(plan.id_key, out);
        append_id(row.id(selection.id_at), out);
    }
    for (auto const& each : plan.singles) {
        single(each, row, out);
    }
    for (auto const& each : plan.collections) {
        collection(plan, each, row.id(selection.id_at), out);
    }
}

void RowWriter::column(ColumnPlan const& plan, SqlRow const& row, std::string& out) const
{
    auto const& selected = plan.selected;
    if (row.is_null(selected.at)) {
        if (!m_options.omits_nulls) {
            append_key(plan.key, out);
            out += m_options.public_names ? public_blank(*selected.column) : "null";
        }
        return;
    }
    if (selected.column->is_lookup()) {
        lookup_annotations(plan, row, out);
    }
    if (!plan.formatted_key.empty()) {
        formatted_value(plan, row, out);
    }
    append_key(plan.key, out);
    if (m_options.public_names) {
        return append_public_value(*selected.column, row, selected.at, out);
    }
    append_json_value(*selected.column, row, selected.at, out);
}

void RowWriter::lookup_annotations(
    ColumnPlan const& plan, SqlRow const& row, std::string& out) const
{
    if (plan.navigation_key.empty() && plan.lookup_key.empty()) {
        return;
    }
    auto const& column = *plan.selected.column;
    auto const target = target_of(plan.selected, row);
    auto const position = std::ranges::find(column.targets, target) - column.targets.begin();
    if (!plan.navigation_key.empty()) {
        auto const index = static_cast<std::size_t>(position);
        append_key(plan.navigation_key, out);
        append_text(
            index < column.navigations.size() ? column.navigations[index] : column.name, out);
    }
    auto const* table = m_schema.find(target);
    if (!plan.lookup_key.empty() && table) {
        append_key(plan.lookup_key, out);
        append_text(table->name, out);
    }
}

void RowWriter::formatted_value(ColumnPlan const& plan, SqlRow const& row, std::string& out) const
{
    auto const& column = *plan.selected.column;
    auto const at = plan.selected.at;
    std::string text;
    if (column.is_lookup()) {
        auto const* name =
            m_facts ? m_facts->find_name({ target_of(plan.selected, row), row.id(at) }) : nullptr;
        text = name ? *name : std::string {};
    } else if (column.type == ColumnType::money && m_facts && plan.is_base_money) {
        text = m_formatter.money(row.integer(at), m_facts->base_currency());
    } else if (column.type == ColumnType::money && m_facts && plan.currency_at >= 0
        && !row.is_null(plan.currency_at)) {
        text = m_formatter.money(row.integer(at), m_facts->currency(row.id(plan.currency_at)));
    } else {
        text = m_formatter.format(column, row, at);
    }
    if (!text.empty()) {
        append_key(plan.formatted_key, out);
        append_text(text, out);
    }
}

void RowWriter::single(SinglePlan const& plan, SqlRow const& row, std::string& out) const
{
    auto const found = std::ranges::find_if(
        plan.targets, [&](RowPlan const& target) { return !target.selection->is_absent(row); });
    if (found == plan.targets.end() && m_options.omits_nulls) {
        return;
    }
    append_key(plan.key, out);
    if (found == plan.targets.end()) {
        out += "null";
        return;
    }
    auto const& selection = *found->selection;
    if (!selection.expand->references_only) {
        object(*found, row, out);
        return;
    }
    out += "{\"@odata.id\":";
    append_text(fmt::format("{}{}({})", m_options.base_url, selection.table->set,
                    row.id(selection.id_at).to_string()),
        out);
    out += '}';
}

void RowWriter::collection(
    RowPlan const& plan, CollectionPlan const& collection, Id parent, std::string& out) const
{
    append_key(collection.key, out);
    out += '[';
    auto const* children = m_facts ? m_facts->find_children(collection.expand) : nullptr;
    if (children) {
        for (auto const index : children->of(parent)) {
            out += out.back() == '[' ? "" : ",";
            object(children->plan, children->rows.row(index), out);
        }
    }
    out += ']';
    append_key(collection.link_key, out);
    auto link = fmt::format("{}{}({})/{}", m_options.base_url, plan.selection->table->set,
        parent.to_string(), collection.expand->navigation);
    if (auto const options = as_query_string(collection.expand->written); !options.empty()) {
        link += '?' + options;
    }
    append_text(link, out);
}

}
