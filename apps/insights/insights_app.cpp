#include "apps/activities/appointment/appointment_table.h"
#include "apps/insights/api.h"
#include "apps/insights/conversation/insight_messages.h"
#include "apps/insights/dashboard/sales_dashboard.h"

namespace cashline::insights {

void register_insights(Registry& registry)
{
    registry.message<AttachTranscript>(attach_transcript)
        .bound_to(appointment::table, &AttachTranscript::appointment);
    registry.function<RetrieveInsights>(retrieve_insights)
        .bound_to(appointment::table, &RetrieveInsights::appointment);
    registry.message<DraftFollowUp>(draft_follow_up_mail)
        .bound_to(appointment::table, &DraftFollowUp::appointment);
    registry.message<CreateTaskFromActionItem>(create_task)
        .bound_to(appointment::table, &CreateTaskFromActionItem::appointment);
    register_dashboard(registry);
}

}
