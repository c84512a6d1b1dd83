#include "apps/integration/import/row_maker.h"

#include "core/text.h"

namespace cashline::integration {

namespace {

Refusal bad_value(Column const& column, std::string_view text, std::string_view what)
{
    return invalid("import_bad_value",
        column.label + ": '" + std::string(text) + "' is not " + std::string(what) + ".",
        column.name);
}

Value text_value(Column const& column, std::string text)
{
    if (text.empty()) {
        return {};
    }
    return Value(text::truncate_utf16(text, static_cast<std::size_t>(column.max_length)));
}

}

Result<Row> RowMaker::make(Reader& reader, Source& source, SourceRecord const& record)
{
    Row row(m_table.id);
    for (auto const& definition : m_step.array("columns")) {
        auto const* column = m_table.find(definition.text("column"));
        if (!column) {
            return invalid("bad_definition",
                "The recipe writes unknown column '" + std::string(definition.text("column"))
                    + "'.");
        }
        auto const condition = definition.text("when");
        if (!condition.empty() && TRY(record.field(condition)).empty()) {
            row.set(column->index, Value {});
            continue;
        }
        row.set(column->index, TRY(value_of({ reader, source, record }, *column, definition)));
    }
    if (auto const* column = m_table.find(m_step.text("keep_source"))) {
        row.set(column->index, text_value(*column, record.as_text()));
    }
    return row;
}

Result<Value> RowMaker::value_of(
    Reading const& reading, Column const& column, json::Value const& definition)
{
    auto const& record = reading.record;
    if (definition.find("find")) {
        return found_row(
            reading.reader, column, definition, TRY(record.fill(definition.text("text"))));
    }
    if (definition.find("text")) {
        return text_value(column, TRY(record.fill(definition.text("text"))));
    }
    if (definition.find("value")) {
        return Value(definition.integer("value"));
    }
    if (definition.find("flag")) {
        return Value(definition.flag("flag"));
    }
    if (definition.find("date") || definition.find("moment")) {
        auto const name =
            definition.find("date") ? definition.text("date") : definition.text("moment");
        auto const text = TRY(record.field(name));
        auto const date = Date::parse(text);
        if (!date) {
            return bad_value(column, text, "a date (yyyy-mm-dd)");
        }
        return definition.find("date") ? Value(*date) : Value(Timestamp::at_midnight_utc(*date));
    }
    return number_of(reading.source, record, column, definition);
}

Result<Value> RowMaker::number_of(
    Source& source, SourceRecord const& record, Column const& column, json::Value const& definition)
{
    Decimal sum;
    if (auto const* of = definition.find("sum")) {
        sum = TRY(record.sum(source, *of));
    }
    auto const field = [&](std::string_view name) -> Result<std::string> {
        return name == "sum" ? Result<std::string>(sum.to_string()) : record.field(name);
    };
    auto const is_amount = definition.find("amount") != nullptr;
    auto const number =
        TRY(evaluate(is_amount ? definition.text("amount") : definition.text("decimal"), field));
    if (is_amount) {
        return Value(TRY(Amount::from(number, 4, Rounding::half_away)));
    }
    return Value(number.rounded(column.scale, Rounding::half_away));
}

Result<Value> RowMaker::found_row(
    Reader& reader, Column const& column, json::Value const& definition, std::string const& text)
{
    auto const* target = m_schema.find(definition.text("find"));
    auto const* by = target ? target->find(definition.text("by")) : nullptr;
    if (!by) {
        return invalid(
            "bad_definition", "The recipe looks for rows by an unknown table or column.");
    }
    if (text.empty()) {
        return Value {};
    }
    auto const key = target->name + "/" + by->name + "/" + text;
    auto known = m_found.find(key);
    if (known == m_found.end()) {
        auto query = Query::from(target->id);
        query.columns = { target->id_column };
        query.filter = Filter::condition(by->index, Operator::equal, { Value(text) });
        query.limit = 1;
        auto const rows = TRY(reader.query(query));
        if (rows.empty()) {
            return invalid("import_reference_missing",
                column.label + ": there is no " + target->label + " with " + by->label + " '" + text
                    + "'.",
                column.name);
        }
        known = m_found.emplace(key, rows.front().id()).first;
    }
    return Value(Lookup { target->id, known->second });
}

}
