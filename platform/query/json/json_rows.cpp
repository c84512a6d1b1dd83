#include "platform/query/json/json_rows.h"

#include "platform/query/execute.h"
#include "platform/query/json/row_writer.h"

#include <algorithm>

namespace cashline {

namespace {

bool has_collections(Selection const& selection)
{
    return !selection.collections.empty()
        || std::ranges::any_of(selection.singles, has_collections);
}

// Names, currencies and children are read when the rows are known.
bool needs_facts(CompiledQuery const& compiled, JsonOptions const& options)
{
    return options.formatted_values || has_collections(compiled.selection);
}

class Page {
public:
    Page(ReadContext& context, Caller const& caller, JsonOptions const& options)
        : m_context(context)
        , m_caller(caller)
        , m_options(options)
        , m_writer(context.schema, caller, options)
    {
    }

    Result<PageInfo> run(CompiledQuery const& compiled, std::string& out)
    {
        auto const plan = plan_rows(compiled.selection, m_options);
        RowBuffer buffer { compiled.storages };
        auto const is_buffered = needs_facts(compiled, m_options);
        out += '[';
        TRY(walk(compiled, [&](SqlRow const& row) {
            if (is_buffered) {
                buffer.add(row);
            } else {
                append(plan, row, out);
            }
        }));
        if (is_buffered) {
            PageFacts facts { m_context, m_caller, m_options };
            TRY(facts.gather(plan, buffer));
            TRY(facts.read_names());
            m_writer.use(&facts);
            for (std::size_t index = 0; index < buffer.size(); ++index) {
                append(plan, buffer.row(index), out);
            }
            m_writer.use(nullptr);
        }
        out += ']';
        return m_info;
    }

    Result<std::optional<JsonRow>> only(
        CompiledQuery const& compiled, RowPlan const& plan, std::span<SqlValue const> values)
    {
        RowBuffer buffer { compiled.storages };
        TRY(m_context.sql.each(compiled.sql, values, [&](SqlRow const& row) {
            buffer.add(row);
            return Walk::stop;
        }));
        if (buffer.size() == 0) {
            return std::optional<JsonRow> {};
        }
        PageFacts facts { m_context, m_caller, m_options };
        if (needs_facts(compiled, m_options)) {
            TRY(facts.gather(plan, buffer));
            TRY(facts.read_names());
        }
        m_writer.use(&facts);
        auto const row = buffer.row(0);
        JsonRow result { .id = row.id(compiled.selection.id_at) };
        if (compiled.selection.version_at >= 0) {
            result.version = row.integer(compiled.selection.version_at);
        }
        m_writer.members(plan, row, result.members);
        m_writer.use(nullptr);
        return std::optional(std::move(result));
    }

private:
    // Gives the rows of the page to `each`; the row behind it only tells that there are more.
    template<class Each>
    Result<void> walk(CompiledQuery const& compiled, Each const& each)
    {
        std::vector<KeyValue> last;
        auto has_more = false;
        TRY(m_context.sql.each(compiled.sql, compiled.parameters.values(), [&](SqlRow const& row) {
            if (compiled.page_size && m_info.row_count == *compiled.page_size) {
                has_more = true;
                return Walk::stop;
            }
            each(row);
            ++m_info.row_count;
            if (compiled.page_size && m_info.row_count == *compiled.page_size) {
                for (auto const& key : compiled.keys) {
                    last.push_back(read_key(row, key.at, key.storage));
                }
            }
            return Walk::on;
        }));
        if (has_more) {
            m_info.next = encode_cursor(compiled.shape, last);
        }
        return {};
    }

    void append(RowPlan const& plan, SqlRow const& row, std::string& out)
    {
        out += m_is_first ? "" : ",";
        m_is_first = false;
        m_writer.object(plan, row, out);
    }

    ReadContext& m_context;
    Caller const& m_caller;
    JsonOptions const& m_options;
    RowWriter m_writer;
    PageInfo m_info {};
    bool m_is_first { true };
};

}

Result<PageInfo> write_json_rows(
    ReadContext& context, Caller const& caller, JsonQuery const& request, json::Writer& writer)
{
    auto const& query = request.query;
    auto const compiled = TRY(compile(context, caller, query, EmptySelect::everything));
    std::string rows;
    auto info = TRY(Page(context, caller, request.options).run(compiled, rows));
    if (query.with_count) {
        auto const count = TRY(count_rows(context, caller, query, count_max));
        info.count_exceeded = count >= count_max;
        info.count = std::min(count, count_max - 1);
    }
    writer.raw(rows);
    return info;
}

RowStatement::RowStatement(RowStatement&&) noexcept = default;
RowStatement::~RowStatement() = default;

Result<RowStatement> RowStatement::prepare(
    ReadContext const& context, Caller const& caller, JsonQuery const& request)
{
    RowStatement statement;
    statement.m_compiled = std::make_unique<CompiledQuery const>(
        TRY(compile_row(context, caller, request.query, EmptySelect::everything)));
    statement.m_plan = std::make_unique<RowPlan const>(
        plan_rows(statement.m_compiled->selection, request.options));
    return statement;
}

Result<std::optional<JsonRow>> RowStatement::find(
    ReadContext& context, Caller const& caller, JsonOptions const& options, Id row) const
{
    auto const prepared = m_compiled->parameters.values();
    std::vector<SqlValue> values(prepared.begin(), prepared.end());
    values.front() = row;
    return Page(context, caller, options).only(*m_compiled, *m_plan, values);
}

}
