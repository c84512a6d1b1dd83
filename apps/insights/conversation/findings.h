// The findings of an analysis as the document that pages show (web-workspace.md 8, Insights).
#pragma once

#include "apps/insights/analysis/analysis.h"
#include "core/json.h"

namespace cashline::insights {

// Without the action items, whose rows have ids and tasks of their own.
json::Value findings_document(ConversationAnalysis const&);
json::Value seconds_of(std::int64_t milliseconds);
std::string_view action_kind(ActionType);

}
