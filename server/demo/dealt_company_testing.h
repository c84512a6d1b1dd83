// The demo company with a deal on every step of the way: a customer with a won quote, an order that
// went all the way to its invoice, an order and a quote that are still open, and a person who is a
// customer. What tests of maps and checks start from.
#pragma once

#include "server/demo/company_testing.h"

namespace cashline {

// The deals, on the prepared company.
Result<void> make_deals(Platform&);

class DealtCompanyTest : public CompanyTest {
protected:
    void SetUp() override;
    std::string company_name() const override { return "dealt_company"; }
    Result<void> prepare(Platform&) const override;

    Row read(TableId table, Id id);
    std::vector<Row> all(Query const& query);
    Row only(Query const& query); // exactly one row
    // As somebody; "" or "code: text".
    std::string write(Caller const& caller, std::function<Result<void>(Unit&)> const& work);
    std::string change(Caller const& caller, Row const& target, Row changes);
    // A message by its name; "" or the code of the refusal.
    std::string refusal(std::string_view who, std::string_view message, json::Value const& body);
    MessageReply call(std::string_view who, std::string_view message, json::Value const& body);

    static json::Value win_opportunity(Id opportunity);

    Id m_account {};
    Id m_contact {};
    Id m_person {}; // a contact who is a customer himself
    Id m_opportunity {}; // open; what it offers is the draft quote
    Id m_draft_quote {};
    Id m_won_quote {};
    Id m_invoiced_order {};
    Id m_open_order {};
    Id m_finance_open_order {};
};

}
