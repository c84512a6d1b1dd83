// One deal from a stranger's request in the shop to the settled invoice, over HTTP, each step by
// whoever does it in the company: the visitor, a sales manager (the request goes to the seller that
// routing chose, and he sees it), and the office.
#pragma once

#include "bench/api_client.h"
#include "bench/company.h"

#include <mutex>

namespace cashline::bench {

struct Payment {
    std::string invoice_number {};
    std::string payer {};
    Decimal amount {};
};

// The company's account: each statement begins where the one before ended, so they come one by one.
class BankDesk {
public:
    // Imports a statement with one payment for this invoice and posts it.
    Result<void> pay(ApiClient& office, Payment const& payment);

private:
    std::mutex m_mutex {};
    Decimal m_balance { Decimal::from(10'000) }; // where the demo company's last statement ended
    std::int64_t m_number {};
};

struct ChainGoods {
    std::vector<std::string> products {}; // ids
    std::string unit {};
};

// What is sold, and enough of it in stock.
Result<ChainGoods> prepare_goods(ApiClient& manager, ApiClient& office);

class ChainRunner {
public:
    ChainRunner(
        std::uint16_t port, Callers const& callers, ChainGoods const& goods, BankDesk& bank);
    // Opens the request form; it may be sent two seconds later.
    Result<void> open_form();
    // `name` makes the visitor and his company new ones.
    Result<void> run(std::string const& name);

private:
    Result<std::string> send_request(std::string const& name); // → the lead
    Result<std::string> qualify(std::string const& lead); // → the opportunity
    Result<std::string> win_quote(std::string const& opportunity); // → the order
    Result<void> order_to_cash(std::string const& order);

    load::HttpClient m_visitor;
    ApiClient m_manager;
    ApiClient m_office;
    ChainGoods const& m_goods;
    BankDesk& m_bank;
    std::string m_cookie {};
    std::string m_csrf {};
    std::string m_started {};
};

}
