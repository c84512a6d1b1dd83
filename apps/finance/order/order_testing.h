// An order of Northwind in the company of FinanceTest, and the steps on it by the people who take
// them.
#pragma once

#include "apps/finance/finance_testing.h"

namespace cashline::finance {

class OrderTest : public FinanceTest {
protected:
    void SetUp() override;

    // 10 boards at 50.00 less 50.00 on the line; 20 boards in stock at 30.00 each; 20.00 freight;
    // VAT 23 %.
    struct NewLine {
        std::string item {};
        std::string quantity {};
        std::string price {};
        std::string discount { "0" };
    };
    Id add_order(std::vector<NewLine> const& lines, Row more = {});
    Id add_board_order() { return add_order({ { "BOARD", "10", "50", "50" } }); }

    json::Value step(Caller const& caller, std::string_view message, Id order);
    json::Value pick(Id order, Id line, std::string const& quantity);
    json::Value pick_body(Id order, Id line, std::string const& quantity);
    void deliver(Id order); // confirm, pick and pack everything
    Id invoice(Id order); // and invoice it
    Id first_line(Id order);
    std::string quantities(Id order); // of the first line: picked, packed, invoiced
    void made_dollar(); // 1.10 for a euro

    Amount account_balance(std::string const& number);
    Amount customer_balance();
    // Every voucher balances in each currency, and the ledger as a whole.
    void expect_balanced();

    Id m_northwind {};
};

}
