// One-time links by which a buyer chooses a password. A new link ends the older ones; opening the
// page does not use it up (mail scanners open pages), choosing a password does.
#pragma once

#include "apps/commerce/buyer/buyers.h"
#include "platform/pipeline/registry.h"

namespace cashline::commerce {

enum class LinkMail : std::uint8_t { welcome, new_link };

// Makes a link and mails it in the same commit.
Result<void> send_link(Unit& elevated, Id buyer, LinkMail mail);

struct OpenLink {
    Id id {};
    Buyer buyer {};
};
// "link_unknown", "link_used", "link_expired".
Result<OpenLink> find_open_link(Reader&, std::string_view token);
// Uses the link up and stores the password, whose hash was made outside the unit; the buyer's
// sessions end. Gives the buyer.
Result<Buyer> redeem_link(Unit&, std::string_view token, std::string const& password_hash);

// cl_SendBuyerLink: staff send a buyer a new link.
struct SendBuyerLink {
    static constexpr char const* name = "cl_SendBuyerLink";
    using Reply = NoReply;
    Lookup buyer {};
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};
Result<NoReply> send_buyer_link(Unit&, SendBuyerLink const&);

}
