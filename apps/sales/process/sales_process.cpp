#include "apps/sales/process/sales_process.h"

#include "apps/sales/api.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/process/process_instance.h"
#include "core/text.h"

namespace cashline::sales {

namespace {

// "Pipeline phase" of an opportunity follows the stage: 2-Develop.
Result<void> show_stage_on_opportunity(Unit& unit, ProcessInstance const& instance)
{
    auto const* stage = instance.stage(instance.active_stage);
    if (!instance.opportunity || !stage || stage->text("table") != "opportunity") {
        return {};
    }
    auto const category = stage->integer("category");
    return unit.update(opportunity::table, *instance.opportunity,
        Row {}
            .set(opportunity::step_name,
                std::to_string(category + 1) + "-" + std::string(stage->text("label")))
            .set(opportunity::sales_stage, static_cast<OpportunitySalesStage>(category)));
}

std::optional<Id> record_of(ProcessInstance const& instance, std::string_view table)
{
    return table == "lead" ? instance.lead : instance.opportunity;
}

// Required steps of the stage that is left must be filled ("stage gating").
Result<void> steps_must_be_filled(Unit& unit, ProcessInstance const& instance)
{
    auto const* stage = instance.stage(instance.active_stage);
    auto const* table = stage ? unit.schema().find(stage->text("table")) : nullptr;
    auto const record = stage ? record_of(instance, stage->text("table")) : std::nullopt;
    if (!table || !record) {
        return {};
    }
    auto const row = TRY(unit.retrieve(table->id, *record));
    for (auto const& step : stage->array("steps")) {
        auto const* column = table->find(step.text("column"));
        if (step.flag("required") && column && row.value(column->index).is_null()) {
            return conflict("StageGateNotPassed",
                "Fill in '" + std::string(step.text("label", column->label))
                    + "' before you leave this stage.",
                column->name);
        }
    }
    return {};
}

Result<void> enter_stage(Unit& unit, ProcessInstance& instance, Id stage)
{
    auto const target = instance.position_of(stage);
    auto const current = instance.position_of(instance.active_stage);
    if (target < 0 || (target != current + 1 && target != current - 1)) {
        return conflict(
            "InvalidStageTransition", "Move one stage at a time, to the next or the previous one.");
    }
    auto const* definition = instance.stage(stage);
    if (!record_of(instance, definition->text("table"))) {
        return conflict("CrossEntityStageTransitionRequiresRecord",
            "This stage belongs to another record that does not exist yet. Qualify the lead to go "
            "on.");
    }
    if (target > current) {
        TRY(steps_must_be_filled(unit, instance));
        instance.traversed.push_back(stage);
    } else if (!instance.traversed.empty()) {
        instance.traversed.pop_back();
    }
    instance.active_stage = stage;
    instance.active_since = unit.now();
    return {};
}

Result<void> enter_status(ProcessInstance& instance, std::string_view wanted)
{
    auto const last = static_cast<std::int64_t>(instance.definition->array("stages").size()) - 1;
    if (wanted == "finished" && instance.position_of(instance.active_stage) != last) {
        return conflict("ProcessNotAtLastStage", "A process is finished from its last stage.");
    }
    if (wanted != "finished" && wanted != "aborted" && wanted != "active") {
        return invalid("InvalidArgument", "Status is finished, aborted or active.", "Status");
    }
    instance.status = wanted == "finished" ? ProcessStatus::finished
        : wanted == "aborted"              ? ProcessStatus::aborted
                                           : ProcessStatus::active;
    return {};
}

json::Value document_of(ProcessInstance const& instance)
{
    json::Array stages;
    for (auto const& stage : instance.definition->array("stages")) {
        stages.push_back(json::Object { { "id", stage.text("id") }, { "name", stage.text("label") },
            { "category", stage.integer("category") }, { "table", stage.text("table") },
            { "steps", stage.array("steps") } });
    }
    json::Array traversed;
    for (auto const& stage : instance.traversed) {
        traversed.push_back(stage.to_string());
    }
    json::Object records;
    if (instance.lead) {
        records.emplace_back("lead", instance.lead->to_string());
    }
    if (instance.opportunity) {
        records.emplace_back("opportunity", instance.opportunity->to_string());
    }
    auto const status = instance.status == ProcessStatus::active ? "active"
        : instance.status == ProcessStatus::finished             ? "finished"
                                                                 : "aborted";
    return json::Object { { "instanceId", instance.id.to_string() },
        { "processId", instance.definition->text("id") },
        { "name", instance.definition->text("label") }, { "status", status },
        { "activeStageId", instance.active_stage.to_string() },
        { "activeSince",
            instance.active_since ? json::Value(instance.active_since->to_string())
                                  : json::Value {} },
        { "traversed", std::move(traversed) }, { "records", std::move(records) },
        { "stages", std::move(stages) } };
}

}

Result<void> lead_process_must_stand_on_lead(Unit& unit, Id lead_id)
{
    auto elevated = unit.elevated();
    auto const instance = TRY(instance_of(elevated, "lead", lead_id));
    auto const* stage = instance ? instance->stage(instance->active_stage) : nullptr;
    // A reactivated lead may be qualified again: its process stands on an opportunity then.
    if (stage && stage->text("table") != "lead" && instance->status == ProcessStatus::active
        && !instance->opportunity) {
        return conflict(
            "ActiveStageIsNotOnLeadEntity", "The process of this lead has already left the lead.");
    }
    return {};
}

Result<void> move_lead_process_to_opportunity(Unit& unit, Id lead_id, Id opportunity_id)
{
    auto elevated = unit.elevated();
    auto instance = TRY(instance_of(elevated, "lead", lead_id));
    if (!instance) {
        return {};
    }
    auto const& stages = instance->definition->array("stages");
    instance->opportunity = opportunity_id;
    instance->active_stage = stage_id(stages[1]);
    instance->traversed = { stage_id(stages[0]), instance->active_stage };
    instance->active_since = unit.now();
    instance->status = ProcessStatus::active;
    TRY(save_instance(elevated, *instance));
    return show_stage_on_opportunity(elevated, *instance);
}

Result<void> start_process(Unit& unit, Change& change)
{
    // What a lead became follows the lead's process.
    if (change.table == opportunity::table
        && !change.values.is_null(opportunity::originating_lead)) {
        return {};
    }
    auto const& table = unit.schema().table(change.table);
    json::Value const* first = nullptr;
    for (auto const& definition : unit.schema().definitions("process")) {
        if (definition.text("starts_on") == table.name
            && (!first || definition.integer("order") < first->integer("order"))) {
            first = &definition;
        }
    }
    if (!first) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const id = TRY(create_instance(elevated, *first, table.name + "id", change.id));
    auto const instance = TRY(find_instance(elevated, id));
    return instance ? show_stage_on_opportunity(elevated, *instance) : Result<void> {};
}

Result<RetrieveProcess::Reply> retrieve_process(Reader& reader, RetrieveProcess const& request)
{
    auto const* table = reader.schema().find(request.table);
    if (!table) {
        return missing("ObjectDoesNotExist", "There is no table '" + request.table + "'.");
    }
    TRY(reader.retrieve(
        table->id, request.record, {})); // The caller must be allowed to read the record.
    auto elevated = reader.elevated_reader();
    auto const instance = TRY(instance_of(elevated, request.table, request.record));
    return RetrieveProcess::Reply { instance ? document_of(*instance) : json::Value {} };
}

Result<RetrieveProcess::Reply> set_process_stage(Unit& unit, SetProcessStage const& request)
{
    auto elevated = unit.elevated();
    auto instance = TRY(find_instance(elevated, request.instance));
    if (!instance) {
        return missing("ObjectDoesNotExist", "This process instance does not exist.");
    }
    // Whoever may change the record may move its process.
    auto const is_deal = instance->opportunity.has_value();
    auto const table = is_deal ? opportunity::table : lead::table;
    auto const record = is_deal ? instance->opportunity : instance->lead;
    if (!record || !TRY(unit.may(Privilege::write, table, *record))) {
        return denied("AccessDenied", "You may not change the record of this process.");
    }
    if (request.status) {
        TRY(enter_status(*instance, *request.status));
    }
    if (request.stage && *request.stage != instance->active_stage) {
        if (instance->status != ProcessStatus::active) {
            return conflict(
                "ProcessIsNotActive", "This process has ended. Reopen it before you move it.");
        }
        TRY(enter_stage(unit, *instance, *request.stage));
    }
    TRY(save_instance(elevated, *instance));
    TRY(show_stage_on_opportunity(elevated, *instance));
    return RetrieveProcess::Reply { document_of(*instance) };
}

void register_processes(Registry& registry)
{
    registry.after(Operation::create, lead::table, start_process);
    registry.after(Operation::create, opportunity::table, start_process);
    registry.function<RetrieveProcess>(retrieve_process);
    registry.message<SetProcessStage>(set_process_stage);
}

}
