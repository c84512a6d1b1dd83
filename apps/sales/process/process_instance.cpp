#include "apps/sales/process/process_instance.h"

#include "core/text.h"

namespace cashline::sales {

namespace {

ColumnIndex column(Table const& table, std::string_view name) { return table.find(name)->index; }

std::optional<Id> lookup_in(Row const& row, Table const& table, std::string_view name)
{
    auto const* found = table.find(name);
    auto const* value = found ? row.value(found->index).as_lookup() : nullptr;
    return value ? std::optional(value->id) : std::nullopt;
}

ProcessInstance from_row(json::Value const& definition, Table const& table, Row const& row)
{
    ProcessInstance instance { .definition = &definition, .table = &table, .id = row.id() };
    instance.active_stage = lookup_in(row, table, "activestageid").value_or(Id {});
    instance.lead = lookup_in(row, table, "leadid");
    instance.opportunity = lookup_in(row, table, "opportunityid");
    if (auto const* status = row.value(column(table, "statuscode")).as_integer()) {
        instance.status = static_cast<ProcessStatus>(*status);
    }
    if (auto const* since = row.value(column(table, "activestagestartedon")).as_timestamp()) {
        instance.active_since = *since;
    }
    if (auto const* path = row.value(column(table, "traversedpath")).as_text()) {
        for (auto const part : text::split(*path, ',')) {
            if (auto const id = Id::parse(part)) {
                instance.traversed.push_back(*id);
            }
        }
    }
    return instance;
}

}

Id stage_id(json::Value const& stage) { return Id::parse(stage.text("id")).value_or(Id {}); }

std::int64_t ProcessInstance::position_of(Id stage) const
{
    auto const& stages = definition->array("stages");
    for (std::size_t position = 0; position < stages.size(); ++position) {
        if (stage_id(stages[position]) == stage) {
            return static_cast<std::int64_t>(position);
        }
    }
    return -1;
}

json::Value const* ProcessInstance::stage(Id stage_wanted) const
{
    auto const position = position_of(stage_wanted);
    return position < 0 ? nullptr
                        : &definition->array("stages")[static_cast<std::size_t>(position)];
}

Result<std::optional<ProcessInstance>> find_instance(Reader& reader, Id id)
{
    for (auto const& definition : reader.schema().definitions("process")) {
        auto const* table = reader.schema().find(definition.text("instance_table"));
        if (!table) {
            continue;
        }
        if (auto const row = TRY(reader.find(table->id, id))) {
            return from_row(definition, *table, *row);
        }
    }
    return std::nullopt;
}

Result<std::optional<ProcessInstance>> instance_of(
    Reader& reader, std::string_view record_table, Id record)
{
    std::optional<ProcessInstance> newest;
    Timestamp newest_change {};
    for (auto const& definition : reader.schema().definitions("process")) {
        auto const* table = reader.schema().find(definition.text("instance_table"));
        auto const* link = table ? table->find(std::string(record_table) + "id") : nullptr;
        if (!link) {
            continue;
        }
        auto query = Query::from(table->id);
        query.filter = Filter::condition(
            link->index, Operator::equal, { Value(Lookup { link->targets.front(), record }) });
        query.orders.push_back({ .column = column(*table, "modifiedon"), .descending = true });
        query.limit = 1;
        auto const rows = TRY(reader.query(query));
        if (rows.empty()) {
            continue;
        }
        auto const* changed = rows.front().value(column(*table, "modifiedon")).as_timestamp();
        if (!newest || (changed && *changed > newest_change)) {
            newest = from_row(definition, *table, rows.front());
            newest_change = changed ? *changed : Timestamp {};
        }
    }
    return newest;
}

Result<void> save_instance(Unit& unit, ProcessInstance const& instance)
{
    auto const& table = *instance.table;
    auto const processstage = table.find("activestageid")->targets.front();
    std::string path;
    for (auto const& stage : instance.traversed) {
        path += (path.empty() ? "" : ",") + stage.to_string();
    }
    auto const is_active = instance.status == ProcessStatus::active;
    Row row(table.id);
    row.set(column(table, "activestageid"), Value(Lookup { processstage, instance.active_stage }))
        .set(column(table, "activestagestartedon"),
            instance.active_since ? Value(*instance.active_since) : Value {})
        .set(column(table, "traversedpath"), Value(path))
        .set(column(table, "statecode"), Value(is_active ? 0 : 1))
        .set(column(table, "statuscode"), Value(instance.status))
        .set(column(table, "completedon"), is_active ? Value {} : Value(unit.now()));
    if (instance.opportunity) {
        auto const* link = table.find("opportunityid");
        row.set(link->index, Value(Lookup { link->targets.front(), *instance.opportunity }));
    }
    return unit.update(table.id, instance.id, std::move(row));
}

Result<Id> create_instance(
    Unit& unit, json::Value const& definition, std::string_view record_column, Id record)
{
    auto const* table = unit.schema().find(definition.text("instance_table"));
    auto const* link = table->find(record_column);
    auto const first = stage_id(definition.array("stages").front());
    Row row(table->id);
    row.set(column(*table, "name"), Value(std::string(definition.text("label"))))
        .set(link->index, Value(Lookup { link->targets.front(), record }))
        .set(column(*table, "processid"),
            Value(Lookup { table->find("processid")->targets.front(),
                Id::parse(definition.text("id")).value_or(Id {}) }))
        .set(column(*table, "activestageid"),
            Value(Lookup { table->find("activestageid")->targets.front(), first }))
        .set(column(*table, "activestagestartedon"), Value(unit.now()))
        .set(column(*table, "traversedpath"), Value(first.to_string()));
    return unit.create(table->id, std::move(row));
}

}
