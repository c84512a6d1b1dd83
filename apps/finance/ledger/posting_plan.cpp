#include "apps/finance/ledger/posting_plan.h"

#include "apps/catalog/api.h"
#include "core/check.h"

#include <algorithm>

namespace cashline::finance {

namespace {

// Positive is debit; a negative amount changes sides.
VoucherLine line_of(PostingRole role, std::string const& account, Amount amount)
{
    VoucherLine line { .role = role, .account = account };
    (amount.is_negative() ? line.credit : line.debit) =
        amount.is_negative() ? amount.negated() : amount;
    return line;
}

void set_accounting(VoucherLine& line, Amount amount)
{
    (amount.is_negative() ? line.accounting_credit : line.accounting_debit) =
        amount.is_negative() ? amount.negated() : amount;
}

void add_cost_pair(Voucher& voucher, Id currency, VoucherLine debit, VoucherLine credit)
{
    if (debit.debit.is_zero() && debit.credit.is_zero()) {
        return;
    }
    for (auto* line : { &debit, &credit }) {
        line->currency = currency;
        line->accounting_debit = line->debit;
        line->accounting_credit = line->credit;
        voucher.lines.push_back(std::move(*line));
    }
}

// The counter lines of a total in the accounting currency: each gets its converted amount, and the
// cents that rounding leaves over go to the largest remainders, so the voucher balances in both
// currencies.
Result<void> convert(
    std::vector<VoucherLine>& lines, Amount accounting_total, LedgerCurrency const& currency)
{
    std::vector<Decimal> exact;
    for (auto const& line : lines) {
        auto const amount = TRY(line.debit.minus(line.credit)).to_decimal();
        exact.push_back(TRY(amount.without_trailing_zeros().times(currency.rate)));
    }
    auto const shares = TRY(catalog::share_total(accounting_total, exact, currency.precision));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        set_accounting(lines[i], shares[i]);
    }
    return {};
}

std::vector<VoucherLine> counter_lines(InvoicePosting const& posting)
{
    std::vector<VoucherLine> lines;
    auto const add = [&](VoucherLine line) {
        if (!line.debit.is_zero() || !line.credit.is_zero()) {
            line.currency = posting.currency.document;
            lines.push_back(std::move(line));
        }
    };
    for (auto const& revenue : posting.revenue) {
        auto line = line_of(PostingRole::revenue, revenue.account, revenue.amount.negated());
        line.text = revenue.text;
        add(std::move(line));
    }
    for (auto const& charge : posting.charges) {
        auto line = line_of(PostingRole::charge, charge.account, charge.amount.negated());
        line.text = charge.text;
        add(std::move(line));
    }
    for (auto const& tax : posting.taxes) {
        auto line = line_of(PostingRole::sales_tax, tax.account, tax.amount.negated());
        line.tax_code = tax.code;
        line.tax_base = tax.base;
        add(std::move(line));
    }
    add(line_of(PostingRole::round_off, posting.round_off_account, posting.round_off.negated()));
    return lines;
}

void add_costs(Voucher& voucher, InvoicePosting const& posting)
{
    for (auto const& cost : posting.costs) {
        if (cost.is_delivered_posted) {
            add_cost_pair(voucher, posting.currency.accounting,
                line_of(PostingRole::units_delivered, cost.units_delivered_account, cost.cost),
                line_of(
                    PostingRole::cogs_delivered, cost.cogs_delivered_account, cost.cost.negated()));
        }
        add_cost_pair(voucher, posting.currency.accounting,
            line_of(PostingRole::cogs, cost.cogs_account, cost.cost),
            line_of(PostingRole::inventory, cost.inventory_account, cost.cost.negated()));
    }
}

// An invoice over nothing (a free replacement) posts no receivable; its cost still moves.
Result<void> add_receivable(Voucher& voucher, InvoicePosting const& posting)
{
    auto const& currency = posting.currency;
    auto counter = counter_lines(posting);
    auto const accounting =
        TRY(posting.gross.times(currency.rate, currency.precision, Rounding::half_away));
    TRY(convert(counter, accounting.negated(), currency));
    if (!posting.gross.is_zero()) {
        auto customer = line_of(PostingRole::customer, posting.customer_account, posting.gross);
        customer.currency = currency.document;
        customer.customer = posting.customer;
        customer.text = posting.text;
        set_accounting(customer, accounting);
        voucher.lines.push_back(std::move(customer));
    }
    for (auto& line : counter) {
        voucher.lines.push_back(std::move(line));
    }
    return {};
}

Result<void> parts_must_make_the_gross(InvoicePosting const& posting)
{
    auto total = posting.round_off;
    for (auto const& revenue : posting.revenue) {
        total = TRY(total.plus(revenue.amount));
    }
    for (auto const& charge : posting.charges) {
        total = TRY(total.plus(charge.amount));
    }
    for (auto const& tax : posting.taxes) {
        total = TRY(total.plus(tax.amount));
    }
    if (total != posting.gross) {
        return conflict("invoice_total_differs",
            "The lines, charges and taxes make " + total.to_string(2) + ", the invoice says "
                + posting.gross.to_string(2) + ". Calculate it again before posting.");
    }
    return {};
}

}

Result<Voucher> plan_packing_slip(
    Date date, std::string text, Id accounting_currency, std::vector<CostPosting> const& costs)
{
    Voucher voucher { .date = date, .text = std::move(text) };
    for (auto const& cost : costs) {
        add_cost_pair(voucher, accounting_currency,
            line_of(PostingRole::cogs_delivered, cost.cogs_delivered_account, cost.cost),
            line_of(
                PostingRole::units_delivered, cost.units_delivered_account, cost.cost.negated()));
    }
    TRY(check_voucher(voucher));
    return voucher;
}

Result<Voucher> plan_invoice(InvoicePosting const& posting)
{
    TRY(parts_must_make_the_gross(posting));
    Voucher voucher { .date = posting.date, .text = posting.text };
    TRY(add_receivable(voucher, posting));
    add_costs(voucher, posting);
    TRY(check_voucher(voucher));
    return voucher;
}

Result<Voucher> plan_credit_note(InvoicePosting const& posting, ReversalStyle style)
{
    return reversed(TRY(plan_invoice(posting)), posting.date, style);
}

Result<Voucher> plan_payment(PaymentPosting const& posting)
{
    auto const& currency = posting.currency;
    Voucher voucher { .date = posting.date, .text = posting.text };
    std::vector<VoucherLine> counter { line_of(
        PostingRole::bank, posting.bank_account, TRY(posting.amount.minus(posting.fee))) };
    if (!posting.fee.is_zero()) {
        counter.push_back(line_of(PostingRole::bank_fee, posting.fee_account, posting.fee));
    }
    auto const accounting =
        TRY(posting.amount.times(currency.rate, currency.precision, Rounding::half_away));
    TRY(convert(counter, accounting, currency));
    auto customer =
        line_of(PostingRole::customer, posting.customer_account, posting.amount.negated());
    customer.customer = posting.customer;
    set_accounting(customer, accounting.negated());
    counter.push_back(std::move(customer));
    for (auto& line : counter) {
        line.currency = currency.document;
        voucher.lines.push_back(std::move(line));
    }
    TRY(check_voucher(voucher));
    return voucher;
}

Result<Voucher> plan_returned_payment(ReturnPosting const& posting)
{
    auto voucher = reversed(posting.payment, posting.date);
    voucher.text = posting.text;
    if (posting.settlement) {
        for (auto& line : reversed(*posting.settlement, posting.date).lines) {
            voucher.lines.push_back(std::move(line));
        }
    }
    if (!posting.fee.is_zero()) {
        auto const bank =
            std::ranges::find(posting.payment.lines, PostingRole::bank, &VoucherLine::role);
        auto const customer =
            std::ranges::find(posting.payment.lines, PostingRole::customer, &VoucherLine::role);
        CHECK(bank != posting.payment.lines.end() && customer != posting.payment.lines.end());
        auto debit = posting.fee_is_charged_to_customer
            ? line_of(PostingRole::customer, customer->account, posting.fee)
            : line_of(PostingRole::bank_fee, posting.fee_account, posting.fee);
        debit.customer = posting.fee_is_charged_to_customer ? customer->customer : "";
        // At the payment's own rate: the fee belongs to it.
        auto const accounting = TRY(Amount::from(
            TRY(TRY(posting.fee.to_decimal().times(bank->accounting_debit.to_decimal()))
                    .divided_by(bank->debit.to_decimal(), posting.precision, Rounding::half_away)),
            posting.precision, Rounding::half_away));
        add_cost_pair(voucher, bank->currency, std::move(debit),
            line_of(PostingRole::bank, bank->account, posting.fee.negated()));
        voucher.lines[voucher.lines.size() - 2].accounting_debit = accounting;
        voucher.lines.back().accounting_credit = accounting;
    }
    TRY(check_voucher(voucher));
    return voucher;
}

}
