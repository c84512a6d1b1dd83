#include "apps/integration/import/importer.h"

#include "apps/integration/import/row_maker.h"
#include "core/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace cashline::integration {

namespace {

// Small enough that the writer is free again within its slice.
constexpr std::size_t rows_per_unit = 25;

enum class Outcome : std::uint8_t { created, updated, unchanged };

// Parents come before their children; without a parent column the order of the file stays.
Result<std::vector<std::size_t>> order_of(CSVFile const& file, json::Value const& step)
{
    std::vector<std::size_t> order(file.records.size());
    for (std::size_t record = 0; record < order.size(); ++record) {
        order[record] = record;
    }
    auto const* parents = step.find("parents");
    if (!parents) {
        return order;
    }
    auto const key = file.position_of(parents->text("key"));
    auto const parent = file.position_of(parents->text("parent"));
    if (key < 0 || parent < 0) {
        return invalid(
            "import_unknown_field", "The file does not have the columns that order its records.");
    }
    std::set<std::string> done { "" };
    std::vector<std::size_t> sorted;
    for (auto rest = order; !rest.empty();) {
        auto const before = rest.size();
        std::erase_if(rest, [&](std::size_t record) {
            auto const& fields = file.records[record];
            if (!done.contains(fields[static_cast<std::size_t>(parent)])) {
                return false;
            }
            done.insert(fields[static_cast<std::size_t>(key)]);
            sorted.push_back(record);
            return true;
        });
        if (rest.size() == before) {
            return invalid("import_bad_value",
                "Some records name parents that are not in the file, or each other.");
        }
    }
    return sorted;
}

// A step reads a file of the source or, with `rows`, what the recipe itself says must be there.
Result<CSVFile const*> file_of(Source& source, json::Value const& step)
{
    if (step.find("rows")) {
        return source.written("rows of " + std::string(step.text("step")), step.array("rows"));
    }
    return source.file(std::string(step.text("file")));
}

class StepRun {
public:
    StepRun(Schema const& schema, Source& source, json::Value const& step)
        : m_source(source)
        , m_step(step)
        , m_table(schema.find(step.text("table")))
    {
        m_report.step = step.text("step");
    }

    Result<std::vector<SourceRecord>> records();
    Result<Outcome> apply(Unit& unit, RowMaker& maker, SourceRecord const& record);
    Result<void> check(SourceRecord const& record);
    void count(Outcome outcome);
    void refuse(SourceRecord const& record, Error const& error);
    Table const* table() const { return m_table; }
    json::Value const& definition() const { return m_step; }
    ImportStepReport& report() { return m_report; }

private:
    std::string key_of(SourceRecord const& record);
    Result<void> note_repeat(SourceRecord const& record);
    Result<std::optional<Row>> existing(Unit& unit, Row const& wanted);

    Source& m_source;
    json::Value const& m_step;
    Table const* m_table;
    ImportStepReport m_report {};
    std::map<std::string, std::string> m_seen {}; // repeats: values → key of the first
};

std::string StepRun::key_of(SourceRecord const& record)
{
    auto const& first = m_step.array("columns").front();
    return record.fill(first.text("text"))
        .value_or("record " + std::to_string(record.position() + 1));
}

Result<std::vector<SourceRecord>> StepRun::records()
{
    auto const* file = TRY(file_of(m_source, m_step));
    auto const distinct = std::string(m_step.text("distinct"));
    std::set<std::string> taken;
    std::vector<SourceRecord> list;
    for (auto const position : TRY(order_of(*file, m_step))) {
        SourceRecord record(*file, position);
        TRY(record.join(m_source, m_step.array("joins")));
        if (!distinct.empty()) {
            auto const value = TRY(record.field(distinct));
            if (value.empty() || !taken.insert(value).second) {
                continue;
            }
        }
        list.push_back(std::move(record));
    }
    return list;
}

Result<std::optional<Row>> StepRun::existing(Unit& unit, Row const& wanted)
{
    auto query = Query::from(m_table->id);
    for (auto const& name : m_step.array("match")) {
        auto const* column = name.as_string() ? m_table->find(*name.as_string()) : nullptr;
        if (!column || wanted.value(column->index).is_null()) {
            return invalid("import_bad_value", "The record has no value to recognise it by.");
        }
        query.filter = std::move(query.filter)
            && Filter::condition(column->index, Operator::equal, { wanted.value(column->index) });
    }
    query.limit = 1;
    auto rows = TRY(unit.query(query));
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

Result<Outcome> StepRun::apply(Unit& unit, RowMaker& maker, SourceRecord const& record)
{
    auto wanted = TRY(maker.make(unit, m_source, record));
    auto const known = TRY(existing(unit, wanted));
    if (!known) {
        TRY(unit.create(m_table->id, std::move(wanted)));
        return Outcome::created;
    }
    if (m_step.flag("keep_existing")) {
        return Outcome::unchanged;
    }
    Row changes(m_table->id);
    for (auto const& cell : wanted.cells()) {
        auto const& column = m_table->column(cell.column);
        if (column.writable != Writable::on_create && known->value(cell.column) != cell.value) {
            changes.set(cell.column, cell.value);
        }
    }
    if (changes.is_empty()) {
        return Outcome::unchanged;
    }
    TRY(unit.update(m_table->id, known->id(), std::move(changes)));
    return Outcome::updated;
}

Result<void> StepRun::note_repeat(SourceRecord const& record)
{
    std::string values;
    for (auto const& name : m_step.array("repeats")) {
        values += text::fold(TRY(record.field(*name.as_string()))) + "\n";
    }
    if (values.empty()) {
        return {};
    }
    auto const [first, is_new] = m_seen.emplace(values, key_of(record));
    if (!is_new) {
        m_report.repeats.push_back(
            { m_report.step, key_of(record), "The same as " + first->second + "; both are kept." });
    }
    return {};
}

Result<void> StepRun::check(SourceRecord const& record)
{
    TRY(note_repeat(record));
    for (auto const& definition : m_step.array("checks")) {
        Decimal sum;
        if (auto const* of = definition.find("sum")) {
            sum = TRY(record.sum(m_source, *of));
        }
        auto const field = [&](std::string_view name) -> Result<std::string> {
            return name == "sum" ? Result<std::string>(sum.to_string()) : record.field(name);
        };
        auto const given = TRY(evaluate(definition.text("given"), field));
        auto const expected = TRY(evaluate(definition.text("expected"), field));
        if (given != expected) {
            m_report.differences.push_back({ m_report.step, key_of(record),
                fmt::format("{}: {} instead of {}", definition.text("check"),
                    given.without_trailing_zeros().to_string(),
                    expected.without_trailing_zeros().to_string()) });
        }
    }
    return {};
}

void StepRun::count(Outcome outcome)
{
    m_report.created += outcome == Outcome::created ? 1 : 0;
    m_report.updated += outcome == Outcome::updated ? 1 : 0;
    m_report.unchanged += outcome == Outcome::unchanged ? 1 : 0;
}

void StepRun::refuse(SourceRecord const& record, Error const& error)
{
    m_report.refused.push_back({ m_report.step, key_of(record), error.text });
}

// A chunk in one unit; when it is refused, its records one by one, so that only the bad ones stay
// out.
struct Writing {
    Platform& platform;
    Caller const& caller;
    Id undo_set;
};

Result<void> write_chunk(Writing const& writing, StepRun& run, std::span<SourceRecord const> chunk)
{
    std::vector<Outcome> outcomes;
    auto const written = writing.platform.write(
        writing.caller, std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
            outcomes.clear();
            unit.join_undo_set(writing.undo_set);
            auto elevated = unit.elevated();
            RowMaker maker(unit.schema(), *run.table(), run.definition());
            for (auto const& record : chunk) {
                outcomes.push_back(TRY(run.apply(elevated, maker, record)));
            }
            return {};
        }));
    if (written) {
        std::ranges::for_each(outcomes, [&](Outcome outcome) { run.count(outcome); });
        return {};
    }
    if (written.error().fault == Fault::unavailable || written.error().fault == Fault::internal) {
        return std::unexpected(written.error());
    }
    if (chunk.size() == 1) {
        run.refuse(chunk.front(), written.error());
        return {};
    }
    for (std::size_t at = 0; at < chunk.size(); ++at) {
        TRY(write_chunk(writing, run, chunk.subspan(at, 1)));
    }
    return {};
}

// What a rehearsal does: everything in one unit that is taken back at the end.
class Rehearsal {
public:
    static constexpr std::string_view done { "import_rehearsed" };
};

Result<void> rehearse(
    Unit& unit, std::vector<std::unique_ptr<StepRun>>& runs, ImportOptions const& options)
{
    auto elevated = unit.elevated();
    for (auto& run : runs) {
        RowMaker maker(unit.schema(), *run->table(), run->definition());
        auto const records = TRY(run->records());
        std::int64_t count = 0;
        for (auto const& record : records) {
            TRY(run->check(record));
            run->count(TRY(run->apply(elevated, maker, record)));
            if (options.progress) {
                options.progress(
                    run->report().step, ++count, static_cast<std::int64_t>(records.size()));
            }
        }
    }
    return conflict(Rehearsal::done, "Rehearsed; nothing was kept.");
}

Result<void> carry_out(Writing const& writing, StepRun& run, ImportOptions const& options)
{
    auto const records = TRY(run.records());
    for (std::size_t at = 0; at < records.size(); at += rows_per_unit) {
        auto const chunk =
            std::span(records).subspan(at, std::min(rows_per_unit, records.size() - at));
        for (auto const& record : chunk) {
            TRY(run.check(record));
        }
        TRY(write_chunk(writing, run, chunk));
        if (options.progress) {
            options.progress(run.report().step, static_cast<std::int64_t>(at + chunk.size()),
                static_cast<std::int64_t>(records.size()));
        }
    }
    return {};
}

Result<json::Value const*> recipe_named(Schema const& schema, std::string_view name)
{
    std::string known;
    for (auto const& definition : schema.definitions("import")) {
        if (definition.text("import") == name) {
            return &definition;
        }
        known += (known.empty() ? "" : ", ") + std::string(definition.text("import"));
    }
    return missing("import_unknown_recipe",
        "There is no import recipe '" + std::string(name) + "'. There are: " + known + ".");
}

json::Array shown(std::vector<ImportFinding> const& findings)
{
    json::Array list;
    for (auto const& finding : findings) {
        list.push_back(json::Object { { "record", finding.record }, { "text", finding.text } });
    }
    return list;
}

}

json::Value ImportReport::to_json() const
{
    json::Array list;
    for (auto const& step : steps) {
        list.push_back(json::Object { { "step", step.step }, { "created", step.created },
            { "updated", step.updated }, { "unchanged", step.unchanged },
            { "refused", shown(step.refused) }, { "differences", shown(step.differences) },
            { "repeats", shown(step.repeats) } });
    }
    return json::Object { { "rehearsal", is_rehearsal }, { "undoSet", undo_set.to_string() },
        { "steps", std::move(list) } };
}

std::string ImportReport::to_text() const
{
    std::string text = is_rehearsal ? "Rehearsal: nothing was kept.\n" : "";
    for (auto const& step : steps) {
        text += fmt::format("{}: {} created, {} updated, {} unchanged, {} refused, {} differences "
                            "in the source, {} repeats\n",
            step.step, step.created, step.updated, step.unchanged, step.refused.size(),
            step.differences.size(), step.repeats.size());
        for (auto const* findings : { &step.refused, &step.differences, &step.repeats }) {
            for (auto const& finding : *findings) {
                text += "  " + finding.record + ": " + finding.text + "\n";
            }
        }
    }
    return text;
}

bool ImportReport::has_refusals() const
{
    return std::ranges::any_of(
        steps, [](ImportStepReport const& step) { return !step.refused.empty(); });
}

Result<ImportReport> import_records(Platform& platform, Caller const& caller,
    ImportSource const& from, ImportOptions const& options)
{
    if (!caller.rights || !caller.rights->may("prvBulkImport")) {
        return denied("PrivilegeDenied", "Importing needs the privilege prvBulkImport.");
    }
    auto const schema = platform.schema();
    auto const* definition = TRY(recipe_named(*schema, from.recipe));
    Source source(from.read);
    std::vector<std::unique_ptr<StepRun>> runs;
    for (auto const& step : definition->array("steps")) {
        runs.push_back(std::make_unique<StepRun>(*schema, source, step));
        if (!runs.back()->table()) {
            return invalid("bad_definition", "The recipe writes an unknown table.");
        }
        // A missing or torn file is refused before anything is written.
        TRY(file_of(source, step));
    }
    auto importing = caller;
    importing.door = Door::import;
    ImportReport report { .undo_set = platform.environment().new_id(),
        .is_rehearsal = options.is_rehearsal };
    if (options.is_rehearsal) {
        auto const rehearsed = platform.write(importing,
            std::function<Result<void>(Unit&)>(
                [&](Unit& unit) { return rehearse(unit, runs, options); }));
        if (!rehearsed && rehearsed.error().code != Rehearsal::done) {
            return std::unexpected(rehearsed.error());
        }
    } else {
        for (auto& run : runs) {
            TRY(carry_out({ platform, importing, report.undo_set }, *run, options));
        }
    }
    for (auto& run : runs) {
        report.steps.push_back(std::move(run->report()));
    }
    return report;
}

}
