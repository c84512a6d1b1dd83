// cl_RetrieveSalesDashboard: what Sales Hub opens on (docs/contracts/web-workspace.md 8). Every
// figure counts only what the caller may read; amounts are in the organisation's base currency.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::insights {

struct RetrieveSalesDashboard {
    static constexpr char const* name = "cl_RetrieveSalesDashboard";
    struct Reply {
        json::Value document {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("document", &Reply::document);
        }
    };
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

void register_dashboard(Registry&);

}
