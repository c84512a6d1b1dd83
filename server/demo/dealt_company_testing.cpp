#include "server/demo/dealt_company_testing.h"

#include "apps/catalog/unit/unit_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/api.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_product/opportunity_product_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"

namespace cashline {

namespace {

using Work = std::function<Result<void>(Unit&)>;

// The people of the company at work, one after the other.
class Playing {
public:
    explicit Playing(Platform& platform) : m_platform(platform) { }

    Result<void> run();

private:
    Result<Caller> person(std::string_view name)
    {
        return m_platform.caller_of(demo::named("systemuser", name), Door::web_api);
    }
    Result<MessageReply> call(
        std::string_view who, std::string_view message, json::Value const& body)
    {
        return m_platform.call(TRY(person(who)), message, body);
    }
    Result<void> write(std::string_view who, Work const& work)
    {
        return m_platform.write(TRY(person(who)), work);
    }
    Result<Id> offer(Id opportunity);
    Result<void> set_up();
    Result<void> qualify();
    Result<Id> add_opportunity(Unit& unit, char const* topic, Lookup customer);
    Result<void> win_first_deal();
    Result<void> deliver_and_invoice(Id order);
    Result<void> begin_more();

    Platform& m_platform;
    Id m_account {};
    Id m_opportunity {};
};

Result<void> Playing::set_up()
{
    return m_platform.write(system_caller(), Work([](Unit& unit) -> Result<void> {
        TRY(unit.create(Row(unit::table, demo::named("uom", "box"))
                .set(unit::name, "Box")
                .set(unit::unit_group, demo::named("uomschedule", "default"))
                .set(unit::base_unit, demo::named("uom", "piece"))
                .set(unit::quantity, Decimal { 1'000'000, 5 })));
        return {};
    }));
}

Result<void> Playing::qualify()
{
    return write("daisy", [&](Unit& unit) -> Result<void> {
        auto const source = TRY(unit.create(Row(lead::table)
                .set(lead::topic, "Surfboards for 2027")
                .set(lead::first_name, "Mona")
                .set(lead::last_name, "Lindgren")
                .set(lead::email, "mona@northwind.example")
                .set(lead::country, "Ireland")
                .set(lead::company_name, "Northwind Traders")));
        auto const made = TRY(unit.call(sales::QualifyLead { .lead = { lead::table, source },
            .create_account = true,
            .create_contact = true,
            .create_opportunity = true }));
        m_account = made.rows[0].id;
        m_opportunity = made.rows[2].id;
        for (auto const* number : { "SB-100", "AC-300" }) {
            TRY(unit.create(Row(opportunity_product::table)
                    .set(opportunity_product::opportunity, m_opportunity)
                    .set(opportunity_product::product, demo::named("product", number))
                    .set(opportunity_product::quantity, Decimal::from(10))));
        }
        return {};
    });
}

Result<Id> Playing::offer(Id opportunity)
{
    auto const reply = TRY(call("daisy", "GenerateQuoteFromOpportunity",
        json::Object { { "OpportunityId", opportunity.to_string() } }));
    return reply.rows.front().id;
}

Result<Id> Playing::add_opportunity(Unit& unit, char const* topic, Lookup customer)
{
    auto const id = TRY(unit.create(Row(opportunity::table)
            .set(opportunity::topic, topic)
            .set(opportunity::customer, customer)));
    TRY(unit.create(Row(opportunity_product::table)
            .set(opportunity_product::opportunity, id)
            .set(opportunity_product::product, demo::named("product", "SB-110"))
            .set(opportunity_product::quantity, Decimal::from(3))));
    return id;
}

Result<void> Playing::win_first_deal()
{
    auto const quote_id = TRY(offer(m_opportunity));
    TRY(write("daisy", [&](Unit& unit) -> Result<void> {
        TRY(unit.update(
            quote::table, quote_id, Row {}.set(quote::discount_percentage, Decimal { 500, 2 })));
        return unit.update(quote::table, quote_id, Row {}.set(quote::state, QuoteState::active));
    }));
    json::Value const closing { json::Object {
        { "@odata.type", "Microsoft.Dynamics.CRM.quoteclose" },
        { "quoteid@odata.bind", "/quotes(" + quote_id.to_string() + ")" } } };
    TRY(call("daisy", "WinQuote", json::Object { { "QuoteClose", closing }, { "Status", -1 } }));
    auto const order = TRY(call(
        "daisy", "ConvertQuoteToSalesOrder", json::Object { { "QuoteId", quote_id.to_string() } }));
    return deliver_and_invoice(order.rows.front().id);
}

Result<void> Playing::deliver_and_invoice(Id order)
{
    auto const in_books =
        TRY(m_platform.read<std::optional<Row>>(system_caller(), [&](Reader& reader) {
            return reader.first(
                Query::from(finance_order::table).where(finance_order::sales_order == order));
        }));
    if (!in_books) {
        return missing("ObjectDoesNotExist", "The order did not reach the books.");
    }
    json::Value const body { json::Object { { "OrderId", in_books->id().to_string() } } };
    TRY(call("ines", "cl_ConfirmOrder", body));
    TRY(call("otto", "cl_PickOrder", body));
    TRY(call("otto", "cl_PackOrder", body));
    TRY(call("ines", "cl_InvoiceOrder", body));
    return {};
}

// A second deal that is still open, an order typed by hand, and a person who wants a board himself.
Result<void> Playing::begin_more()
{
    Id second {};
    TRY(write("daisy", [&](Unit& unit) -> Result<void> {
        Lookup const customer { account::table, m_account };
        second = TRY(add_opportunity(unit, "Boards for autumn", customer));
        auto const order = TRY(unit.create(Row(sales_order::table)
                .set(sales_order::name, "Three more boards")
                .set(sales_order::customer, customer)));
        TRY(unit.create(Row(sales_order_line::table)
                .set(sales_order_line::order, order)
                .set(sales_order_line::product, demo::named("product", "SB-110"))
                .set(sales_order_line::quantity, Decimal::from(3))));
        auto const person = TRY(unit.create(Row(contact::table)
                .set(contact::first_name, "Pia")
                .set(contact::last_name, "Persson")
                .set(contact::country, "Ireland")));
        TRY(add_opportunity(unit, "A board of her own", Lookup { contact::table, person }));
        return {};
    }));
    // The quote that stays open is the revision of an active one.
    auto const first = TRY(offer(second));
    TRY(write("daisy", [&](Unit& unit) {
        return unit.update(quote::table, first, Row {}.set(quote::state, QuoteState::active));
    }));
    TRY(call("daisy", "ReviseQuote", json::Object { { "QuoteId", first.to_string() } }));
    return {};
}

Result<void> Playing::run()
{
    TRY(set_up());
    TRY(qualify());
    TRY(win_first_deal());
    return begin_more();
}

}

Result<void> make_deals(Platform& platform) { return Playing(platform).run(); }

Result<void> DealtCompanyTest::prepare(Platform& platform) const { return make_deals(platform); }

void DealtCompanyTest::SetUp()
{
    CompanyTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
        return;
    }
    m_account = only(Query::from(account::table)).id();
    m_contact = only(Query::from(contact::table).where(contact::last_name == "Lindgren")).id();
    m_person = only(Query::from(contact::table).where(contact::last_name == "Persson")).id();
    m_opportunity =
        only(Query::from(opportunity::table).where(opportunity::topic == "Boards for autumn")).id();
    m_draft_quote = only(Query::from(quote::table).where(quote::state == QuoteState::draft)).id();
    m_won_quote = only(Query::from(quote::table).where(quote::state == QuoteState::won)).id();
    auto const typed = sales_order::name == "Three more boards";
    m_open_order = only(Query::from(sales_order::table).where(typed)).id();
    m_invoiced_order =
        only(Query::from(sales_order::table).where(is_not_null(sales_order::quote))).id();
    m_finance_open_order =
        only(Query::from(finance_order::table).where(finance_order::sales_order == m_open_order))
            .id();
}

Row DealtCompanyTest::read(TableId table, Id id)
{
    auto const row = platform().read<Row>(
        system_caller(), [&](Reader& reader) { return reader.retrieve(table, id); });
    EXPECT_TRUE(row.has_value()) << row.error().text;
    return row.value_or(Row(table));
}

std::vector<Row> DealtCompanyTest::all(Query const& query)
{
    auto rows = platform().read<std::vector<Row>>(
        system_caller(), [&](Reader& reader) { return reader.query(query); });
    EXPECT_TRUE(rows.has_value()) << rows.error().text;
    return rows.value_or(std::vector<Row> {});
}

Row DealtCompanyTest::only(Query const& query)
{
    auto const rows = all(query);
    EXPECT_EQ(rows.size(), 1U) << platform().schema()->table(query.table).name;
    return rows.empty() ? Row(query.table) : rows.front();
}

std::string DealtCompanyTest::write(Caller const& caller, Work const& work)
{
    auto const done = platform().write(caller, work);
    return done ? std::string {} : done.error().code + ": " + done.error().text;
}

std::string DealtCompanyTest::change(Caller const& caller, Row const& target, Row changes)
{
    return write(
        caller, [&](Unit& unit) { return unit.update(target.table(), target.id(), changes); });
}

std::string DealtCompanyTest::refusal(
    std::string_view who, std::string_view message, json::Value const& body)
{
    auto const reply = platform().call(as(who), message, body);
    return reply ? std::string {} : reply.error().code;
}

MessageReply DealtCompanyTest::call(
    std::string_view who, std::string_view message, json::Value const& body)
{
    auto reply = platform().call(as(who), message, body);
    EXPECT_TRUE(reply.has_value())
        << message << ": " << reply.error().code << ": " << reply.error().text;
    return reply ? std::move(*reply) : MessageReply {};
}

json::Value DealtCompanyTest::win_opportunity(Id opportunity)
{
    json::Value const closing { json::Object {
        { "@odata.type", "Microsoft.Dynamics.CRM.opportunityclose" },
        { "opportunityid@odata.bind", "/opportunities(" + opportunity.to_string() + ")" } } };
    return json::Object { { "OpportunityClose", closing }, { "Status", -1 } };
}

}
