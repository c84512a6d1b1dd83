#include "apps/parties/account/account_table.h"
#include "apps/sales/assignment_rule/assignment_rule_table.h"
#include "apps/sales/lead/lead_rules.h"
#include "apps/sales/lead/lead_table.h"
#include "core/text.h"

namespace cashline::sales {

namespace {

bool mentions_one_of(std::string_view words, std::string_view folded_text)
{
    for (auto const word : text::split(words, ',')) {
        auto const folded = text::fold(text::trim(word));
        if (!folded.empty() && folded_text.find(folded) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

bool meets(Row const& rule, Row const& lead_row)
{
    if (auto const source = rule.get(assignment_rule::source)) {
        auto const* own = lead_row.value(lead::source).as_integer();
        if (!own || *own != *source) {
            return false;
        }
    }
    if (auto const country = rule.get(assignment_rule::country); country && !country->empty()) {
        if (text::fold(lead_row.text_or(lead::country)) != text::fold(*country)) {
            return false;
        }
    }
    if (auto const words = rule.get(assignment_rule::words); words && !words->empty()) {
        auto const said =
            text::fold(lead_row.text_or(lead::topic) + " " + lead_row.text_or(lead::description));
        if (!mentions_one_of(*words, said)) {
            return false;
        }
    }
    return !rule.get(assignment_rule::existing_customer).value_or(false)
        || lead_row.get(lead::is_existing_customer).value_or(false);
}

Result<std::optional<Lookup>> owner_of_customer(Reader& reader, Row const& lead_row)
{
    auto const company = lead_row.get(lead::parent_account);
    if (!company) {
        return std::nullopt;
    }
    auto const row = TRY(reader.find(account::table, company->id, { account::owner }));
    return row ? row->get(account::owner) : std::nullopt;
}

}

Result<void> route_to_seller(Unit& unit, Change& change)
{
    // Who types a lead in owns it; what strangers send is given out.
    if (unit.caller().door != Door::shop && unit.caller().door != Door::mail) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const rules = TRY(elevated.query(Query::from(assignment_rule::table)
            .where(assignment_rule::state == AssignmentRuleState::active)
            .order_by(assignment_rule::order)));
    for (auto const& rule : rules) {
        if (!meets(rule, change.values)) {
            continue;
        }
        auto assignee = rule.get(assignment_rule::assignee);
        if (rule.get(assignment_rule::existing_customer).value_or(false)) {
            auto const owner = TRY(owner_of_customer(elevated, change.values));
            assignee = owner ? owner : assignee;
        }
        if (assignee) {
            change.values.set(lead::owner, *assignee);
            return {};
        }
    }
    return {};
}

}
