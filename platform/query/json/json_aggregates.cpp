#include "platform/query/json/json_aggregates.h"

#include "platform/query/execute.h"
#include "platform/query/json/row_writer.h"

#include <set>

namespace cashline {

namespace {

void write_value(Value const& value, json::Writer& writer)
{
    if (auto const* number = value.as_integer()) {
        writer.number(*number);
    } else if (auto const* decimal = value.as_decimal()) {
        writer.number(*decimal);
    } else if (auto const* amount = value.as_amount()) {
        writer.number(amount->to_decimal());
    } else if (auto const* claim = value.as_bool()) {
        writer.boolean(*claim);
    } else if (auto const* text = value.as_text()) {
        writer.string(*text);
    } else if (auto const* id = value.as_id()) {
        writer.string(id->to_string());
    } else if (auto const* lookup = value.as_lookup()) {
        writer.string(lookup->id.to_string());
    } else if (auto const* moment = value.as_timestamp()) {
        writer.string(moment->to_string());
    } else if (auto const* date = value.as_date()) {
        writer.string(date->to_string());
    } else {
        writer.null();
    }
}

// A single value read like a row's first column, for the formatter.
class ValueCell final : public SqlRow {
public:
    explicit ValueCell(Value const& value) : m_value(value) { }
    bool is_null(int) const override { return m_value.is_null(); }
    std::int64_t integer(int) const override
    {
        if (auto const* number = m_value.as_integer()) {
            return *number;
        }
        if (auto const* amount = m_value.as_amount()) {
            return amount->ten_thousandths;
        }
        if (auto const* decimal = m_value.as_decimal()) {
            return decimal->to_scaled(decimal->scale()).value_or(0);
        }
        if (auto const* claim = m_value.as_bool()) {
            return *claim;
        }
        if (auto const* moment = m_value.as_timestamp()) {
            return moment->microseconds;
        }
        auto const* date = m_value.as_date();
        return date ? date->days : 0;
    }
    std::string_view text(int) const override
    {
        auto const* text = m_value.as_text();
        return text ? std::string_view(*text) : std::string_view {};
    }
    std::string_view bytes(int column) const override { return text(column); }
    Id id(int) const override { return m_value.as_id() ? *m_value.as_id() : Id {}; }

private:
    Value const& m_value;
};

Column const& column_at(Schema const& schema, TableId table, ColumnPath const& path)
{
    return schema.table(path.hops.empty() ? table : path.hops.back().target).column(path.column);
}

class AggregateWriter {
public:
    AggregateWriter(ReadContext& context, Caller const& caller, JsonAggregateQuery const& request)
        : m_context(context)
        , m_caller(caller)
        , m_query(request.query)
        , m_options(request.options)
        , m_formatter(caller.locale, caller.time_zone)
    {
    }

    Result<void> write(std::vector<AggregateRow> const& rows, json::Writer& writer)
    {
        if (m_options.formatted_values) {
            TRY(read_names(rows));
        }
        writer.begin_array();
        for (auto const& row : rows) {
            writer.begin_object();
            for (std::size_t index = 0; index < row.groups.size(); ++index) {
                group(m_query.groups[index], row.groups[index], writer);
            }
            for (std::size_t index = 0; index < row.figures.size(); ++index) {
                if (!row.figures[index].is_null() || !m_options.omits_nulls) {
                    writer.key(m_query.figures[index].alias);
                    write_value(row.figures[index], writer);
                }
            }
            writer.end_object();
        }
        writer.end_array();
        return {};
    }

private:
    Result<void> read_names(std::vector<AggregateRow> const& rows)
    {
        std::map<TableId, std::set<Id>> wanted;
        for (auto const& row : rows) {
            for (auto const& value : row.groups) {
                if (auto const* lookup = value.as_lookup()) {
                    wanted[lookup->table].insert(lookup->id);
                }
            }
        }
        for (auto const& [id, rows_wanted] : wanted) {
            auto const* table = m_context.schema.find(id);
            if (!table || !table->name_column) {
                continue;
            }
            auto query = Query::from(id);
            query.columns = { *table->name_column };
            query.filter = Filter::condition(
                table->id_column, Operator::in, { rows_wanted.begin(), rows_wanted.end() });
            auto const found = select_rows(m_context, m_caller, query);
            if (!found && found.error().code != "PrivilegeDenied") {
                return std::unexpected(found.error());
            }
            for (auto const& row : found ? *found : std::vector<Row> {}) {
                if (auto const* name = row.value(*table->name_column).as_text()) {
                    m_names[{ id, row.id() }] = *name;
                }
            }
        }
        return {};
    }

    void group(AggregateGroup const& asked, Value const& value, json::Writer& writer) const
    {
        if (value.is_null() && m_options.omits_nulls) {
            return;
        }
        auto const& column = column_at(m_context.schema, m_query.table, asked.column);
        auto const is_whole_column = asked.part == DatePart::none && !value.is_null();
        if (auto const* lookup = value.as_lookup(); lookup && m_options.lookup_names) {
            writer.key(asked.alias + "@Microsoft.Dynamics.CRM.lookuplogicalname");
            writer.string(m_context.schema.table(lookup->table).name);
        }
        if (m_options.formatted_values && is_whole_column) {
            auto const text = formatted(column, value);
            if (!text.empty()) {
                writer.key(asked.alias + "@OData.Community.Display.V1.FormattedValue");
                writer.string(text);
            }
        }
        writer.key(asked.alias);
        write_value(value, writer);
    }

    std::string formatted(Column const& column, Value const& value) const
    {
        if (auto const* lookup = value.as_lookup()) {
            auto const found = m_names.find(*lookup);
            return found == m_names.end() ? std::string {} : found->second;
        }
        return m_formatter.format(column, ValueCell(value), 0);
    }

    ReadContext& m_context;
    Caller const& m_caller;
    AggregateQuery const& m_query;
    JsonOptions const& m_options;
    ValueFormatter m_formatter;
    std::map<Lookup, std::string> m_names {};
};

}

Result<std::int64_t> write_json_aggregates(ReadContext& context, Caller const& caller,
    JsonAggregateQuery const& request, json::Writer& writer)
{
    auto const rows =
        TRY(aggregate_rows(context, caller, request.query, AggregateLimit::rows_of_clients));
    TRY(AggregateWriter(context, caller, request).write(rows, writer));
    return static_cast<std::int64_t>(rows.size());
}

}
