#include "apps/finance/ledger/voucher.h"

#include <map>

namespace cashline::finance {

namespace {

Result<void> check_line(VoucherLine const& line)
{
    auto const role = std::string(name_of(line.role));
    if (line.account.empty()) {
        return conflict("voucher_account_missing",
            "A line for " + role + " has no ledger account. Set one in the posting rules.");
    }
    auto const is_debit = !line.debit.is_zero() || !line.accounting_debit.is_zero();
    auto const is_credit = !line.credit.is_zero() || !line.accounting_credit.is_zero();
    if (!is_debit && !is_credit) {
        return conflict("voucher_line_empty", "A line for " + role + " carries no amount.");
    }
    if ((!line.debit.is_zero() && !line.credit.is_zero())
        || (!line.accounting_debit.is_zero() && !line.accounting_credit.is_zero())) {
        return conflict("voucher_line_two_sided", "A line is either debit or credit, never both.");
    }
    if (is_debit && is_credit && line.role != PostingRole::customer) {
        // Only the customer's line may have them apart: an exchange difference can outweigh the
        // discount.
        return conflict("voucher_sides_differ",
            "Document and accounting amount of a line must stand on the same side.");
    }
    if (line.role == PostingRole::customer && line.customer.empty()) {
        return conflict("voucher_customer_missing", "A receivable needs its customer.");
    }
    return {};
}

}

std::string_view name_of(PostingRole role)
{
    switch (role) {
    case PostingRole::customer:
        return "customer";
    case PostingRole::revenue:
        return "revenue";
    case PostingRole::charge:
        return "charge";
    case PostingRole::sales_tax:
        return "sales_tax";
    case PostingRole::deferred_revenue:
        return "deferred_revenue";
    case PostingRole::cogs_delivered:
        return "cogs_delivered";
    case PostingRole::units_delivered:
        return "units_delivered";
    case PostingRole::cogs:
        return "cogs";
    case PostingRole::inventory:
        return "inventory";
    case PostingRole::bank:
        return "bank";
    case PostingRole::bank_fee:
        return "bank_fee";
    case PostingRole::cash_discount:
        return "cash_discount";
    case PostingRole::payment_difference:
        return "payment_difference";
    case PostingRole::penny_difference:
        return "penny_difference";
    case PostingRole::exchange_gain:
        return "exchange_gain";
    case PostingRole::exchange_loss:
        return "exchange_loss";
    case PostingRole::round_off:
        return "round_off";
    case PostingRole::write_off:
        return "write_off";
    case PostingRole::interest_income:
        return "interest_income";
    case PostingRole::fee_income:
        return "fee_income";
    case PostingRole::prepayment:
        return "prepayment";
    case PostingRole::inventory_adjustment:
        return "inventory_adjustment";
    }
    return "";
}

std::optional<PostingRole> posting_role(std::string_view name)
{
    for (auto role = PostingRole::customer; role <= PostingRole::inventory_adjustment;
        role = static_cast<PostingRole>(static_cast<int>(role) + 1)) {
        if (name_of(role) == name) {
            return role;
        }
    }
    return std::nullopt;
}

Result<void> check_voucher(Voucher const& voucher)
{
    if (voucher.lines.size() < 2) {
        return conflict("voucher_too_short", "A voucher needs at least two lines.");
    }
    std::map<Id, Amount> by_currency;
    Amount accounting;
    for (auto const& line : voucher.lines) {
        TRY(check_line(line));
        auto& balance = by_currency[line.currency];
        balance = TRY(TRY(balance.plus(line.debit)).minus(line.credit));
        accounting = TRY(TRY(accounting.plus(line.accounting_debit)).minus(line.accounting_credit));
    }
    for (auto const& [currency, balance] : by_currency) {
        if (!balance.is_zero()) {
            return conflict("voucher_unbalanced",
                "Debit and credit must be equal; they differ by " + balance.to_string(2) + ".");
        }
    }
    if (!accounting.is_zero()) {
        return conflict("voucher_accounting_unbalanced",
            "Debit and credit must be equal in the accounting currency; they differ by "
                + accounting.to_string(2) + ".");
    }
    return {};
}

Voucher reversed(Voucher const& voucher, Date date, ReversalStyle style)
{
    Voucher result { .date = date, .text = voucher.text };
    for (auto line : voucher.lines) {
        line.tax_base = line.tax_base.negated();
        if (style == ReversalStyle::opposite_sides) {
            std::swap(line.debit, line.credit);
            std::swap(line.accounting_debit, line.accounting_credit);
        } else {
            for (auto* amount :
                { &line.debit, &line.credit, &line.accounting_debit, &line.accounting_credit }) {
                *amount = amount->negated();
            }
        }
        result.lines.push_back(std::move(line));
    }
    return result;
}

Result<Amount> balance_of(Voucher const& voucher, PostingRole role)
{
    Amount balance;
    for (auto const& line : voucher.lines) {
        if (line.role == role) {
            balance = TRY(TRY(balance.plus(line.debit)).minus(line.credit));
        }
    }
    return balance;
}

Result<Amount> accounting_balance_of(Voucher const& voucher, PostingRole role)
{
    Amount balance;
    for (auto const& line : voucher.lines) {
        if (line.role == role) {
            balance = TRY(TRY(balance.plus(line.accounting_debit)).minus(line.accounting_credit));
        }
    }
    return balance;
}

}
