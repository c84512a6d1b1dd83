#include "apps/activities/email/email_text.h"

#include "core/text.h"
#include "platform/pages/html.h"

#include <array>

namespace cashline::activities {

MailBody body_of(std::string_view description)
{
    // People write "<" and ">" too; only a tag that pages use makes it HTML.
    static constexpr std::array tags { "<p>", "<p ", "<div", "<br", "<html", "<table", "<ul", "<a ",
        "<span", "<b>", "<!doctype" };
    auto const lower = text::to_lower_ascii(description);
    for (auto const* tag : tags) {
        if (lower.find(tag) != std::string::npos) {
            return { pages::html_to_text(description), std::string(description) };
        }
    }
    return { std::string(description), {} };
}

}
