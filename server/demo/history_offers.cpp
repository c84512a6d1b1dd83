#include "apps/activities/task/task_table.h"
#include "apps/catalog/ports.h"
#include "apps/catalog/product/product_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_product/opportunity_product_table.h"
#include "apps/sales/process/process_instance.h"
#include "apps/sales/quote/quote_messages.h"
#include "apps/sales/quote/quote_table.h"
#include "platform/pipeline/read_context.h"
#include "server/demo/history.h"

namespace cashline::demo {

namespace {

constexpr char const* products[] { "SB-100", "SB-110", "SB-130", "WS-200", "WS-210", "AC-300",
    "AC-320" };
constexpr char const* to_do[] { "Call about delivery dates", "Send the size chart",
    "Agree on the down payment", "Invite to the test weekend", "Ask for the framework contract" };

Result<void> add_line(Unit& unit, int deal, int number)
{
    auto const* product = products[static_cast<std::size_t>(number) % std::size(products)];
    Row row(opportunity_product::table,
        named("opportunityproduct", std::to_string(deal) + "/" + std::to_string(number)));
    row.set(opportunity_product::opportunity, deal_id(deal))
        .set(opportunity_product::product, named("product", product))
        .set(opportunity_product::unit, named("uom", "piece"))
        .set(opportunity_product::quantity, Decimal::from(2 + number * 5 % 19));
    TRY(unit.create(std::move(row)));
    return {};
}

// Further than the first stage: the process walks there stage by stage.
Result<void> move_to(Unit& unit, int deal, std::int64_t category)
{
    auto instance = TRY(sales::instance_of(unit, "opportunity", deal_id(deal)));
    if (!instance) {
        return {};
    }
    for (auto const& stage : instance->definition->array("stages")) {
        auto const at = stage.integer("category");
        auto const from = instance->stage(instance->active_stage)->integer("category");
        if (at <= from || at > category || stage.text("table") != "opportunity") {
            continue;
        }
        instance->active_stage = sales::stage_id(stage);
        instance->traversed.push_back(instance->active_stage);
        instance->active_since = days_ago(unit, 2 + deal % 20, deal);
        TRY(unit.update(opportunity::table, deal_id(deal),
            Row {}
                .set(opportunity::step_name,
                    std::to_string(at + 1) + "-" + std::string(stage.text("label")))
                .set(opportunity::sales_stage, static_cast<OpportunitySalesStage>(at))));
    }
    return sales::save_instance(unit, *instance);
}

Result<void> make_quote(Unit& unit, int deal)
{
    auto const made =
        TRY(unit.call(sales::GenerateQuoteFromOpportunity { .opportunity = deal_id(deal) }));
    if (deal % 4 == 3) {
        TRY(unit.update(made.row.table, made.row.id,
            Row {}
                .set(quote::effective_from, unit.today().plus_days(-3))
                .set(quote::effective_to, unit.today().plus_days(27))
                .set(quote::state, QuoteState::active)));
    }
    return {};
}

Result<void> add_task(Unit& unit, int deal, bool is_done)
{
    auto const due = is_done ? days_ago(unit, 3 + deal % 20, deal)
                             : days_ago(unit, -(deal % 9), deal).plus_seconds(3'600);
    Row row(task::table, named("task", (is_done ? "done/" : "open/") + std::to_string(deal)));
    row.set(task::subject,
           to_do[static_cast<std::size_t>(deal + (is_done ? 2 : 0)) % std::size(to_do)])
        .set(task::regarding, Lookup { opportunity::table, deal_id(deal) })
        .set(task::scheduled_end, due)
        .set(task::owner, seller_of_account(account_of_deal(deal)));
    if (is_done) {
        row.set(task::actual_end, due)
            .set(task::state, ActivityPointerState::completed)
            .set(task::status, TaskStatus::completed);
    }
    TRY(unit.create(std::move(row)));
    return {};
}

}

Result<void> make_offers(Unit& unit)
{
    // Without an app that knows prices there are no lines and no quotes.
    auto const* registry = unit.context().registry;
    auto const has_prices = registry && registry->find_port<catalog::Prices>() != nullptr;
    for (auto deal = 0; deal < deal_count; ++deal) {
        auto const row = TRY(unit.retrieve(opportunity::table, deal_id(deal)));
        if (row.get(opportunity::state) != OpportunityState::open) {
            if (deal % 3 == 0) {
                TRY(add_task(unit, deal, true));
            }
            continue;
        }
        TRY(move_to(unit, deal, deal % 4));
        TRY(add_task(unit, deal, true));
        TRY(add_task(unit, deal, false));
        if (!has_prices) {
            continue;
        }
        if (deal % 4 >= 1) {
            TRY(add_line(unit, deal, deal));
            TRY(add_line(unit, deal, deal + 3));
        }
        if (deal % 4 >= 2) {
            TRY(make_quote(unit, deal));
        }
    }
    return {};
}

}
