// A small trading company for tests of finance: Adventure Works in Ireland with its books, two
// products, a customer, and a clerk, a warehouse worker and a seller who act on it. Each test has a
// fresh store of either database.
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/store/store_testing.h"

#include <gtest/gtest.h>

namespace cashline::finance {

inline Amount money(std::string_view text) { return Amount::parse(text).value(); }
inline Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

class FinanceTest : public ::testing::TestWithParam<Dialect> {
protected:
    void SetUp() override;
    void TearDown() override;
    // Ports and rules of the test at hand, after finance.
    virtual void register_more(Registry&) { }

    Platform& platform() { return *m_platform; }
    ManualEnvironment& environment() { return m_environment; }

    Result<void> write(Caller const& caller, std::function<Result<void>(Unit&)> work)
    {
        return platform().write(caller, std::move(work));
    }
    // As the platform; must succeed.
    Id made(Row row);
    void changed(Lookup target, Row changes);
    Row row(Lookup target);
    std::vector<Row> rows(Query query);
    Caller person(std::string const& name, std::vector<std::string> const& roles);
    // A message as the Web API calls it: its answer, or the code of the refusal.
    json::Value call(Caller const& caller, std::string_view name, json::Value const& body);
    std::string refusal(Caller const& caller, std::string_view name, json::Value const& body);

    // A product of the catalog, released in the company, with a list price and a cost.
    struct NewItem {
        std::string number {};
        Amount price {};
        Amount cost {};
        bool is_stocked {};
        std::string tax_item_group { "FULL" };
    };
    Id add_item(NewItem const&);
    Id add_customer(std::string const& account, std::string const& name);

    static constexpr char const* company_code = "awie";
    Id m_euro {};
    Id m_company {};
    Id m_unit {}; // "piece"
    Id m_price_list {};
    Caller m_ines {}; // clerk
    Caller m_otto {}; // warehouse
    Caller m_daisy {}; // seller

private:
    void open();
    void add_company();

    ManualEnvironment m_environment { Timestamp::parse("2027-03-01T08:30:00Z").value() };
    std::unique_ptr<FreshStore> m_store {};
    TemporaryFolder m_files {};
    std::unique_ptr<Platform> m_platform {};
};

template<class T>
std::string code(Result<T> const& result)
{
    return result ? std::string {} : result.error().code;
}

}
