// How much a customer may still owe (finance.md 17.1): open items and open orders against the limit
// the clerk has set, all in the customer's currency. Implements the port that sales and commerce
// ask.
#pragma once

#include "apps/catalog/api.h"
#include "apps/finance/setup/books.h"
#include "platform/pipeline/message.h"

namespace cashline::finance {

Result<catalog::CreditStanding> credit_of(Reader&, Books const&, Row const& customer);

class FinanceCustomerAccounts final : public catalog::CustomerAccounts {
public:
    Result<catalog::CreditStanding> credit(Reader& reader, Lookup customer) override;
    Result<std::vector<catalog::OpenInvoice>> open_invoices(
        Reader& reader, Lookup customer) override;
    Result<std::vector<catalog::InvoiceFile>> invoice_files(
        Reader& reader, Lookup customer, std::string_view number) override;
};

// "credit_limit_exceeded" when the customer has a limit and what is open, this order included, is
// above it. Without a limit nothing is checked here: whether somebody without one may order on
// account is the shop's question.
Result<void> credit_must_suffice(Reader&, Books const&, Row const& customer);

// cl_SetCustomerCredit: the clerk's limit and hold.
struct SetCustomerCredit {
    static constexpr char const* name = "cl_SetCustomerCredit";
    using Reply = NoReply;

    std::string customer_account {};
    std::optional<Amount> credit_limit {}; // absent: no limit, nothing on account
    std::optional<bool> on_hold {};
    std::optional<std::string> company {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("CustomerAccount", &SetCustomerCredit::customer_account);
        visit("CreditLimit", &SetCustomerCredit::credit_limit);
        visit("OnHold", &SetCustomerCredit::on_hold);
        visit("Company", &SetCustomerCredit::company);
    }
};

// cl_RetrieveCustomerCredit: docs/contracts/web-workspace.md 8.
struct RetrieveCustomerCredit {
    static constexpr char const* name = "cl_RetrieveCustomerCredit";
    struct Reply {
        json::Value document {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("document", &Reply::document);
        }
    };

    std::optional<std::string> company {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Company", &RetrieveCustomerCredit::company);
    }
};

void register_credit(Registry&);

}
