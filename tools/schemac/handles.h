// Writes the typed handles of one table as a header (docs/contracts/definitions.md, "Generated").
#pragma once

#include "platform/metadata/schema.h"

namespace cashline {

struct HandleNames {
    std::string stem; // file stem: namespace and header name
    std::string enum_prefix; // CamelCase
};

std::string handles_header(
    Schema const&, Table const&, HandleNames const&, HandleNames const* base);

}
