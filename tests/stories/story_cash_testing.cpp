// Steps 10 to 12: goods, invoices, the buyer's own order, money in the bank.
#include "core/text.h"
#include "tests/stories/bank_file.h"
#include "tests/stories/story.h"

#include <algorithm>

namespace cashline::story {

namespace {

// salesorder.msdyn_processingstatus (integration.md 3.1).
constexpr std::int64_t confirmed = 192350001;
constexpr std::int64_t picked = 192350002;
constexpr std::int64_t partially_delivered = 192350003;
constexpr std::int64_t delivered = 192350004;
constexpr std::int64_t invoiced = 192350005;
constexpr std::int64_t partially_invoiced = 192350006;
constexpr std::int64_t delivered_partially_invoiced = 192350008;
constexpr std::int64_t partially_picked = 870000000;

json::Value quantity_of(json::Value const& line, std::string const& quantity)
{
    return json::Object { { "LineId", line.text("id") }, { "Quantity", quantity } };
}

}

void Story::set_the_stage()
{
    auto wishes = m_plot.wishes;
    wishes.push_back(m_plot.more);
    wishes.push_back(m_plot.again);
    for (auto const& wish : wishes) {
        done("otto", "cl_AdjustInventory",
            json::Object { { "ItemNumber", wish.product }, { "Quantity", wish.quantity },
                { "Text", "Opening stock" } });
    }
    if (!m_plot.vat_percent.empty()) {
        auto const rate =
            rows("ines", "TaxCodeValues?$filter=dataareaid eq 'awie' and taxcodeid eq 'VAT23'");
        ASSERT_EQ(rate.size(), 1U);
        changed("ines", { "TaxCodeValues", id_of(rate.front(), "fintaxrateid") },
            json::Object { { "value", m_plot.vat_percent } });
    }
    auto const charge = only(
        "ines", "AutomaticSalesCharges?$filter=dataareaid eq 'awie' and chargecode eq 'FREIGHT'");
    changed("ines", { "AutomaticSalesCharges", id_of(charge, "finautochargeid") },
        json::Object { { "chargevalue", m_plot.freight } });
}

json::Value Story::finance_order(Record const& sales_order)
{
    return only(
        "otto", "SalesOrderHeadersV2?$filter=salesorderid eq " + sales_order.id.to_string());
}

json::Value Story::step_order(
    std::string_view who, std::string const& message, Id order, json::Array lines)
{
    json::Value wish { json::Object { { "OrderId", order.to_string() } } };
    if (!lines.empty()) {
        wish.set("Lines", std::move(lines));
    }
    return done(who, message, wish).body;
}

void Story::expect_processing(Record const& sales_order, std::int64_t status)
{
    auto const order = row(m_plot.seller, sales_order, "msdyn_processingstatus");
    EXPECT_EQ(order.integer("msdyn_processingstatus"), status);
    expect_both_sides_equal();
    expect_ledger_balances();
}

void Story::step_10_goods_go_out_and_an_invoice_follows()
{
    auto const order = id_of(finance_order(m_order), "finsalesorderid");
    auto const refused = [&](std::string_view who, std::string const& message) {
        return m_door.call(who, message, json::Object { { "OrderId", order.to_string() } });
    };
    expect_refused(refused("otto", "cl_PickOrder"), "order_not_confirmed");
    expect_refused(refused("daisy", "cl_ConfirmOrder"), "PrivilegeDenied");
    step_order("ines", "cl_ConfirmOrder", order);
    expect_processing(m_order, confirmed);
    EXPECT_EQ(amount_of(finance_order(m_order), "ordertotalamount"),
        amount_of(row(m_plot.seller, m_order), "totalamount"));

    if (m_plot.goes_out_in_parts) {
        return goes_out_in_parts(order);
    }
    goes_out_at_once(order);
    expect_refused(refused("ines", "cl_InvoiceOrder"), "order_is_closed");
}

// Some of the first line; never more than was ordered.
void Story::pick_first(Id order)
{
    auto const document = done(
        "otto", "cl_RetrieveFulfilmentOrder", json::Object { { "OrderId", order.to_string() } })
                              .body;
    ASSERT_FALSE(document.array("lines").empty());
    auto const& line = document.array("lines")[0];
    auto const pick = [&](std::string const& quantity) {
        return m_door.call("otto", "cl_PickOrder",
            json::Object { { "OrderId", order.to_string() },
                { "Lines", json::Array { quantity_of(line, quantity) } } });
    };
    expect_refused(pick("1000000"), "picked_more_than_ordered");
    EXPECT_EQ(pick(std::to_string(m_plot.picked_first)).code, "");
    expect_processing(m_order, partially_picked);
}

void Story::goes_out_at_once(Id order)
{
    pick_first(order);
    step_order("otto", "cl_PickOrder", order);
    expect_processing(m_order, picked);
    step_order("otto", "cl_PackOrder", order);
    expect_processing(m_order, delivered);
    step_order("ines", "cl_InvoiceOrder", order);
    expect_processing(m_order, invoiced);
    expect_invoice_is_out(m_order);
}

void Story::goes_out_in_parts(Id order)
{
    pick_first(order);
    step_order("otto", "cl_PackOrder", order);
    expect_processing(m_order, partially_delivered);
    step_order("ines", "cl_InvoiceOrder", order);
    expect_processing(m_order, partially_invoiced);
    step_order("otto", "cl_PickOrder", order);
    expect_processing(m_order, partially_invoiced);
    step_order("otto", "cl_PackOrder", order);
    expect_processing(m_order, delivered_partially_invoiced);
    step_order("ines", "cl_InvoiceOrder", order);
    expect_processing(m_order, invoiced);
    expect_parts_make_the_whole(m_order);
}

// Goods and charge of both invoices are those of the order; each part rounds its own tax.
void Story::expect_parts_make_the_whole(Record const& sales_order)
{
    auto const order = row(m_plot.seller, sales_order);
    auto const parts = rows(
        m_plot.seller, "invoices?$filter=_salesorderid_value eq " + sales_order.id.to_string());
    ASSERT_EQ(parts.size(), 2U);
    m_moves["invoice"] += 2;
    for (auto const* column : { "totallineitemamount", "freightamount", "totaldiscountamount" }) {
        EXPECT_EQ(amount_of(parts[0], column).plus(amount_of(parts[1], column)).value(),
            amount_of(order, column))
            << column;
    }
    for (auto const& part : parts) {
        EXPECT_TRUE(mail_to(m_plot.email, std::string(part.text("invoicenumber"))).is_found());
    }
}

void Story::deliver(Record const& sales_order)
{
    auto const order = id_of(finance_order(sales_order), "finsalesorderid");
    step_order("ines", "cl_ConfirmOrder", order);
    expect_processing(sales_order, confirmed);
    step_order("otto", "cl_PickOrder", order);
    expect_processing(sales_order, picked);
    step_order("otto", "cl_PackOrder", order);
    expect_processing(sales_order, delivered);
    step_order("ines", "cl_InvoiceOrder", order);
    expect_processing(sales_order, invoiced);
    expect_invoice_is_out(sales_order);
}

// In Finance and in Sales with the same cents as the order, as PDF and as UBL, mailed.
void Story::expect_invoice_is_out(Record const& sales_order)
{
    auto const order = row(m_plot.seller, sales_order);
    auto const sales = only(
        m_plot.seller, "invoices?$filter=_salesorderid_value eq " + sales_order.id.to_string());
    auto const number = std::string(sales.text("invoicenumber"));
    auto const finance =
        only("ines", "SalesInvoiceHeadersV2?$filter=invoicenumber eq '" + number + "'");
    EXPECT_EQ(amount_of(finance, "totalinvoiceamount"), amount_of(order, "totalamount"));
    EXPECT_EQ(amount_of(finance, "totaltaxamount"), amount_of(order, "totaltax"));
    EXPECT_EQ(amount_of(finance, "totalchargeamount"), amount_of(order, "freightamount"));
    EXPECT_EQ(amount_of(sales, "totalamount"), amount_of(order, "totalamount"));
    m_invoice = { "SalesInvoiceHeadersV2", id_of(finance, "fininvoiceid") };

    ++m_moves["invoice"];
    auto const mail = mail_to(m_plot.email, number);
    auto const pdf = m_door.download("ada", mail.attachment("pdf"));
    EXPECT_TRUE(pdf.starts_with("%PDF-")) << pdf.substr(0, 40);
    auto const ubl = m_door.download("ada", mail.attachment("xml"));
    EXPECT_TRUE(ubl.contains("<cbc:ID>" + number + "</cbc:ID>")) << ubl.substr(0, 2'000);
    EXPECT_TRUE(ubl.contains(
        amount_of(finance, "totalinvoiceamount").to_string(2) + "</cbc:PayableAmount>"));
    auto const address = "/documents/invoices/" + std::string(sales.text("invoiceid"));
    if (auto const paper = m_door.paper(m_plot.seller, address + ".pdf")) {
        EXPECT_TRUE(paper->starts_with("%PDF-")) << paper->substr(0, 40);
    }
    if (auto const paper = m_door.paper(m_plot.seller, address + ".xml")) {
        EXPECT_TRUE(paper->contains("<cbc:ID>" + number + "</cbc:ID>"));
    }
    auto const stored = row("ines", m_invoice);
    EXPECT_FALSE(stored.text("pdffile").empty());
    EXPECT_FALSE(stored.text("ublfile").empty());
}

void Story::step_11_the_buyer_orders_again_and_pays()
{
    buyer_sets_her_password();
    if (::testing::Test::HasFailure()) {
        return;
    }
    coupon_and_limits();
    order_in_the_shop();
    if (::testing::Test::HasFailure()) {
        return;
    }
    deliver(m_shop_order);
    bank_statement_settles();
    EXPECT_TRUE(m_door.open(m_mona, "/shop/account/invoices").shows("Paid"));
}

void Story::buyer_sets_her_password()
{
    EXPECT_EQ(m_door.open(m_mona, "/shop/account").status, 303); // Not signed in yet.
    auto const set = m_door.submit(m_mona, m_set_password, "/shop/set-password",
        { { "password", m_plot.password }, { "repeat", m_plot.password } });
    ASSERT_EQ(set.status, 303) << set.body;
    EXPECT_EQ(m_door.open(m_mona, m_set_password).status, 410); // Once.
    EXPECT_EQ(m_door.submit(m_mona, "/shop/account", "/shop/sign-out", {}).status, 303);
    auto const entered = m_door.submit(m_mona, "/shop/sign-in", "/shop/sign-in",
        { { "email", m_plot.email }, { "password", m_plot.password } });
    ASSERT_EQ(entered.status, 303) << entered.body;
    EXPECT_EQ(m_door.open(m_mona, "/shop/account").status, 200);
    // What was agreed with her, from the won deal.
    auto const prices = m_door.open(m_mona, "/shop/account/prices");
    EXPECT_EQ(prices.status, 200);
    EXPECT_TRUE(prices.shows("Agreed with you")) << prices.body;
    for (auto const& agreed : agreed_prices()) {
        EXPECT_TRUE(prices.shows("€" + amount_of(agreed, "price").to_string(2)))
            << agreed.to_string();
    }
    auto const page = m_door.open(m_mona, "/shop/account/invoices");
    for (auto const& invoice : open_invoices()) {
        EXPECT_TRUE(page.shows(invoice.text("invoicenumber"))) << page.body;
    }
}

Page Story::checkout()
{
    return m_door.submit(
        m_mona, "/shop/checkout", "/shop/checkout", { { "purchaseorder", "PO-4711" } });
}

// Nobody orders on account without both limits, nor with a code that is not active.
void Story::coupon_and_limits()
{
    auto const added =
        m_door.submit(m_mona, "/shop/products/" + m_plot.again.product, "/shop/cart/add",
            { { "product", m_plot.again.product },
                { "quantity", std::to_string(m_plot.again.quantity) } });
    EXPECT_EQ(added.status, 303) << added.body;
    auto const enter = [&] {
        return m_door.submit(
            m_mona, "/shop/cart", "/shop/cart/coupon", { { "coupon", m_plot.coupon } });
    };
    EXPECT_TRUE(enter().shows("There is no coupon"));
    auto const coupon = made("paul", "cl_coupons",
        json::Object {
            { "cl_code", m_plot.coupon }, { "cl_discountpercent", m_plot.coupon_percent } });
    EXPECT_TRUE(enter().shows("not active"));
    expect_refused(m_door.call(m_plot.seller, "cl_ActivateCoupon", json::Object {}, coupon),
        "PrivilegeDenied");
    done("paul", "cl_ActivateCoupon", {}, coupon);
    done("paul", "cl_DeactivateCoupon", {}, coupon);
    EXPECT_TRUE(enter().shows("not active"));
    done("paul", "cl_ActivateCoupon", {}, coupon);
    auto const entered = enter();
    EXPECT_EQ(entered.status, 303) << entered.body;
    EXPECT_TRUE(m_door.open(m_mona, "/shop/cart").shows("is taken off"));

    auto const no_spending = checkout();
    EXPECT_EQ(no_spending.status, 409);
    EXPECT_TRUE(no_spending.shows("no spending limit yet")) << no_spending.body;
    auto const buyer = only("sam", "cl_buyers?$filter=cl_email eq '" + m_plot.email + "'");
    auto const limit = [&](char const* amount) {
        auto const saved = m_door.submit(m_mona, "/shop/account/buyers", "/shop/account/buyers",
            { { "buyer", std::string(buyer.text("cl_buyerid")) }, { "limit", amount } });
        EXPECT_EQ(saved.status, 303) << saved.body;
    };
    limit("1000000");
    auto const no_credit = checkout();
    EXPECT_EQ(no_credit.status, 409);
    EXPECT_TRUE(no_credit.shows("no credit limit with us")) << no_credit.body;
    auto const credit = [&](std::string const& amount) {
        done("ines", "cl_SetCustomerCredit",
            json::Object { { "CustomerAccount", m_account_number }, { "CreditLimit", amount } });
    };
    credit("1.00");
    EXPECT_TRUE(checkout().shows("above the credit that is left"));
    credit("1000000.00");
    limit("1");
    EXPECT_TRUE(checkout().shows("above your spending limit"));
    limit("1000000");
}

// The cart's total, the order's, and later the invoice's are the same cents.
void Story::order_in_the_shop()
{
    auto const orders = count(m_plot.seller, "salesorders");
    auto const page = m_door.open(m_mona, "/shop/checkout").body;
    auto const shown = hidden_value(page, "total");
    Typed const form { { "csrf", hidden_value(page, "csrf") },
        { "checkout", hidden_value(page, "checkout") }, { "total", shown },
        { "purchaseorder", "PO-4711" } };
    auto const placed = m_door.post(m_mona, "/shop/checkout", form);
    ASSERT_EQ(placed.status, 303) << placed.body;
    // A double click orders nothing more.
    EXPECT_EQ(m_door.post(m_mona, "/shop/checkout", form).location, placed.location);
    EXPECT_TRUE(placed.location.contains("/shop/account/orders/")) << placed.location;
    EXPECT_EQ(m_door.open(m_mona, placed.location).status, 200);
    EXPECT_EQ(count(m_plot.seller, "salesorders"), orders + 1);
    auto const order = only(m_plot.seller,
        "salesorders?$filter=cl_purchaseorder eq 'PO-4711' and _customerid_value eq "
            + m_account.id.to_string());
    m_shop_order = { "salesorders", id_of(order, "salesorderid") };
    ++m_moves["order"];
    EXPECT_EQ(amount_of(order, "totalamount"), Amount::parse(shown));
    EXPECT_GT(amount_of(order, "totaldiscountamount"), Amount {});
    if (!m_plot.shop_order_total.empty()) {
        EXPECT_EQ(amount_of(order, "totalamount"), Amount::parse(m_plot.shop_order_total));
    }
    EXPECT_EQ(order.text("cl_couponcodes"), m_plot.coupon);
    EXPECT_EQ(order.text("_ownerid_value"), guid("systemuser", m_plot.seller));
    EXPECT_EQ(rows("paul",
                  "cl_couponuses?$filter=_cl_salesorderid_value eq " + m_shop_order.id.to_string())
                  .size(),
        1U);
    auto const line = only(m_plot.seller,
        "salesorderdetails?$filter=_salesorderid_value eq " + m_shop_order.id.to_string());
    auto const agreed = only("ines",
        "SalesPriceAgreements?$filter=accountrelation eq '" + m_account_number
            + "' and itemrelation eq '" + m_plot.again.product + "'");
    EXPECT_EQ(amount_of(line, "priceperunit"), amount_of(agreed, "price"));
    EXPECT_TRUE(mail_to(m_plot.email, std::string(order.text("ordernumber"))).is_found());
}

std::string Story::statement(
    std::vector<std::pair<std::string, json::Value>> const& payments, std::string const& returned)
{
    auto const today = m_door.platform().environment().now().date_utc().to_string();
    auto const latest = rows("ines", "BankStatements?$orderby=createdon desc&$top=1");
    if (m_statements == 0 && !latest.empty()) {
        m_bank = amount_of(latest.front(), "closingamount");
    }
    BankFile file { .number = "S" + std::to_string(++m_statements) + "-" + m_account_number,
        .date = today,
        .opening = m_bank.to_string(2) };
    for (auto const& [amount, invoice] : payments) {
        auto const number = std::string(invoice.text("invoicenumber"));
        file.entries.push_back({ .amount = amount,
            .payer = escaped(m_plot.company),
            .text = "Invoice " + number,
            .end_to_end = "E2E-" + number,
            .returned = returned });
        auto const paid = Amount::parse(amount).value();
        m_bank = m_bank.plus(returned.empty() ? paid : paid.negated()).value();
    }
    file.closing = m_bank.to_string(2);
    auto const imported = done("ines", "cl_ImportBankStatement",
        json::Object {
            { "FileName", "statement.xml" }, { "Content", text::base64_encode(text_of(file)) } });
    return std::string(imported.body.text("StatementId"));
}

std::vector<json::Value> Story::open_invoices()
{
    std::vector<json::Value> open;
    for (auto& invoice :
        rows("ines",
            "SalesInvoiceHeadersV2?$orderby=invoicenumber&$filter=invoicecustomeraccountnumber eq '"
                + m_account_number + "'")) {
        if (!amount_of(invoice, "openamount").is_zero()) {
            open.push_back(std::move(invoice));
        }
    }
    return open;
}

void Story::bank_statement_settles()
{
    m_cash_before = figure("sam", "cash");
    std::vector<std::pair<std::string, json::Value>> payments;
    std::int64_t sum = 0;
    for (auto const& invoice : open_invoices()) {
        auto const total = amount_of(invoice, "totalinvoiceamount");
        EXPECT_EQ(amount_of(invoice, "openamount"), total);
        payments.emplace_back(total.to_string(2), invoice);
        sum += total.ten_thousandths;
    }
    ASSERT_FALSE(payments.empty());
    auto const imported = statement(payments);
    auto const posted =
        done("ines", "cl_PostBankStatement", json::Object { { "StatementId", imported } }).body;
    auto const paid = static_cast<std::int64_t>(payments.size());
    EXPECT_EQ(posted.integer("Posted"), paid) << posted.to_string();
    EXPECT_EQ(posted.integer("Settled"), paid) << posted.to_string();
    EXPECT_EQ(posted.integer("Open"), 0) << posted.to_string();
    EXPECT_TRUE(open_invoices().empty());
    for (auto const& [amount, invoice] : payments) {
        auto const sales = only(m_plot.seller,
            "invoices?$filter=invoicenumber eq '" + std::string(invoice.text("invoicenumber"))
                + "'");
        EXPECT_EQ(sales.integer("statecode"), 2) << "Sales sees that it is paid.";
    }
    auto const customer =
        only("ines", "CustomersV3?$filter=customeraccount eq '" + m_account_number + "'");
    EXPECT_EQ(amount_of(customer, "balanceamount"), Amount {});
    EXPECT_EQ(figure("sam", "cash").ten_thousandths - m_cash_before.ten_thousandths, sum);
}

void Story::step_12_the_dashboard_has_followed()
{
    auto const definition = done(m_plot.seller, "cl_RetrieveTableDefinition",
        json::Object { { "LogicalName", "opportunity" } })
                                .body;
    auto const in_view = [&](std::string_view name) {
        for (auto const& view : definition.array("views")) {
            if (view.text("name") == name) {
                auto const listed =
                    rows(m_plot.seller, "opportunities?savedQuery=" + std::string(view.text("id")));
                return std::ranges::any_of(listed, [&](json::Value const& deal) {
                    return deal.text("opportunityid") == m_deal.id.to_string();
                });
            }
        }
        ADD_FAILURE() << "There is no view " << name;
        return false;
    };
    EXPECT_FALSE(in_view("My Open Opportunities"));
    EXPECT_TRUE(in_view("Closed Opportunities"));
    EXPECT_TRUE(in_view("Won Opportunities"));
    EXPECT_FALSE(in_view("Lost Opportunities"));
    EXPECT_TRUE(in_view("Recent Opportunities"));
    EXPECT_GE(chain("sam")["order"], 2);
    EXPECT_GE(chain("sam")["invoice"], 2);
    EXPECT_GT(figure("sam", "cash"), Amount {});
    EXPECT_GT(figure("sam", "won"), Amount {});
}

}
