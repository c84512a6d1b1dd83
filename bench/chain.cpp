#include "bench/chain.h"

#include "core/text.h"

#include <fmt/format.h>

namespace cashline::bench {

namespace {

constexpr char const* product_numbers[] { "SB-100", "AC-300" };
constexpr std::int64_t stock = 10'000'000;

std::string between(std::string_view text, std::string_view before, std::string_view after)
{
    auto const begin = text.find(before);
    if (begin == std::string_view::npos) {
        return {};
    }
    auto const rest = text.substr(begin + before.size());
    return std::string(rest.substr(0, rest.find(after)));
}

json::Value closing(char const* type, std::string const& link, std::string const& path)
{
    return json::Object { { "@odata.type", std::string("Microsoft.Dynamics.CRM.") + type },
        { link + "@odata.bind", path } };
}

std::string statement_file(std::string const& id, Decimal const& opening, Payment const& payment)
{
    auto const closing_balance = *opening.plus(payment.amount);
    auto const balance = [](std::string_view code, Decimal const& value) {
        return fmt::format("<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}"
                           "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2027-03-02</Dt></Dt></Bal>",
            code, value.to_string());
    };
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document "
        "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>M-{"
        "0}"
        "</MsgId><CreDtTm>2027-03-02T20:00:00</CreDtTm></GrpHdr><Stmt><Id>{0}</Id><Acct><Id><IBAN>"
        "IE29AIBK93115212345678</IBAN></Id><Ccy>EUR</Ccy></Acct>{1}{2}<Ntry><NtryRef>N-{0}</"
        "NtryRef>"
        "<Amt Ccy=\"EUR\">{3}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>"
        "2027-03-02</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>E-{0}</EndToEndId></Refs>"
        "<RltdPties><Dbtr><Pty><Nm>{4}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>Invoice "
        "{5}</Ustrd>"
        "</RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>",
        id, balance("OPBD", opening), balance("CLBD", closing_balance), payment.amount.to_string(),
        payment.payer, payment.invoice_number);
}

Result<json::Value> only_row(ApiClient& api, std::string const& path)
{
    auto const page = TRY(api.get(path));
    auto const& rows = page.array("value");
    if (rows.size() != 1) {
        return internal("bench_no_rows", fmt::format("{} rows at {}", rows.size(), path));
    }
    return rows.front();
}

}

Result<void> BankDesk::pay(ApiClient& office, Payment const& payment)
{
    std::scoped_lock const lock(m_mutex);
    auto const id = fmt::format("BENCH-{}", ++m_number);
    auto const file = statement_file(id, m_balance, payment);
    auto const imported = TRY(office.post("cl_ImportBankStatement",
        json::Object { { "FileName", id + ".xml" }, { "Content", text::base64_encode(file) } }));
    m_balance = *m_balance.plus(payment.amount);
    auto const posted = TRY(office.post("cl_PostBankStatement",
        json::Object { { "StatementId", std::string(imported.text("StatementId")) } }));
    if (posted.integer("Settled") != 1) {
        return internal("bench_not_settled", "A payment did not settle its invoice.");
    }
    return {};
}

Result<ChainGoods> prepare_goods(ApiClient& manager, ApiClient& office)
{
    ChainGoods goods;
    for (std::string const number : product_numbers) {
        auto const product = TRY(only_row(manager,
            "products?$select=productid,_defaultuomid_value&$filter=productnumber%20eq%20'" + number
                + "'"));
        goods.products.emplace_back(product.text("productid"));
        goods.unit = product.text("_defaultuomid_value");
        TRY(office.post("cl_AdjustInventory",
            json::Object {
                { "ItemNumber", number }, { "Quantity", stock }, { "Company", "awie" } }));
    }
    return goods;
}

ChainRunner::ChainRunner(
    std::uint16_t port, Callers const& callers, ChainGoods const& goods, BankDesk& bank)
    : m_visitor(port)
    , m_manager(port, callers.manager.token)
    , m_office(port, callers.office.token)
    , m_goods(goods)
    , m_bank(bank)
{
}

Result<void> ChainRunner::open_form()
{
    auto const page = m_visitor.get("/shop/partner-request");
    std::string const cookie(page.header("Set-Cookie"));
    m_cookie = cookie.substr(0, cookie.find(';'));
    m_csrf = between(page.body, "name=\"csrf\" value=\"", "\"");
    m_started = between(page.body, "name=\"started\" value=\"", "\"");
    if (page.status != 200 || m_csrf.empty() || m_started.empty()) {
        return internal("bench_no_form", "The shop shows no request form.");
    }
    return {};
}

Result<void> ChainRunner::run(std::string const& name)
{
    auto const lead = TRY(send_request(name));
    auto const opportunity = TRY(qualify(lead));
    return order_to_cash(TRY(win_quote(opportunity)));
}

Result<std::string> ChainRunner::send_request(std::string const& name)
{
    auto const form = fmt::format("csrf={}&started={}&firstname=Vera&lastname={}&company={}"
                                  "&email={}%40visitors.example&phone=&country=Ireland&city=Galway"
                                  "&product=&website=&message=Four+surfboards+for+our+school.",
        text::percent_encode(m_csrf), text::percent_encode(m_started), name, "Surf+School+" + name,
        name);
    auto const answer = m_visitor.send({ .method = "POST",
        .target = "/shop/partner-request",
        .body = form,
        .content_type = "application/x-www-form-urlencoded",
        .headers = { { "Cookie", m_cookie } } });
    if (answer.status != 303) {
        return internal("bench_refused", fmt::format("Request form: {}", answer.status));
    }
    std::string const location(answer.header("Location"));
    auto const reference = location.substr(location.find('=') + 1);
    auto const lead = TRY(only_row(
        m_manager, "leads?$select=leadid&$filter=cl_reference%20eq%20'" + reference + "'"));
    return std::string(lead.text("leadid"));
}

Result<std::string> ChainRunner::qualify(std::string const& lead)
{
    auto const reply = TRY(m_manager.post("leads(" + lead + ")/Microsoft.Dynamics.CRM.QualifyLead",
        json::Object { { "CreateAccount", true }, { "CreateContact", true },
            { "CreateOpportunity", true }, { "Status", -1 } }));
    std::string opportunity;
    for (auto const& row : reply.array("value")) {
        if (row.find("opportunityid")) {
            opportunity = row.text("opportunityid");
        }
    }
    for (auto const& product : m_goods.products) {
        TRY(m_manager.create("opportunityproducts",
            json::Object { { "opportunityid@odata.bind", "/opportunities(" + opportunity + ")" },
                { "productid@odata.bind", "/products(" + product + ")" },
                { "uomid@odata.bind", "/uoms(" + m_goods.unit + ")" }, { "quantity", 4 } }));
    }
    return opportunity;
}

Result<std::string> ChainRunner::win_quote(std::string const& opportunity)
{
    json::Value const all_columns { json::Object { { "AllColumns", true } } };
    auto const offer = TRY(m_manager.post("GenerateQuoteFromOpportunity",
        json::Object { { "OpportunityId", opportunity }, { "ColumnSet", all_columns } }));
    std::string const quote(offer.text("quoteid"));
    TRY(m_manager.patch(
        "quotes(" + quote + ")", json::Object { { "statecode", 1 }, { "statuscode", 2 } }));
    TRY(m_manager.post("WinQuote",
        json::Object { { "QuoteClose", closing("quoteclose", "quoteid", "/quotes(" + quote + ")") },
            { "Status", -1 } }));
    auto const order = TRY(m_manager.post("ConvertQuoteToSalesOrder",
        json::Object { { "QuoteId", quote }, { "ColumnSet", all_columns } }));
    TRY(m_manager.post("WinOpportunity",
        json::Object { { "OpportunityClose",
                           closing("opportunityclose", "opportunityid",
                               "/opportunities(" + opportunity + ")") },
            { "Status", -1 } }));
    return std::string(order.text("salesorderid"));
}

Result<void> ChainRunner::order_to_cash(std::string const& order)
{
    auto const header = TRY(only_row(m_office,
        "SalesOrderHeadersV2?$select=finsalesorderid&$filter=salesorderid%20eq%20" + order));
    auto const id = std::string(header.text("finsalesorderid"));
    for (auto const* step :
        { "cl_ConfirmOrder", "cl_PickOrder", "cl_PackOrder", "cl_InvoiceOrder" }) {
        TRY(m_office.post(step, json::Object { { "OrderId", id } }));
    }
    auto const invoice = TRY(only_row(m_office,
        "SalesInvoiceHeadersV2?$select=invoicenumber,invoicecustomername,totalinvoiceamount&$"
        "filter="
        "_orderid_value%20eq%20"
            + id));
    return m_bank.pay(m_office,
        { .invoice_number = std::string(invoice.text("invoicenumber")),
            .payer = std::string(invoice.text("invoicecustomername")),
            .amount = *invoice.find("totalinvoiceamount")->as_number() });
}

}
