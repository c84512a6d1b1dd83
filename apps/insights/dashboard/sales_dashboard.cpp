#include "apps/insights/dashboard/sales_dashboard.h"

#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/parties/currency/currency_table.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "platform/organization/organization_table.h"

#include <map>

namespace cashline::insights {

namespace {

// Rows without read privilege count as none: a dashboard shows what the caller may see.
Result<std::vector<Row>> readable(Reader& reader, Query const& query)
{
    auto rows = reader.query(query);
    if (!rows && rows.error().code == "PrivilegeDenied") {
        return std::vector<Row> {};
    }
    return rows;
}

Result<std::int64_t> readable_count(Reader& reader, Query const& query)
{
    auto count = reader.count(query);
    if (!count && count.error().code == "PrivilegeDenied") {
        return 0;
    }
    return count;
}

struct Total {
    std::int64_t count {};
    Amount amount {};

    Result<void> add(Amount more)
    {
        ++count;
        amount = TRY(amount.plus(more));
        return {};
    }
};

struct BaseMoney {
    std::string code {};
    std::string symbol {};

    std::string text(Amount amount) const { return symbol + amount.to_string(2); }
    json::Value number(Amount amount) const { return amount.to_string(2); }
};

Result<BaseMoney> base_money(Reader& reader)
{
    auto elevated = reader.elevated_reader();
    auto const row =
        TRY(elevated.find(organization::table, organization_id(), { organization::base_currency }));
    auto const coin = row ? row->get(organization::base_currency) : std::nullopt;
    if (!coin) {
        return BaseMoney {};
    }
    auto const found =
        TRY(elevated.retrieve(currency::table, coin->id, { currency::code, currency::symbol }));
    return BaseMoney { found.text_or(currency::code), found.text_or(currency::symbol) };
}

std::string month_of(Date date) { return date.to_string().substr(0, 7); }

json::Value figure(char const* id, char const* label, std::string text)
{
    return json::Object { { "id", id }, { "label", label }, { "text", std::move(text) } };
}

json::Value step(char const* name, char const* label, std::int64_t count, char const* table)
{
    return json::Object { { "step", name }, { "label", label }, { "count", count },
        { "link", std::string("/t/") + table } };
}

Result<json::Array> chain(Reader& reader)
{
    json::Array list;
    list.push_back(step("lead", "Open leads",
        TRY(readable_count(reader, Query::from(lead::table).where(lead::state == LeadState::open))),
        "lead"));
    list.push_back(step("opportunity", "Open opportunities",
        TRY(readable_count(reader,
            Query::from(opportunity::table).where(opportunity::state == OpportunityState::open))),
        "opportunity"));
    list.push_back(step("quote", "Active quotes",
        TRY(readable_count(
            reader, Query::from(quote::table).where(quote::state == QuoteState::active))),
        "quote"));
    list.push_back(step("order", "Orders",
        TRY(readable_count(reader, Query::from(sales_order::table))), "salesorder"));
    list.push_back(step("invoice", "Invoices",
        TRY(readable_count(reader, Query::from(invoice::table))), "invoice"));
    return list;
}

Result<std::map<std::string, Total>> pipeline_by_stage(Reader& reader)
{
    std::map<std::string, Total> stages;
    for (auto const& row : TRY(readable(reader,
             Query::from(opportunity::table)
                 .select({ opportunity::step_name, opportunity::estimated_revenue_base })
                 .where(opportunity::state == OpportunityState::open)))) {
        TRY(stages[row.text_or(opportunity::step_name, "1-Qualify")].add(
            row.amount_or_zero(opportunity::estimated_revenue_base)));
    }
    return stages;
}

struct Closed {
    Total won {};
    Total lost {};
};

Result<std::map<std::string, Closed>> closed_by_month(Reader& reader)
{
    // Twelve months show a year's shape without drowning the last weeks.
    auto const since = reader.today().plus_months(-12);
    std::map<std::string, Closed> months;
    for (auto const& row : TRY(readable(reader,
             Query::from(opportunity::table)
                 .select({ opportunity::state, opportunity::actual_close_date,
                     opportunity::actual_revenue_base, opportunity::estimated_revenue_base })
                 .where(opportunity::actual_close_date >= since)))) {
        auto& month = months[month_of(row.get(opportunity::actual_close_date).value_or(since))];
        if (row.get(opportunity::state) == OpportunityState::won) {
            TRY(month.won.add(row.amount_or_zero(opportunity::actual_revenue_base)));
        } else if (row.get(opportunity::state) == OpportunityState::lost) {
            TRY(month.lost.add(row.amount_or_zero(opportunity::estimated_revenue_base)));
        }
    }
    return months;
}

// Cash as Sales knows it: invoices that Finance reports as paid, by the month they were paid in.
Result<std::map<std::string, Total>> cash_by_month(Reader& reader)
{
    std::map<std::string, Total> months;
    for (auto const& row : TRY(readable(reader,
             Query::from(invoice::table)
                 .select({ invoice::total_base, invoice::modified_on })
                 .where(invoice::state == InvoiceState::paid)))) {
        auto const paid = row.get(invoice::modified_on).value_or(Timestamp {}).date_utc();
        TRY(months[month_of(paid)].add(row.amount_or_zero(invoice::total_base)));
    }
    return months;
}

Result<json::Array> lead_sources(Reader& reader)
{
    auto const& column = *reader.schema().table(lead::table).find("leadsourcecode");
    std::map<std::string, std::int64_t> counts;
    for (auto const& row : TRY(readable(reader,
             Query::from(lead::table)
                 .select({ lead::source })
                 .where(lead::state == LeadState::open)))) {
        auto const* value = row.value(lead::source).as_integer();
        auto const* option = value ? column.option(*value) : nullptr;
        ++counts[option ? option->label : "Not known"];
    }
    json::Array list;
    for (auto const& [label, count] : counts) {
        list.push_back(json::Object { { "label", label }, { "count", count } });
    }
    return list;
}

Result<RetrieveSalesDashboard::Reply> retrieve(Reader& reader, RetrieveSalesDashboard const&)
{
    auto const money = TRY(base_money(reader));
    Total open;
    json::Array pipeline;
    for (auto const& [stage, total] : TRY(pipeline_by_stage(reader))) {
        pipeline.push_back(json::Object { { "stage", stage }, { "count", total.count },
            { "amount", money.number(total.amount) }, { "text", money.text(total.amount) } });
        open.count += total.count;
        open.amount = TRY(open.amount.plus(total.amount));
    }
    Closed year;
    json::Array won_lost;
    for (auto const& [month, closed] : TRY(closed_by_month(reader))) {
        won_lost.push_back(json::Object { { "label", month },
            { "won", money.number(closed.won.amount) },
            { "wonText", money.text(closed.won.amount) }, { "wonCount", closed.won.count },
            { "lost", money.number(closed.lost.amount) },
            { "lostText", money.text(closed.lost.amount) }, { "lostCount", closed.lost.count } });
        year.won.count += closed.won.count;
        year.won.amount = TRY(year.won.amount.plus(closed.won.amount));
    }
    Total collected;
    json::Array cash;
    for (auto const& [month, total] : TRY(cash_by_month(reader))) {
        cash.push_back(json::Object { { "label", month }, { "amount", money.number(total.amount) },
            { "text", money.text(total.amount) } });
        collected.amount = TRY(collected.amount.plus(total.amount));
    }
    auto const activities = TRY(readable_count(reader,
        Query::from(activity_pointer::table)
            .where(activity_pointer::state == ActivityPointerState::open)));
    json::Array figures { figure("pipeline", "Pipeline", money.text(open.amount)),
        figure("opportunities", "Open opportunities", std::to_string(open.count)),
        figure("activities", "Open activities", std::to_string(activities)),
        figure("won", "Won in twelve months", money.text(year.won.amount)),
        figure("cash", "Cash collected", money.text(collected.amount)) };
    return RetrieveSalesDashboard::Reply { json::Object { { "currency", money.code },
        { "figures", std::move(figures) }, { "chain", TRY(chain(reader)) },
        { "pipeline", std::move(pipeline) }, { "wonLost", std::move(won_lost) },
        { "leadSources", TRY(lead_sources(reader)) }, { "cash", std::move(cash) } } };
}

}

void register_dashboard(Registry& registry) { registry.function<RetrieveSalesDashboard>(retrieve); }

}
