// An instance of a process as a value: which row of which instance table, where it stands. The two
// instance tables have the same columns, so they are read by name.
#pragma once

#include "platform/pipeline/unit.h"

namespace cashline::sales {

enum class ProcessStatus : std::int32_t { active = 1, finished = 2, aborted = 3 };

struct ProcessInstance {
    json::Value const* definition {};
    Table const* table {};
    Id id {};
    Id active_stage {};
    std::vector<Id> traversed {};
    ProcessStatus status { ProcessStatus::active };
    std::optional<Timestamp> active_since {};
    std::optional<Id> lead {};
    std::optional<Id> opportunity {};

    std::int64_t position_of(Id stage) const; // -1: not a stage of this process
    json::Value const* stage(Id id) const;
};

Id stage_id(json::Value const& stage);
Result<std::optional<ProcessInstance>> find_instance(Reader&, Id instance);
// The newest instance that holds this record.
Result<std::optional<ProcessInstance>> instance_of(Reader&, std::string_view table, Id record);
Result<void> save_instance(Unit&, ProcessInstance const&);
Result<Id> create_instance(
    Unit&, json::Value const& definition, std::string_view record_column, Id record);

}
