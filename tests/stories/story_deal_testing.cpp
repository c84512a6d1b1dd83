// Steps 5 to 9: from the qualified lead to the won deal and what it leaves in the books.
#include "core/text.h"
#include "tests/stories/story.h"

#include <algorithm>

namespace cashline::story {

namespace {

constexpr std::int64_t prospect = 8;
constexpr std::int64_t customer = 3;

std::string action_of(json::Value const& preview, std::string_view part)
{
    auto const* found = preview.find(part);
    return found ? std::string(found->text("action")) : "absent";
}

std::int64_t lines_in_cents(std::vector<json::Value> const& lines, std::string_view column)
{
    std::int64_t sum = 0;
    for (auto const& line : lines) {
        sum += amount_of(line, column).ten_thousandths;
    }
    return sum;
}

}

void Story::step_05_the_seller_qualifies()
{
    auto const preview = done(m_plot.seller, "cl_PreviewQualification", {}, m_lead).body;
    for (auto const* part : { "account", "contact", "opportunity" }) {
        EXPECT_EQ(action_of(preview, part), "create") << preview.to_string();
    }
    json::Value const wish { json::Object { { "CreateAccount", true }, { "CreateContact", true },
        { "CreateOpportunity", true }, { "Status", 3 } } };
    auto const reply = done(m_plot.seller, "QualifyLead", wish, m_lead);
    ASSERT_EQ(reply.rows.size(), 3U);
    --m_moves["lead"];
    ++m_moves["opportunity"];
    auto const lead = row(m_plot.seller, m_lead);
    EXPECT_EQ(lead.integer("statecode"), 1);
    m_account = { "accounts", id_of(lead, "_parentaccountid_value") };
    m_contact = { "contacts", id_of(lead, "_parentcontactid_value") };
    m_deal = { "opportunities", id_of(lead, "_qualifyingopportunityid_value") };
    expect_refused(
        m_door.call(m_plot.seller, "QualifyLead", wish, m_lead), "LeadAlreadyInClosedState");

    auto const account = row(m_plot.seller, m_account);
    EXPECT_EQ(account.text("name"), m_plot.company);
    EXPECT_EQ(account.integer("customertypecode"), prospect);
    m_account_number = account.text("accountnumber");
    EXPECT_FALSE(m_account_number.empty());
    EXPECT_EQ(account.text("_primarycontactid_value"), m_contact.id.to_string());
    auto const contact = row(m_plot.seller, m_contact);
    EXPECT_EQ(contact.text("emailaddress1"), m_plot.email);
    EXPECT_EQ(contact.text("_parentcustomerid_value"), m_account.id.to_string());
    auto const deal = row(m_plot.seller, m_deal);
    EXPECT_EQ(deal.text("description"), m_plot.text);
    EXPECT_EQ(deal.text("name"), lead.text("subject"));
    EXPECT_EQ(deal.text("_customerid_value"), m_account.id.to_string());
    EXPECT_EQ(deal.text("stepname"), "2-Develop");
    // Finance knows its customer from this moment.
    auto const known =
        only("ines", "CustomersV3?$filter=customeraccount eq '" + m_account_number + "'");
    EXPECT_EQ(known.text("organizationname"), m_plot.company);
    expect_refused(
        m_door.update(m_plot.seller, m_account, json::Object { { "accountnumber", "X-1" } }),
        "key_is_synchronised");
}

json::Value Story::card(std::string_view who, Record const& record, std::string const& table)
{
    return done(who, "cl_RetrieveRecordCard",
        json::Object { { "LogicalName", table }, { "RecordId", record.id.to_string() } })
        .body;
}

void Story::step_06_the_team_works_on_the_opportunity()
{
    talk_in_a_channel();
    add_stakeholder_and_competitor();
    let_the_colleague_in();
}

void Story::talk_in_a_channel()
{
    auto const opened = done(m_plot.seller, "cl_OpenChannel",
        json::Object { { "LogicalName", "opportunity" }, { "RecordId", m_deal.id.to_string() } });
    Record const channel { "cl_channels", id_of(opened.body, "ChannelId") };
    Record const colleague { "systemusers",
        Id::parse(guid("systemuser", m_plot.colleague)).value() };
    made(m_plot.seller, "cl_channelmembers",
        json::Object { { "cl_channelid@odata.bind", channel.bind() },
            { "cl_userid@odata.bind", colleague.bind() } });
    auto const said = made(m_plot.seller, "cl_channelmessages",
        json::Object { { "cl_channelid@odata.bind", channel.bind() },
            { "cl_text",
                "@[systemuser," + colleague.id.to_string() + ",\"Colleague\"] have a look" } });
    EXPECT_TRUE(has_bell(m_plot.colleague, channel.id) || has_bell(m_plot.colleague, said.id));
    EXPECT_EQ(rows(m_plot.colleague,
                  "cl_channelmessages?$filter=_cl_channelid_value eq " + channel.id.to_string())
                  .size(),
        1U);
    // Talking about it is no right to it: its title, nothing else.
    auto const closed = card(m_plot.colleague, m_deal, "opportunity");
    EXPECT_EQ(closed.text("access"), "none");
    EXPECT_FALSE(closed.text("title").empty());
    EXPECT_EQ(closed.find("fields"), nullptr);
    // The card is as the record is now.
    auto const before = card(m_plot.seller, m_deal, "opportunity");
    EXPECT_EQ(before.text("access"), "write");
    changed(m_plot.seller, m_deal, json::Object { { "closeprobability", 60 } });
    auto const after = card(m_plot.seller, m_deal, "opportunity");
    EXPECT_NE(after.text("etag"), before.text("etag"));
    EXPECT_TRUE(after.to_string().contains("60")) << after.to_string();
    EXPECT_EQ(card(m_plot.seller, m_account, "account").text("title"), m_plot.company);
}

void Story::add_stakeholder_and_competitor()
{
    auto const decides = only(
        m_plot.seller, "connectionroles?$filter=name eq 'Decision Maker' and category eq 1000");
    Record const role { "connectionroles", id_of(decides, "connectionroleid") };
    made(m_plot.seller, "connections",
        json::Object { { "record1id_opportunity@odata.bind", m_deal.bind() },
            { "record2id_contact@odata.bind", m_contact.bind() },
            { "record2roleid@odata.bind", role.bind() } });
    // Both ends show it.
    for (auto const& end : { m_deal, m_contact }) {
        EXPECT_EQ(
            rows(m_plot.seller, "connections?$filter=_record1id_value eq " + end.id.to_string())
                .size(),
            1U);
    }
    auto const rival =
        only(m_plot.seller, "competitors?$filter=name eq " + literal_of(m_plot.competitor));
    Record const competitor { "competitors", id_of(rival, "competitorid") };
    made(m_plot.seller, m_deal.address() + "/opportunitycompetitors_association/$ref",
        json::Object { { "@odata.id", competitor.address() } });
    auto const deal =
        row(m_plot.seller, m_deal, "name&$expand=opportunitycompetitors_association($select=name)");
    ASSERT_EQ(deal.array("opportunitycompetitors_association").size(), 1U);
    EXPECT_EQ(deal.array("opportunitycompetitors_association")[0].text("name"), m_plot.competitor);
}

// The sales team opens just this record.
void Story::let_the_colleague_in()
{
    expect_refused(m_door.get(m_plot.colleague, m_deal.address()), "ObjectDoesNotExist");
    auto const readable = count(m_plot.colleague, "opportunities");
    auto const pattern = rows("ada", "teamtemplates?$filter=objecttypecode eq 3");
    ASSERT_FALSE(pattern.empty());
    Record const colleague { "systemusers",
        Id::parse(guid("systemuser", m_plot.colleague)).value() };
    done(m_plot.seller, "AddUserToRecordTeam",
        json::Object { { "Record",
                           json::Object { { "@odata.type", "Microsoft.Dynamics.CRM.opportunity" },
                               { "opportunityid", m_deal.id.to_string() } } },
            { "TeamTemplate",
                json::Object { { "@odata.type", "Microsoft.Dynamics.CRM.teamtemplate" },
                    { "teamtemplateid", pattern.front().text("teamtemplateid") } } } },
        colleague);
    EXPECT_EQ(count(m_plot.colleague, "opportunities"), readable + 1);
    EXPECT_EQ(row(m_plot.colleague, m_deal).text("opportunityid"), m_deal.id.to_string());
    EXPECT_NE(card(m_plot.colleague, m_deal, "opportunity").text("access"), "none");
    expect_refused(m_door.get(m_plot.colleague, m_lead.address()), "ObjectDoesNotExist");
}

void Story::add_product(Wish const& wish)
{
    auto const product = only(
        m_plot.seller, "products?$select=name&$filter=productnumber eq '" + wish.product + "'");
    made(m_plot.seller, "opportunityproducts",
        json::Object { { "opportunityid@odata.bind", m_deal.bind() },
            { "productid@odata.bind", "/products(" + std::string(product.text("productid")) + ")" },
            { "quantity", wish.quantity } });
}

void Story::expect_revenue_is_sum_of_lines()
{
    auto const lines = rows(m_plot.seller,
        "opportunityproducts?$filter=_opportunityid_value eq " + m_deal.id.to_string());
    auto const deal = row(m_plot.seller, m_deal);
    EXPECT_EQ(amount_of(deal, "totallineitemamount").ten_thousandths,
        lines_in_cents(lines, "baseamount"));
    EXPECT_EQ(amount_of(deal, "estimatedvalue"), amount_of(deal, "totalamount"));
    EXPECT_GT(amount_of(deal, "estimatedvalue"), Amount {});
}

void Story::activate(Record const& quote)
{
    changed(m_plot.seller, quote, json::Object { { "statecode", 1 }, { "statuscode", 3 } });
    EXPECT_EQ(row(m_plot.seller, quote).integer("statecode"), 1);
}

// Sales copies what Finance computes: the same cents on both sides.
void Story::expect_quote_equals_finance(Record const& quote)
{
    auto const sales = row(m_plot.seller, quote);
    auto const lines =
        rows(m_plot.seller, "quotedetails?$filter=_quoteid_value eq " + quote.id.to_string());
    EXPECT_GT(amount_of(sales, "totaltax"), Amount {});
    EXPECT_EQ(amount_of(sales, "freightamount"), Amount::parse(m_plot.freight));
    EXPECT_EQ(amount_of(sales, "totalamount").ten_thousandths,
        amount_of(sales, "totallineitemamount").ten_thousandths
            - amount_of(sales, "totaldiscountamount").ten_thousandths
            + amount_of(sales, "freightamount").ten_thousandths
            + amount_of(sales, "totaltax").ten_thousandths);
    auto const finance =
        only("ines", "SalesQuotationHeadersV2?$filter=quoteid eq " + quote.id.to_string());
    EXPECT_EQ(amount_of(finance, "quotationtotaltaxamount"), amount_of(sales, "totaltax"));
    EXPECT_EQ(amount_of(finance, "quotationtotalchargesamount"), amount_of(sales, "freightamount"));
    EXPECT_EQ(amount_of(finance, "quotationtotalamount"), amount_of(sales, "totalamount"));
    EXPECT_EQ(lines.size(),
        rows("ines",
            "SalesQuotationLinesV2?$filter=_quoteid_value eq "
                + std::string(finance.text("finquoteid")))
            .size());
}

void Story::step_07_products_become_a_quote()
{
    for (auto const& wish : m_plot.wishes) {
        add_product(wish);
        expect_revenue_is_sum_of_lines();
    }
    auto const pipeline = figure(m_plot.seller, "pipeline");
    EXPECT_GE(pipeline, amount_of(row(m_plot.seller, m_deal), "estimatedvalue"));
    auto const offered = done(m_plot.seller, "GenerateQuoteFromOpportunity",
        json::Object { { "OpportunityId", m_deal.id.to_string() } });
    Record const first { "quotes", offered.id() };
    expect_quote_equals_finance(first);
    activate(first);
    expect_refused(m_door.update(m_plot.seller, first, json::Object { { "name", "Other" } }),
        "CannotUpdateObjectBecauseItIsInactive");

    auto const revised =
        done(m_plot.seller, "ReviseQuote", json::Object { { "QuoteId", first.id.to_string() } });
    m_quote = { "quotes", revised.id() };
    auto const quote = row(m_plot.seller, m_quote);
    EXPECT_EQ(quote.integer("revisionnumber"), 1);
    EXPECT_EQ(quote.text("quotenumber"), row(m_plot.seller, first).text("quotenumber"));
    auto const product = only(m_plot.seller,
        "products?$select=name&$filter=productnumber eq '" + m_plot.more.product + "'");
    made(m_plot.seller, "quotedetails",
        json::Object { { "quoteid@odata.bind", m_quote.bind() },
            { "productid@odata.bind", "/products(" + std::string(product.text("productid")) + ")" },
            { "quantity", m_plot.more.quantity } });
    EXPECT_GT(
        amount_of(row(m_plot.seller, m_quote), "totalamount"), amount_of(quote, "totalamount"));
    activate(m_quote);
    expect_quote_equals_finance(m_quote);
    if (auto const paper = m_door.paper(
            m_plot.seller, "/documents/" + m_quote.set + "/" + m_quote.id.to_string() + ".pdf")) {
        EXPECT_TRUE(paper->starts_with("%PDF-")) << paper->substr(0, 40);
    }
    expect_refused(m_door.call(m_plot.seller, "WinOpportunity",
                       json::Object { { "OpportunityClose",
                                          closing("opportunityclose", "opportunityid", m_deal) },
                           { "Status", 3 } }),
        "OpportunityCannotBeClosed");
    done(m_plot.seller, "WinQuote",
        json::Object {
            { "QuoteClose", closing("quoteclose", "quoteid", m_quote) }, { "Status", -1 } });
    EXPECT_EQ(row(m_plot.seller, m_quote).integer("statecode"), 2);
}

json::Value Story::closing(char const* type, std::string const& link, Record const& record) const
{
    return json::Object { { "@odata.type", std::string("Microsoft.Dynamics.CRM.") + type },
        { "subject", "Agreed with " + m_plot.company }, { link + "@odata.bind", record.bind() } };
}

void Story::step_08_the_quote_becomes_an_order_and_the_deal_is_won()
{
    auto const ordered = done(m_plot.seller, "ConvertQuoteToSalesOrder",
        json::Object { { "QuoteId", m_quote.id.to_string() } });
    m_order = { "salesorders", ordered.id() };
    ++m_moves["order"];
    auto const quote = row(m_plot.seller, m_quote);
    auto const order = row(m_plot.seller, m_order);
    for (auto const* column :
        { "totallineitemamount", "freightamount", "totaltax", "totalamount" }) {
        EXPECT_EQ(amount_of(order, column), amount_of(quote, column)) << column;
    }
    if (!m_plot.order_total.empty()) {
        EXPECT_EQ(amount_of(order, "totalamount"), Amount::parse(m_plot.order_total));
    }
    auto close = closing("opportunityclose", "opportunityid", m_deal);
    auto const revenue = amount_of(quote, "totallineitemamount");
    close.set("actualrevenue", revenue.to_string(2));
    win(close);
    expect_won({ .revenue = revenue, .prices = m_plot.wishes.size() + 1 });
    find_her_link();
}

void Story::win(json::Value const& close)
{
    m_won_before = figure("sam", "won");
    json::Value const wish { json::Object { { "OpportunityClose", close }, { "Status", 3 } } };
    done(m_plot.seller, "WinOpportunity", wish);
    --m_moves["opportunity"];
    expect_refused(
        m_door.call(m_plot.seller, "WinOpportunity", wish), "OpportunityIsAlreadyClosed");
}

// Short deals need neither quote nor order: the estimate is what was won.
void Story::the_deal_is_won_without_a_quote()
{
    for (auto const& wish : m_plot.wishes) {
        add_product(wish);
    }
    auto const estimate = amount_of(row(m_plot.seller, m_deal), "estimatedvalue");
    win(closing("opportunityclose", "opportunityid", m_deal));
    expect_won({ .revenue = estimate, .prices = m_plot.wishes.size() });
    find_her_link();
    buyer_sets_her_password();
}

// All of it was in the commit of WinOpportunity.
void Story::expect_won(Won const& won)
{
    auto const deal = row(m_plot.seller, m_deal);
    EXPECT_EQ(deal.integer("statecode"), 1);
    EXPECT_EQ(amount_of(deal, "actualvalue"), won.revenue);
    EXPECT_EQ(
        deal.text("actualclosedate"), m_door.platform().environment().now().date_utc().to_string());
    EXPECT_EQ(rows(m_plot.seller,
                  "opportunitycloses?$filter=statecode eq 1 and _opportunityid_value eq "
                      + m_deal.id.to_string())
                  .size(),
        1U);
    EXPECT_EQ(row(m_plot.seller, m_account).integer("customertypecode"), customer);
    EXPECT_EQ(agreed_prices().size(), won.prices);
    auto const buyer = only("sam", "cl_buyers?$filter=cl_email eq '" + m_plot.email + "'");
    EXPECT_TRUE(buyer.flag("cl_isadmin"));
    EXPECT_EQ(buyer.text("_cl_accountid_value"), m_account.id.to_string());
    EXPECT_EQ(figure("sam", "won").ten_thousandths - m_won_before.ten_thousandths,
        won.revenue.ten_thousandths);
}

std::vector<json::Value> Story::agreed_prices()
{
    return rows(
        "ines", "SalesPriceAgreements?$filter=accountrelation eq '" + m_account_number + "'");
}

// The mail with the one-time link leaves by a job after the commit.
void Story::find_her_link()
{
    auto const mail = mail_to(m_plot.email, "/shop/set-password?token=");
    auto const at = mail.text.find("/shop/set-password?token=");
    ASSERT_NE(at, std::string::npos);
    m_set_password = mail.text.substr(at, mail.text.find_first_of(" \r\n", at) - at);
}

void Story::step_09_both_sides_are_equal()
{
    auto const known =
        only("ines", "CustomersV3?$filter=customeraccount eq '" + m_account_number + "'");
    EXPECT_EQ(known.text("partyid"), m_account.id.to_string());
    auto const sales = row(m_plot.seller, m_order);
    auto const finance = finance_order(m_order);
    EXPECT_EQ(finance.text("salesordernumber"), sales.text("ordernumber"));
    EXPECT_EQ(finance.text("orderingcustomeraccountnumber"), m_account_number);
    auto const lines = rows("otto",
        "SalesOrderLinesV2?$filter=_orderid_value eq "
            + std::string(finance.text("finsalesorderid")));
    EXPECT_EQ(lines.size(), m_plot.wishes.size() + 1);
    // The books list exactly the maps that were asked for.
    auto const maps = done("ada", "cl_RetrieveMaps").body;
    for (auto const* table :
        { "account", "contact", "product", "quote", "salesorder", "invoice" }) {
        auto const is_mapped = std::ranges::any_of(maps.array("maps"), [&](auto const& map) {
            return map.text("salesTable") == table && map.text("mode") == "live"
                && map.integer("pairs") > 0;
        });
        EXPECT_TRUE(is_mapped || std::string_view(table) == "invoice") << table;
    }
    expect_both_sides_equal();
}

}
