// A voucher: what one business event does to the ledger, with its lines in document and accounting
// currency. This file knows what a correct voucher is and how to take one back; which lines an
// event needs is in posting_plan.h and settlement.h. Nothing here touches the database.
#pragma once

#include "core/money.h"
#include "core/time.h"

#include <optional>
#include <vector>

namespace cashline::finance {

// What a line is for (finance.md 13.2). Reports, reversal and the proof of sub-ledger against
// ledger go by role, so that a company can point several roles at one account.
enum class PostingRole : std::uint8_t {
    customer,
    revenue,
    charge,
    sales_tax,
    deferred_revenue,
    cogs_delivered,
    units_delivered,
    cogs,
    inventory,
    bank,
    bank_fee,
    cash_discount,
    payment_difference,
    penny_difference,
    exchange_gain,
    exchange_loss,
    round_off,
    write_off,
    interest_income,
    fee_income,
    prepayment,
    inventory_adjustment,
};
std::string_view name_of(PostingRole);
std::optional<PostingRole> posting_role(std::string_view name);

struct VoucherLine {
    PostingRole role { PostingRole::revenue };
    std::string account {};
    Id currency {}; // of debit and credit
    Amount debit {};
    Amount credit {};
    Amount accounting_debit {};
    Amount accounting_credit {};
    std::string customer {}; // sub-ledger account on lines of role customer
    std::string tax_code {};
    Amount tax_base {};
    std::string text {};
};

struct Voucher {
    Date date {};
    std::string text {};
    std::vector<VoucherLine> lines {};
};

enum class ReversalStyle : std::uint8_t {
    opposite_sides, // debit becomes credit
    negative_amounts, // "credit correction": the same side with the sign turned
};

// What a posting must satisfy, with the rule's name as code: "voucher_too_short",
// "voucher_account_missing", "voucher_line_empty", "voucher_line_two_sided", "voucher_sides_differ"
// (document and accounting on different sides), "voucher_customer_missing", "voucher_unbalanced"
// (per document currency), "voucher_accounting_unbalanced".
Result<void> check_voucher(Voucher const&);

// The correcting voucher; posted ones are never changed.
Voucher reversed(Voucher const&, Date, ReversalStyle = ReversalStyle::opposite_sides);

// debit − credit of all lines of a role, in document amounts / accounting amounts.
Result<Amount> balance_of(Voucher const&, PostingRole);
Result<Amount> accounting_balance_of(Voucher const&, PostingRole);

}
