#include "apps/sales/assignment_rule/assignment_rule_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "server/demo/demo_parts.h"

namespace cashline::demo {

Result<void> make_routing(Unit& unit)
{
    struct Rule {
        char const* name;
        std::int64_t order;
        char const* country;
        char const* words;
        bool existing_customer;
        char const* seller;
    };
    for (auto const& rule :
        { Rule { "Existing customers go to whoever owns them", 10, "", "", true, "sam" },
            Rule { "America", 20, "United States", "", false, "grace" },
            Rule { "Surfing", 30, "", "surf, board, wetsuit, wave", false, "daisy" },
            Rule { "Everything else", 90, "", "", false, "tom" } }) {
        Row row(assignment_rule::table, named("cl_assignmentrule", rule.name));
        row.set(assignment_rule::rule_name, rule.name)
            .set(assignment_rule::order, rule.order)
            .set(assignment_rule::existing_customer, rule.existing_customer)
            .set(assignment_rule::assignee,
                Lookup { system_user::table, named("systemuser", rule.seller) });
        if (*rule.country != 0) {
            row.set(assignment_rule::country, rule.country);
        }
        if (*rule.words != 0) {
            row.set(assignment_rule::words, rule.words);
        }
        TRY(unit.create(std::move(row)));
    }
    return {};
}

}
