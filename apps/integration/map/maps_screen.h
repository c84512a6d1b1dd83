// The maps screen of the workspace (docs/contracts/web-workspace.md 8): which maps there are, how
// they stand, what differs.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::integration {

struct DocumentReply {
    json::Value document {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("document", &DocumentReply::document);
    }
};

struct RetrieveMaps {
    static constexpr char const* name = "cl_RetrieveMaps";
    using Reply = DocumentReply;
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

struct RetrieveMapDifferences {
    static constexpr char const* name = "cl_RetrieveMapDifferences";
    using Reply = DocumentReply;
    std::string map {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Map", &RetrieveMapDifferences::map);
    }
};

struct SetMapMode {
    static constexpr char const* name = "cl_SetMapMode";
    using Reply = NoReply;
    std::string map {};
    std::string mode {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Map", &SetMapMode::map);
        visit("Mode", &SetMapMode::mode);
    }
};

void register_maps_screen(Registry&);

}
