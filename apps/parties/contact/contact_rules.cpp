#include "apps/parties/contact/contact_rules.h"

#include "apps/parties/api.h"
#include "apps/parties/contact/contact_table.h"

namespace cashline::parties {

std::string full_name(std::optional<std::string_view> first, std::optional<std::string_view> middle,
    std::optional<std::string_view> last)
{
    std::string name;
    for (auto const& part : { first, middle, last }) {
        if (part && !part->empty()) {
            name += (name.empty() ? "" : " ") + std::string(*part);
        }
    }
    return name;
}

Result<void> fill_contact_name(Unit&, Change& change)
{
    auto const now = change.after();
    change.values.set(contact::full_name,
        full_name(now.get(contact::first_name), now.get(contact::middle_name),
            now.get(contact::last_name)));
    return {};
}

}
