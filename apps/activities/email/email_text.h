// The description of an email activity is HTML or plain text, as the page that wrote it likes.
#pragma once

#include <string>
#include <string_view>

namespace cashline::activities {

struct MailBody {
    std::string text {};
    std::string html {}; // empty: plain text only
};

MailBody body_of(std::string_view description);

}
