// What qualifying a lead would do: the rows that will be created or reused, with their values. The
// preview shows it, QualifyLead carries it out, so the seller gets exactly what was shown.
// docs/contracts/qualify-lead.md.
#pragma once

#include "platform/pipeline/reader.h"

namespace cashline::sales {

struct PlannedRow {
    enum class Action : std::uint8_t { create, reuse, none };
    Action action { Action::none };
    std::string reason {}; // why nothing is created, or why an existing row is taken
    std::optional<Id> existing {};
    Row values {};
};

struct QualificationPlan {
    PlannedRow account {};
    PlannedRow contact {};
    PlannedRow opportunity {};
};

struct QualificationWish {
    bool create_account { true };
    bool create_contact { true };
    bool create_opportunity { true };
    std::optional<Lookup> currency {};
    std::optional<Lookup> customer {};
};

Result<QualificationPlan> plan_qualification(
    Reader&, Row const& lead_row, QualificationWish const&);

struct DuplicateMatch {
    Lookup row {};
    std::string name {};
    std::vector<std::string> matched {}; // labels of the columns that agree
};

Result<std::vector<DuplicateMatch>> possible_duplicates(Reader&, Row const& planned);

}
