// Business process flows on leads and opportunities: instances start with the record, move stage by
// stage, and hop from the lead to its opportunity when the lead is qualified (sales.md 6;
// docs/contracts/web-workspace.md 6).
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::sales {

// "ActiveStageIsNotOnLeadEntity" when the lead's process has left the lead already.
Result<void> lead_process_must_stand_on_lead(Unit&, Id lead);
Result<void> move_lead_process_to_opportunity(Unit&, Id lead, Id opportunity);
// After create: starts the first process of the record's table, unless the record came out of
// another one.
Result<void> start_process(Unit&, Change&);

// cl_RetrieveProcess: the newest instance of a record as the process bar shows it; null when there
// is none.
struct RetrieveProcess {
    static constexpr char const* name = "cl_RetrieveProcess";
    struct Reply {
        json::Value document {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("document", &Reply::document);
        }
    };
    std::string table {};
    Id record {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("LogicalName", &RetrieveProcess::table);
        visit("RecordId", &RetrieveProcess::record);
    }
};

// cl_SetProcessStage: to a neighbour of the active stage, or to finished, aborted, active.
struct SetProcessStage {
    static constexpr char const* name = "cl_SetProcessStage";
    using Reply = RetrieveProcess::Reply;
    Id instance {};
    std::optional<Id> stage {};
    std::optional<std::string> status {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("ProcessInstanceId", &SetProcessStage::instance);
        visit("StageId", &SetProcessStage::stage);
        visit("Status", &SetProcessStage::status);
    }
};

Result<RetrieveProcess::Reply> retrieve_process(Reader&, RetrieveProcess const&);
Result<RetrieveProcess::Reply> set_process_stage(Unit&, SetProcessStage const&);

}
