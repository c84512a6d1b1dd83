#include "apps/insights/dashboard/sales_dashboard.h"

#include "apps/activities/activity_pointer/activity_pointer_table.h"
#include "apps/parties/currency/currency_table.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "platform/organization/organization_table.h"
#include "platform/query/aggregate.h"
#include "platform/query/json/formatted_value.h"

#include <fmt/format.h>
#include <map>

namespace cashline::insights {

namespace {

// A table without read privilege counts as empty: a dashboard shows what the caller may see. The
// database adds the rows up, since a year's deals are too many to bring here.
Result<std::vector<AggregateRow>> readable_figures(Reader& reader, AggregateQuery const& query)
{
    auto rows = aggregate_rows(reader.context(), reader.caller(), query);
    if (!rows && rows.error().code == "PrivilegeDenied") {
        return std::vector<AggregateRow> {};
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

    Result<void> add(Total const& more)
    {
        count += more.count;
        amount = TRY(amount.plus(more.amount));
        return {};
    }
};

AggregateFigure row_count() { return { .method = AggregateMethod::count, .alias = "count" }; }

AggregateFigure sum_of(ColumnHandle const& column, char const* alias)
{
    return { .method = AggregateMethod::sum, .column = column, .alias = alias };
}

// The month a date lies in, as two groups: month and year.
std::vector<AggregateGroup> month_groups(ColumnHandle const& column)
{
    return { { .column = column, .alias = "year", .part = DatePart::year },
        { .column = column, .alias = "month", .part = DatePart::month } };
}

std::int64_t whole(Value const& value)
{
    auto const* number = value.as_integer();
    return number ? *number : 0;
}

std::string month_of(AggregateRow const& row)
{
    return fmt::format("{:04}-{:02}", whole(row.groups[0]), whole(row.groups[1]));
}

// Nothing was summed where no row had an amount.
Result<Amount> amount_of(Value const& sum)
{
    auto const* number = sum.as_decimal();
    return number ? Amount::from(*number, 4, Rounding::half_away) : Result<Amount>(Amount {});
}

struct BaseMoney {
    std::string code {};
    CurrencyFormat format {};
    std::string locale { "en" };

    std::string text(Amount amount) const
    {
        return ValueFormatter(locale, "UTC").money(amount.ten_thousandths, format);
    }
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
    return BaseMoney { .code = found.text_or(currency::code),
        .format = { .symbol = found.text_or(currency::symbol) },
        .locale = reader.caller().locale };
}

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
    for (auto const& row : TRY(readable_figures(reader,
             { .table = opportunity::table,
                 .filter = opportunity::state == OpportunityState::open,
                 .groups = { { .column = opportunity::step_name, .alias = "stage" } },
                 .figures = {
                     row_count(), sum_of(opportunity::estimated_revenue_base, "amount") } }))) {
        auto const* stage = row.groups[0].as_text();
        TRY(stages[stage && !stage->empty() ? *stage : "1-Qualify"].add(
            { whole(row.figures[0]), TRY(amount_of(row.figures[1])) }));
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
    auto groups = month_groups(opportunity::actual_close_date);
    groups.push_back({ .column = opportunity::state, .alias = "state" });
    std::map<std::string, Closed> months;
    for (auto const& row : TRY(readable_figures(reader,
             { .table = opportunity::table,
                 .filter = opportunity::actual_close_date >= since,
                 .groups = std::move(groups),
                 .figures = { row_count(), sum_of(opportunity::actual_revenue_base, "actual"),
                     sum_of(opportunity::estimated_revenue_base, "estimated") } }))) {
        auto& month = months[month_of(row)];
        auto const count = whole(row.figures[0]);
        if (row.groups[2] == Value(OpportunityState::won)) {
            TRY(month.won.add({ count, TRY(amount_of(row.figures[1])) }));
        } else if (row.groups[2] == Value(OpportunityState::lost)) {
            TRY(month.lost.add({ count, TRY(amount_of(row.figures[2])) }));
        }
    }
    return months;
}

// Cash as Sales knows it: invoices that Finance reports as paid, by the month they were paid in.
Result<std::map<std::string, Total>> cash_by_month(Reader& reader)
{
    std::map<std::string, Total> months;
    for (auto const& row : TRY(readable_figures(reader,
             { .table = invoice::table,
                 .filter = invoice::state == InvoiceState::paid,
                 .groups = month_groups(invoice::modified_on),
                 .figures = { row_count(), sum_of(invoice::total_base, "amount") } }))) {
        TRY(months[month_of(row)].add({ whole(row.figures[0]), TRY(amount_of(row.figures[1])) }));
    }
    return months;
}

Result<json::Array> lead_sources(Reader& reader)
{
    auto const& column = *reader.schema().table(lead::table).find("leadsourcecode");
    std::map<std::string, std::int64_t> counts;
    for (auto const& row : TRY(readable_figures(reader,
             { .table = lead::table,
                 .filter = lead::state == LeadState::open,
                 .groups = { { .column = lead::source, .alias = "source" } },
                 .figures = { row_count() } }))) {
        auto const* value = row.groups[0].as_integer();
        auto const* option = value ? column.option(*value) : nullptr;
        counts[option ? option->label : "Not known"] += whole(row.figures[0]);
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
