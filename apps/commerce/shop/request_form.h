// The partner request form: its fields with what was typed, checked as the lead will store it.
#pragma once

#include "apps/commerce/partner_request/partner_request.h"
#include "apps/commerce/shop/fields.h"
#include "platform/web_api/http/forms.h"

namespace cashline::commerce {

struct RequestForm {
    std::vector<Field> fields {};

    // The values of a good form.
    PartnerRequest request() const;
};

// Keeps what was typed and puts a message at each field that is wrong. `wishes` are the choices of
// the product of interest.
RequestForm read_request_form(http::Form const& form, std::vector<Choice> wishes);
RequestForm empty_request_form(std::vector<Choice> wishes, std::string_view product);

}
