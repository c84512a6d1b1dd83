// SendEmail: a draft leaves the house. docs/contracts/send-email.md.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

struct SendEmail {
    static constexpr char const* name = "SendEmail";
    struct Reply {
        std::string subject {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("Subject", &Reply::subject);
        }
    };
    Lookup email {};
    bool issue_send {};
    std::optional<std::string> tracking_token {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("IssueSend", &SendEmail::issue_send);
        visit("TrackingToken", &SendEmail::tracking_token);
    }
};

Result<SendEmail::Reply> send_email(Unit&, SendEmail const&);

void register_emails(Registry&);

}
