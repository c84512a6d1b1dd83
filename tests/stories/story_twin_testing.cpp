// The negative twin: what goes wrong in a deal and comes right again.
#include "tests/stories/story.h"

namespace cashline::story {

void Story::a_lead_that_is_no_good_comes_back()
{
    auto const leads = chain(m_plot.seller)["lead"];
    // Cannot be reached.
    changed(m_plot.seller, m_lead, json::Object { { "statecode", 2 }, { "statuscode", 5 } });
    EXPECT_EQ(row(m_plot.seller, m_lead).integer("statecode"), 2);
    EXPECT_EQ(chain(m_plot.seller)["lead"], leads - 1);
    expect_refused(m_door.update(m_plot.seller, m_lead, json::Object { { "subject", "Other" } }),
        "CannotUpdateObjectBecauseItIsInactive");
    expect_refused(m_door.call(m_plot.seller, "QualifyLead",
                       json::Object { { "CreateAccount", true }, { "CreateContact", true },
                           { "CreateOpportunity", true }, { "Status", 3 } },
                       m_lead),
        "LeadAlreadyInClosedState");
    // She calls back.
    changed(m_plot.seller, m_lead, json::Object { { "statecode", 0 }, { "statuscode", 1 } });
    EXPECT_EQ(row(m_plot.seller, m_lead).integer("statecode"), 0);
    EXPECT_EQ(chain(m_plot.seller)["lead"], leads);
}

void Story::a_lost_deal_is_opened_again()
{
    auto const rival =
        only(m_plot.seller, "competitors?$filter=name eq " + literal_of(m_plot.competitor));
    auto close = closing("opportunityclose", "opportunityid", m_deal);
    close.set(
        "competitorid@odata.bind", "/competitors(" + std::string(rival.text("competitorid")) + ")");
    constexpr std::int64_t out_sold = 5;
    json::Value const loss { json::Object {
        { "OpportunityClose", close }, { "Status", out_sold } } };
    auto const open = chain(m_plot.seller)["opportunity"];
    done(m_plot.seller, "LoseOpportunity", loss);
    auto const lost = row(m_plot.seller, m_deal);
    EXPECT_EQ(lost.integer("statecode"), 2);
    EXPECT_EQ(lost.integer("statuscode"), out_sold);
    EXPECT_FALSE(lost.text("actualclosedate").empty());
    EXPECT_EQ(chain(m_plot.seller)["opportunity"], open - 1);
    auto const why = only(m_plot.seller,
        "opportunitycloses?$filter=_opportunityid_value eq " + m_deal.id.to_string());
    EXPECT_EQ(why.text("_competitorid_value"), rival.text("competitorid"));
    // Nobody became a customer by it, and nobody may sign in.
    EXPECT_EQ(row(m_plot.seller, m_account).integer("customertypecode"), 8);
    EXPECT_TRUE(rows("sam", "cl_buyers?$filter=cl_email eq '" + m_plot.email + "'").empty());
    expect_refused(
        m_door.call(m_plot.seller, "LoseOpportunity", loss), "OpportunityIsAlreadyClosed");
    expect_refused(
        m_door.call(m_plot.seller, "WinOpportunity", loss), "OpportunityIsAlreadyClosed");

    changed(m_plot.seller, m_deal, json::Object { { "statecode", 0 }, { "statuscode", 1 } });
    auto const reopened = row(m_plot.seller, m_deal);
    EXPECT_EQ(reopened.integer("statecode"), 0);
    EXPECT_TRUE(reopened.text("actualclosedate").empty());
    EXPECT_EQ(chain(m_plot.seller)["opportunity"], open);
    EXPECT_EQ(rows(m_plot.seller,
                  "opportunitycloses?$filter=_opportunityid_value eq " + m_deal.id.to_string())
                  .size(),
        1U)
        << "The loss stays in the history.";
}

void Story::the_bank_returns_a_payment()
{
    auto const invoices = open_invoices();
    ASSERT_EQ(invoices.size(), 1U);
    auto const total = amount_of(invoices[0], "totalinvoiceamount");
    bank_statement_settles();
    auto const vouchers = count("ines", "Vouchers");
    auto const settled = rows("ines", "CustomerSettlements");
    auto const cash = figure("sam", "cash");

    // Account closed: the bank takes the money back.
    auto const imported = statement({ { total.to_string(2), invoices[0] } }, "AC04");
    auto const posted =
        done("ines", "cl_PostBankStatement", json::Object { { "StatementId", imported } }).body;
    EXPECT_EQ(posted.integer("Posted"), 1) << posted.to_string();
    EXPECT_EQ(count("ines", "Vouchers"), vouchers + 1) << "A new voucher, none changed.";
    auto const now = rows("ines", "CustomerSettlements");
    EXPECT_GT(now.size(), settled.size()) << "None is deleted.";
    std::size_t reversing = 0;
    for (auto const& settlement : now) {
        reversing += settlement.text("_reversesid_value").empty() ? 0U : 1U;
    }
    EXPECT_EQ(reversing, 1U);
    auto const open = open_invoices();
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(amount_of(open[0], "openamount"), total);
    auto const number = std::string(open[0].text("invoicenumber"));
    EXPECT_EQ(only(m_plot.seller, "invoices?$filter=invoicenumber eq '" + number + "'")
                  .integer("statecode"),
        0)
        << "In Sales it is open again.";
    auto const customer =
        only("ines", "CustomersV3?$filter=customeraccount eq '" + m_account_number + "'");
    EXPECT_EQ(amount_of(customer, "balanceamount"), total);
    EXPECT_EQ(figure("sam", "cash").ten_thousandths, cash.ten_thousandths - total.ten_thousandths);
    // Asking twice changes nothing.
    auto const again =
        done("ines", "cl_PostBankStatement", json::Object { { "StatementId", imported } }).body;
    EXPECT_EQ(again.integer("Posted"), 0);
}

}
