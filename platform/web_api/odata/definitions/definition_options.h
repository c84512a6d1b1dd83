// Query options of the metadata endpoints: $select, $filter with eq, ne and logic, $expand with
// options of its own, $count. What the contract refuses there is refused: paging and sorting.
#pragma once

#include "platform/query/odata/options.h"
#include "platform/web_api/odata/definitions/documents.h"

namespace cashline::odata {

struct ExpandedDefinitions;

struct DefinitionOptions {
    using IsMeant = std::function<bool(json::Value const&)>;

    std::vector<std::string> select {};
    std::vector<std::string> filtered {}; // the properties that the filter names
    IsMeant is_meant {};
    bool counts {};
    std::vector<ExpandedDefinitions> expand;
};
struct ExpandedDefinitions {
    std::string name {};
    DefinitionOptions options {};
};

Result<DefinitionOptions> parse_definition_options(std::vector<RawOption> const& options);

// One definition or a list of them as the options ask; `always` stands in every document beside
// what is selected. "UnknownProperty" for a name that no definition of the list has.
Result<json::Value> shaped(Definition const&, DefinitionOptions const&);
Result<json::Array> shaped_list(std::vector<Definition> const&, DefinitionOptions const&);

}
