// $metadata, EntityDefinitions and RelationshipDefinitions: the live schema for clients that ask
// what there is (web-api.md 1.3, 2.25). Read only; the schema is changed by definitions.
#pragma once

#include "platform/web_api/odata/operation.h"

namespace cashline::odata {

bool is_definition_path(std::vector<Segment> const& path);
Result<Operation> prepare_definitions(
    Preparation const& preparation, std::vector<Segment> const& path);

}
