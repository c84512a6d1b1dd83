// Mails of the shop from their templates (kind mail; subject and body in Mustache, plain text).
// Queued in the running unit, so nobody gets a mail about something that did not happen.
#pragma once

#include "core/json.h"
#include "platform/pipeline/unit.h"

namespace cashline::commerce {

struct ShopMail {
    std::string name {}; // of the template
    std::string to_name {};
    std::string to_address {};
    json::Value values {}; // beside them the template finds `organisation` and `shop`
    std::optional<Lookup> regarding {};
};

Result<void> send_shop_mail(Unit&, ShopMail const&);

// A page of ours as the reader of a mail opens it: from the organisation's public address, never
// from what a request claims.
Result<std::string> shop_url(Reader&, std::string_view path);

}
