// cl_ActivateCoupon and cl_DeactivateCoupon: the only way a coupon becomes usable and stops being
// so (docs/contracts/coupons.md). Registered in commerce_app.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::commerce {

struct ActivateCoupon {
    static constexpr char const* name = "cl_ActivateCoupon";
    using Reply = NoReply;
    Lookup coupon {};
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

struct DeactivateCoupon {
    static constexpr char const* name = "cl_DeactivateCoupon";
    using Reply = NoReply;
    Lookup coupon {};
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

Result<NoReply> activate_coupon(Unit&, ActivateCoupon const&);
Result<NoReply> deactivate_coupon(Unit&, DeactivateCoupon const&);

// Codes are written in capitals without blanks around them.
Result<void> normalise_coupon_code(Unit&, Change&);

}
