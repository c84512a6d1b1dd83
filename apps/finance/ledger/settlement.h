// Settlement: a payment (or credit note) meets an invoice. Decides how much of each closes, which
// cash discount is granted, what becomes a difference, and what exchange rates gained or lost
// (finance.md 14.2 to 14.5), then plans the voucher for it. Both items are of one currency and one
// customer.
#pragma once

#include "apps/finance/ledger/posting_plan.h"

namespace cashline::finance {

enum class DiscountUse : std::uint8_t { normal, always, never };

// One customer transaction that is not closed. Invoices are positive, payments and credit notes
// negative.
struct OpenItem {
    Id id {};
    std::string document {}; // number as printed
    std::string customer {};
    Id currency {};
    Amount amount {}; // still open
    Amount accounting {}; // the same in accounting currency, at the item's own rate
    Date date {};
    Date due_date {};
    std::optional<Date> discount_date {};
    Amount discount {}; // still to be had until discount_date
    DiscountUse discount_use { DiscountUse::normal };
    std::string payment_reference {}; // what the buyer was asked to quote; structured or not
};

enum class DiscountAdministration : std::uint8_t {
    specific, // full discount; an overpayment is a difference or stays open
    unspecific, // an overpayment makes the discount smaller
};

struct SettlementRules {
    Amount penny_max {};
    Amount difference_max {};
    DiscountAdministration administration { DiscountAdministration::specific };
    bool discount_on_partial_payments { true };
    bool settles_fully {}; // what is missing becomes extra discount and the invoice closes
    std::uint8_t precision { 2 };
    std::uint8_t accounting_precision { 2 };
};

struct Settlement {
    Amount closed {}; // of the invoice
    Amount used {}; // of the payment, positive
    Amount discount {};
    Amount difference {}; // short (positive) or over (negative), within tolerance
    Amount penny {}; // likewise
    Amount accounting_closed {};
    Amount accounting_used {};
    Amount accounting_discount {};
    Amount accounting_difference {};
    Amount accounting_penny {};
    Amount exchange {}; // gained (positive) or lost, accounting currency
};

// Refuses "settlement_sides" (two invoices, two payments), "settlement_currency",
// "settlement_customer".
Result<Settlement> settle(OpenItem const& invoice, OpenItem const& payment, SettlementRules const&);

struct SettlementAccounts {
    std::string customer {}; // summary account
    std::string cash_discount {};
    std::string payment_difference {};
    std::string penny_difference {};
    std::string exchange_gain {};
    std::string exchange_loss {};
};

struct SettlementPosting {
    Date date {};
    std::string text {};
    std::string customer {};
    LedgerCurrency currency {};
    SettlementAccounts accounts {};
    Settlement settlement {};
    // The invoice's taxes, when the tax in a taken discount is taken back (finance.md 13.3: 7.25
    // = 5.80 + 1.45).
    std::vector<TaxPosting> taxes {};
    Amount invoice_gross {};
    std::uint8_t precision { 2 }; // of the document currency
};

// Nothing to post when payment and invoice simply meet.
Result<std::optional<Voucher>> plan_settlement(SettlementPosting const&);

// The order in which open invoices are paid when nobody says: due date, then document date, then
// number.
void sort_for_settlement(std::vector<OpenItem>&);

}
