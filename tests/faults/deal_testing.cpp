#include "tests/faults/deal.h"

#include "server/demo/demo_company.h"

#include <fmt/format.h>

namespace cashline::faults {

namespace {

struct OrderStep {
    char const* status;
    char const* message;
    char const* next_status; // null pointer: the invoice
};

constexpr OrderStep order_steps[] {
    { "192350000", "cl_ConfirmOrder", "192350001" },
    { "192350001", "cl_PickOrder", "192350002" },
    { "192350002", "cl_PackOrder", "192350004" },
    { "192350004", "cl_InvoiceOrder", nullptr },
};

std::string path_to(std::string_view set, std::string const& id)
{
    return fmt::format("/{}({})", set, id);
}

std::string demo_row(std::string_view set, std::string_view table, std::string_view name)
{
    return path_to(set, demo::named(table, name).to_string());
}

json::Value quote_close(std::string const& quote)
{
    json::Value const closing { json::Object {
        { "@odata.type", "Microsoft.Dynamics.CRM.quoteclose" },
        { "quoteid@odata.bind", path_to("quotes", quote) } } };
    return json::Object { { "QuoteClose", closing }, { "Status", -1 } };
}

}

Deal::Deal(std::string id, std::string account, std::int64_t quantity)
    : m_id(std::move(id))
    , m_account(std::move(account))
    , m_quantity(quantity)
{
}

Result<std::string> Deal::stage(load::WebAPI& api)
{
    auto const opportunity = TRY(column_of(api, "opportunities(" + m_id + ")", "name"));
    auto const lines = TRY(rows_of(
        api, "opportunityproducts?$select=quantity&$filter=_opportunityid_value eq " + m_id));
    auto const quotes =
        TRY(rows_of(api, "quotes?$select=statecode&$filter=_opportunityid_value eq " + m_id));
    if (lines.size() != (opportunity == absent ? 0U : 1U)) {
        return fmt::format("{} opportunity with {} lines", opportunity, lines.size());
    }
    if (opportunity == absent) {
        return opportunity;
    }
    if (quotes.empty()) {
        return "opportunity";
    }
    m_quote = quotes.front().text("quoteid");
    switch (quotes.front().integer("statecode", -1)) {
    case 0:
        return "quote draft";
    case 1:
        return "quote active";
    case 2:
        break;
    default:
        return "a quote in a state that nobody gave it";
    }
    auto const order = TRY(stage_of_order(api));
    return order == absent ? "quote won" : order;
}

Result<std::string> Deal::stage_of_order(load::WebAPI& api)
{
    auto const in_sales =
        TRY(rows_of(api, "salesorders?$select=salesorderid&$filter=_quoteid_value eq " + m_quote));
    if (in_sales.empty()) {
        return absent;
    }
    auto const order = std::string(in_sales.front().text("salesorderid"));
    auto const in_finance = TRY(rows_of(api,
        "SalesOrderHeadersV2?$select=salesorderprocessingstatus,ordertotalamount"
        "&$filter=salesorderid eq "
            + order));
    auto const invoices = TRY(rows_of(api,
        "SalesInvoiceHeadersV2?$select=invoicenumber,invoicecustomername,totalinvoiceamount"
        "&$filter=salesorderid eq "
            + order));
    if (in_sales.size() != 1 || in_finance.size() != 1 || invoices.size() > 1) {
        return fmt::format("{} orders in Sales, {} in Finance, {} invoices", in_sales.size(),
            in_finance.size(), invoices.size());
    }
    m_order = in_finance.front().text("finsalesorderid");
    m_total = plain_text(in_finance.front().find("ordertotalamount"));
    auto const status = plain_text(in_finance.front().find("salesorderprocessingstatus"));
    if (invoices.empty()) {
        return "order " + status;
    }
    m_invoice_number = invoices.front().text("invoicenumber");
    m_customer = invoices.front().text("invoicecustomername");
    return "invoiced " + plain_text(invoices.front().find("totalinvoiceamount"));
}

Deal::Step Deal::advance(load::WebAPI& api, std::string const& stage)
{
    if (stage == absent) {
        return begin(api);
    }
    return stage.starts_with("order") ? fulfil(api, stage) : offer(api, stage);
}

// Opportunity and line together: a half of them would show as a wrong stage.
Deal::Step Deal::begin(load::WebAPI& api) const
{
    auto answer = api.change_set({
        { "POST", "opportunities",
            json::Object { { "opportunityid", m_id }, { "name", "Boards" },
                { "parentaccountid@odata.bind", path_to("accounts", m_account) } } },
        { "POST", "opportunityproducts",
            json::Object { { "opportunityid@odata.bind", path_to("opportunities", m_id) },
                { "productid@odata.bind", demo_row("products", "product", sold_product) },
                { "uomid@odata.bind", demo_row("uoms", "uom", "piece") },
                { "quantity", m_quantity } } },
    });
    return { std::move(answer), "opportunity" };
}

Deal::Step Deal::offer(load::WebAPI& api, std::string const& stage)
{
    if (stage == "opportunity") {
        auto answer =
            api.call("GenerateQuoteFromOpportunity", json::Object { { "OpportunityId", m_id } });
        m_quote = load::document_of(answer).text("quoteid");
        return { std::move(answer), "quote draft" };
    }
    if (stage == "quote draft") {
        return { api.update("quotes(" + m_quote + ")",
                     json::Object { { "statecode", 1 }, { "statuscode", 2 } }),
            "quote active" };
    }
    if (stage == "quote active") {
        return { api.call("WinQuote", quote_close(m_quote)), "quote won" };
    }
    return { api.call("ConvertQuoteToSalesOrder", json::Object { { "QuoteId", m_quote } }),
        "order 192350000" };
}

Deal::Step Deal::fulfil(load::WebAPI& api, std::string const& stage)
{
    for (auto const& step : order_steps) {
        if (stage != std::string("order ") + step.status) {
            continue;
        }
        // The order in Finance and, once it is confirmed, its total.
        if ((m_order.empty() || step.next_status == nullptr) && !this->stage(api)) {
            return {};
        }
        auto answer = api.call(step.message, json::Object { { "OrderId", m_order } });
        return { std::move(answer),
            step.next_status ? std::string("order ") + step.next_status : "invoiced " + m_total };
    }
    return {};
}

}
