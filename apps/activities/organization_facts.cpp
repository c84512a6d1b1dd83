#include "apps/activities/organization_facts.h"

#include "core/zones.h"
#include "platform/organization/organization_table.h"

namespace cashline::activities {

Result<OrganizationFacts> organization_facts(Reader& reader)
{
    auto const row = TRY(reader.elevated_reader().retrieve(organization::table, organization_id()));
    OrganizationFacts facts { .name = row.text_or(organization::name),
        .time_zone = row.text_or(organization::time_zone, "UTC"),
        .public_url = row.text_or(organization::public_url),
        .mail_from = row.text_or(organization::mail_from) };
    while (facts.public_url.ends_with('/')) {
        facts.public_url.pop_back();
    }
    if (!zones::exists(facts.time_zone)) {
        facts.time_zone = "UTC";
    }
    return facts;
}

std::string mail_host(OrganizationFacts const& facts)
{
    auto host = std::string_view(facts.public_url);
    if (auto const scheme = host.find("://"); scheme != std::string_view::npos) {
        host.remove_prefix(scheme + 3);
    }
    host = host.substr(0, host.find_first_of(":/"));
    return host.empty() ? "cashline.invalid" : std::string(host);
}

}
