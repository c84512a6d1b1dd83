// What a deal does to the dashboards of those who may see it, and of those who may not.
#include "apps/sales/api.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity_product/opportunity_product_table.h"
#include "server/demo/company_testing.h"

namespace cashline {

namespace {

class Dashboard : public CompanyTest {
protected:
    using Work = std::function<Result<void>(Unit&)>;

    std::string done(Result<void> const& result)
    {
        return result ? std::string {} : result.error().code + ": " + result.error().text;
    }
    std::string write(std::string_view who, Work const& work)
    {
        return done(platform().write(as(who), work));
    }

    void qualify()
    {
        EXPECT_EQ(write("daisy",
                      [&](Unit& unit) -> Result<void> {
                          auto const source = TRY(unit.create(Row(lead::table)
                                  .set(lead::topic, "Surfboards for 2027")
                                  .set(lead::first_name, "Mona")
                                  .set(lead::last_name, "Lindgren")
                                  .set(lead::email, "mona@northwind.example")
                                  .set(lead::country, "Ireland")
                                  .set(lead::company_name, "Northwind Traders")));
                          auto const made =
                              TRY(unit.call(sales::QualifyLead { .lead = { lead::table, source },
                                  .create_account = true,
                                  .create_contact = true,
                                  .create_opportunity = true }));
                          m_opportunity = made.rows[2].id;
                          return {};
                      }),
            "");
    }
    void add_product(char const* number, std::int64_t quantity)
    {
        EXPECT_EQ(write("daisy",
                      [&](Unit& unit) -> Result<void> {
                          Row line(opportunity_product::table);
                          line.set(opportunity_product::opportunity, m_opportunity)
                              .set(opportunity_product::product, demo::named("product", number))
                              .set(opportunity_product::quantity, Decimal::from(quantity));
                          TRY(unit.create(std::move(line)));
                          return {};
                      }),
            "");
    }
    json::Value closing(char const* type, std::string const& link, std::string const& set, Id id)
    {
        return json::Object { { "@odata.type", std::string("Microsoft.Dynamics.CRM.") + type },
            { link + "@odata.bind", "/" + set + "(" + id.to_string() + ")" } };
    }
    json::Value end_opportunity()
    {
        return json::Object {
            { "OpportunityClose",
                closing("opportunityclose", "opportunityid", "opportunities", m_opportunity) },
            { "Status", -1 }
        };
    }

    Id m_opportunity {};
};

INSTANTIATE_TEST_SUITE_P(Databases, Dashboard, both_databases(), database_name);

TEST_P(Dashboard, moves_the_dashboard_of_whoever_may_see_it)
{
    auto const figure = [&](std::string_view who, std::string_view id) -> std::string {
        auto const reply = platform().call(as(who), "cl_RetrieveSalesDashboard", json::Object {});
        EXPECT_TRUE(reply.has_value()) << reply.error().text;
        auto const* document = reply ? reply->complex.find("document") : nullptr;
        for (auto const& shown : document ? document->array("figures") : json::Array {}) {
            if (shown.text("id") == id) {
                return std::string(shown.text("text"));
            }
        }
        return {};
    };
    qualify();
    add_product("SB-100", 40);
    EXPECT_EQ(figure("daisy", "pipeline"), "€25,960.00");
    EXPECT_EQ(figure("grace", "pipeline"), "€0.00");
    auto const won = platform().call(as("daisy"), "WinOpportunity", end_opportunity());
    EXPECT_TRUE(won.has_value()) << won.error().code << ": " << won.error().text;
    EXPECT_EQ(figure("daisy", "pipeline"), "€0.00");
    EXPECT_EQ(figure("sam", "won"), "€25,960.00");
}

}

}
