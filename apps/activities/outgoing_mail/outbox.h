// cl_RetrieveOutbox: the mails that left the house or wait in it, newest first.
// docs/contracts/retrieve-outbox.md.
#pragma once

#include "platform/mail/mime_message.h"
#include "platform/pipeline/registry.h"

namespace cashline::activities {

struct RetrieveOutbox {
    static constexpr char const* name = "cl_RetrieveOutbox";
    struct Reply {
        json::Value mails {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("mails", &Reply::mails);
        }
    };
    std::optional<std::int32_t> top {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Top", &RetrieveOutbox::top);
    }
};

Result<RetrieveOutbox::Reply> retrieve_outbox(Reader&, RetrieveOutbox const&);

// An attachment of a mail in the outbox, by its place in the list of cl_RetrieveOutbox. With all
// rights: callers have checked prvViewOutbox.
Result<mail::Attachment> outbox_attachment(Reader&, Id mail, std::size_t at);

}
