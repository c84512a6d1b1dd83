// cl_ReceiveMail: a mail that arrived becomes an answer to an invitation or a received e-mail
// activity. docs/contracts/receive-mail.md.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

struct ReceiveMail {
    static constexpr char const* name = "cl_ReceiveMail";
    struct Reply {
        std::string outcome {}; // applied, ignored, held, stored, known
        std::string message {};
        std::optional<Id> activity {}; // the e-mail, or the meeting it answers
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("Outcome", &Reply::outcome);
            visit("Message", &Reply::message);
            visit("ActivityId", &Reply::activity);
        }
    };
    std::string content {}; // base64 of the RFC 5322 message
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Content", &ReceiveMail::content);
    }
};

Result<ReceiveMail::Reply> receive_mail(Unit&, ReceiveMail const&);

}
