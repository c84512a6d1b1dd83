// The definitions that tools/schemac embedded in the binary.
#include "core/check.h"
#include "platform/metadata/schema.h"

#include <span>

namespace cashline {

extern std::span<std::string_view const> const embedded_definitions; // generated/definitions.cpp

json::Value const& shipped_definitions()
{
    static json::Value const definitions = [] {
        std::string text;
        for (auto const chunk : embedded_definitions) {
            text += chunk;
        }
        auto parsed = json::parse(text);
        VERIFY(parsed.has_value());
        return std::move(*parsed);
    }();
    return definitions;
}

}
