// What each step of order to cash posts (finance.md 13.2): packing slip, invoice, credit note,
// payment, returned payment. Each takes figures and accounts and answers a voucher that has passed
// check_voucher; numbers, periods and rows are the caller's.
#pragma once

#include "apps/finance/ledger/voucher.h"

#include <optional>

namespace cashline::finance {

// How document amounts become accounting amounts. Cost is kept in the accounting currency.
struct LedgerCurrency {
    Id document {};
    Id accounting {};
    Decimal rate { 1, 0 }; // accounting units for one document unit
    std::uint8_t precision { 2 }; // of the accounting currency
};

struct CostPosting {
    Amount cost {}; // accounting currency; negative when goods come back
    bool is_delivered_posted {}; // the packing slip posted it: cleared by the invoice
    std::string cogs_delivered_account {};
    std::string units_delivered_account {};
    std::string cogs_account {};
    std::string inventory_account {};
};

struct AmountPosting {
    std::string account {};
    Amount amount {};
    std::string text {};
};

struct TaxPosting {
    std::string account {};
    std::string code {};
    Amount base {};
    Amount amount {};
};

struct InvoicePosting {
    Date date {};
    std::string text {};
    std::string customer {};
    std::string customer_account {};
    LedgerCurrency currency {};
    std::vector<AmountPosting> revenue {}; // after all discounts, without tax
    std::vector<AmountPosting> charges {};
    std::vector<TaxPosting> taxes {};
    Amount round_off {}; // added to the total on the document
    std::string round_off_account {};
    Amount gross {};
    std::vector<CostPosting> costs {};
};

// Dr COGS delivered / Cr units delivered.
Result<Voucher> plan_packing_slip(
    Date, std::string text, Id accounting_currency, std::vector<CostPosting> const&);

// Dr customer / Cr revenue, charges, tax; cost from inventory to COGS, with what the packing slip
// posted taken back. Negative amounts (a credit note computed as a negative document) change sides.
// Refuses "invoice_total_differs" when the parts do not make the gross.
Result<Voucher> plan_invoice(InvoicePosting const&);

// The same for a credit note whose figures are positive. `negative_amounts` is the storno of
// finance.md 11.
Result<Voucher> plan_credit_note(
    InvoicePosting const&, ReversalStyle = ReversalStyle::opposite_sides);

struct PaymentPosting {
    Date date {};
    std::string text {};
    std::string customer {};
    std::string customer_account {}; // of the posting profile; the prepayment profile for payments
                                     // in advance
    std::string bank_account {};
    LedgerCurrency currency {};
    Amount amount {}; // positive: money came in
    Amount fee {}; // kept by the bank: less on the bank, expense here
    std::string fee_account {};
};
Result<Voucher> plan_payment(PaymentPosting const&);

struct ReturnPosting {
    Date date {};
    std::string text {};
    Voucher payment {}; // as posted
    std::optional<Voucher>
        settlement {}; // what its settlement posted: discount, differences, exchange
    Amount fee {}; // charged by the bank for the return, in the payment's currency
    std::string fee_account {};
    bool fee_is_charged_to_customer {};
    std::uint8_t precision { 2 }; // of the accounting currency
};
// A payment returned by the bank (camt.053 RtrInf): takes payment and settlement back by a new
// voucher.
Result<Voucher> plan_returned_payment(ReturnPosting const&);

}
