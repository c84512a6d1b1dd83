// QualifyLead and its preview; registered in leads.cpp.
#pragma once

#include "apps/sales/api.h"

namespace cashline::sales {

Result<EntitiesReply> qualify_lead(Unit&, QualifyLead const&);

// cl_PreviewQualification: what QualifyLead would create or reuse, with possible duplicates
// (docs/contracts/web-workspace.md 8).
struct PreviewQualification {
    static constexpr char const* name = "cl_PreviewQualification";
    struct Reply {
        json::Value account {};
        json::Value contact {};
        json::Value opportunity {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("account", &Reply::account);
            visit("contact", &Reply::contact);
            visit("opportunity", &Reply::opportunity);
        }
    };
    Lookup lead {};
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

Result<PreviewQualification::Reply> preview_qualification(Reader&, PreviewQualification const&);

}
