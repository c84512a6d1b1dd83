#include "apps/finance/ledger/settlement.h"

#include "apps/catalog/api.h"

#include <algorithm>
#include <tuple>

namespace cashline::finance {

namespace {

class Settling {
public:
    Settling(OpenItem const& invoice, OpenItem const& payment, SettlementRules const& rules)
        : m_invoice(invoice)
        , m_payment(payment)
        , m_rules(rules)
        , m_paid(payment.amount.negated())
    {
    }

    Result<Settlement> run();

private:
    Amount available_discount() const;
    Result<void> pay_in_full(Amount discount, Amount over);
    Result<void> pay_in_part(Amount discount, Amount missing);
    Result<void> close_what_was_paid(Amount discount);
    Result<void> convert();
    Result<Amount> at_payment_rate(Amount) const;

    OpenItem const& m_invoice;
    OpenItem const& m_payment;
    SettlementRules const& m_rules;
    Amount m_paid;
    Settlement m_result {};
};

Amount Settling::available_discount() const
{
    switch (m_invoice.discount_use) {
    case DiscountUse::never:
        return {};
    case DiscountUse::always:
        return m_invoice.discount;
    case DiscountUse::normal:
        return m_invoice.discount_date && m_payment.date <= *m_invoice.discount_date
            ? m_invoice.discount
            : Amount {};
    }
    return {};
}

Result<Amount> proportional(Amount total, Amount part, Amount whole, std::uint8_t precision)
{
    if (part == whole) {
        return total;
    }
    return Amount::from(
        TRY(TRY(total.to_decimal().without_trailing_zeros().times(part.to_decimal()))
                .without_trailing_zeros()
                .divided_by(whole.to_decimal(), precision, Rounding::half_away)),
        precision, Rounding::half_away);
}

// Enough for invoice less discount; `over` is what is too much.
Result<void> Settling::pay_in_full(Amount discount, Amount over)
{
    m_result.closed = m_invoice.amount;
    m_result.used = m_paid;
    if (m_rules.administration == DiscountAdministration::unspecific) {
        auto const reduction = std::min(discount, over);
        discount = TRY(discount.minus(reduction));
        over = TRY(over.minus(reduction));
    }
    m_result.discount = discount;
    if (over.is_zero()) {
        return {};
    }
    if (over <= m_rules.penny_max) {
        m_result.penny = over.negated();
    } else if (over <= m_rules.difference_max) {
        m_result.difference = over.negated();
    } else {
        m_result.used = TRY(m_paid.minus(over)); // Stays open on the payment.
    }
    return {};
}

Result<void> Settling::pay_in_part(Amount discount, Amount missing)
{
    if (m_rules.settles_fully) {
        m_result.closed = m_invoice.amount;
        m_result.used = m_paid;
        m_result.discount = TRY(discount.plus(missing));
        return {};
    }
    if (missing <= m_rules.penny_max || missing <= m_rules.difference_max) {
        m_result.closed = m_invoice.amount;
        m_result.used = m_paid;
        m_result.discount = discount;
        (missing <= m_rules.penny_max ? m_result.penny : m_result.difference) = missing;
        return {};
    }
    return close_what_was_paid(discount);
}

// 485.00 at 2 % closes 494.90: the discount is in proportion to what the full payment would have
// been.
Result<void> Settling::close_what_was_paid(Amount discount)
{
    m_result.used = m_paid;
    if (m_rules.discount_on_partial_payments && !discount.is_zero()) {
        auto const needed = TRY(m_invoice.amount.minus(discount));
        m_result.discount = TRY(proportional(discount, m_paid, needed, m_rules.precision));
    }
    m_result.closed = TRY(m_paid.plus(m_result.discount));
    return {};
}

Result<Amount> Settling::at_payment_rate(Amount amount) const
{
    return proportional(
        m_payment.accounting, amount, m_payment.amount, m_rules.accounting_precision);
}

// finance.md 14.5: discount and differences count at the payment's rate; what is left between the
// invoice's accounting amount and all that closed it is exchange.
Result<void> Settling::convert()
{
    auto& result = m_result;
    result.accounting_closed = TRY(proportional(
        m_invoice.accounting, result.closed, m_invoice.amount, m_rules.accounting_precision));
    result.accounting_used = TRY(at_payment_rate(result.used.negated())).negated();
    result.accounting_discount = TRY(at_payment_rate(result.discount.negated())).negated();
    result.accounting_difference = TRY(at_payment_rate(result.difference.negated())).negated();
    result.accounting_penny = TRY(at_payment_rate(result.penny.negated())).negated();
    auto received = TRY(result.accounting_used.plus(result.accounting_discount));
    received = TRY(received.plus(result.accounting_difference));
    received = TRY(received.plus(result.accounting_penny));
    result.exchange = TRY(received.minus(result.accounting_closed));
    return {};
}

Result<Settlement> Settling::run()
{
    if (m_invoice.amount.ten_thousandths <= 0 || m_paid.ten_thousandths <= 0) {
        return conflict(
            "settlement_sides", "Only a debt and a payment can be settled with each other.");
    }
    if (m_invoice.currency != m_payment.currency) {
        return conflict("settlement_currency", "Invoice and payment are in different currencies.");
    }
    if (m_invoice.customer != m_payment.customer) {
        return conflict(
            "settlement_customer", "Invoice and payment belong to different customers.");
    }
    auto const discount = available_discount();
    auto const needed = TRY(m_invoice.amount.minus(discount));
    if (m_paid >= needed) {
        TRY(pay_in_full(discount, TRY(m_paid.minus(needed))));
    } else {
        TRY(pay_in_part(discount, TRY(needed.minus(m_paid))));
    }
    TRY(convert());
    return m_result;
}

struct Pair {
    Amount document {};
    Amount accounting {};
};

// Positive is debit on both sides of the line; an exchange line has no document amount.
VoucherLine line_of(PostingRole role, std::string const& account, Pair amounts)
{
    VoucherLine line { .role = role, .account = account };
    (amounts.document.is_negative() ? line.credit : line.debit) =
        amounts.document.is_negative() ? amounts.document.negated() : amounts.document;
    (amounts.accounting.is_negative() ? line.accounting_credit : line.accounting_debit) =
        amounts.accounting.is_negative() ? amounts.accounting.negated() : amounts.accounting;
    return line;
}

Result<std::vector<VoucherLine>> discount_lines(SettlementPosting const& posting)
{
    auto const& settlement = posting.settlement;
    std::vector<VoucherLine> lines;
    Pair rest { settlement.discount, settlement.accounting_discount };
    for (auto const& tax : posting.taxes) {
        auto const amount = TRY(proportional(
            tax.amount, settlement.discount, posting.invoice_gross, posting.precision));
        auto const accounting = TRY(proportional(settlement.accounting_discount, amount,
            settlement.discount, posting.currency.precision));
        if (amount.is_zero()) {
            continue;
        }
        auto line = line_of(PostingRole::sales_tax, tax.account, { amount, accounting });
        line.tax_code = tax.code;
        line.tax_base = TRY(
            proportional(tax.base, settlement.discount, posting.invoice_gross, posting.precision))
                            .negated();
        rest = { TRY(rest.document.minus(amount)), TRY(rest.accounting.minus(accounting)) };
        lines.push_back(std::move(line));
    }
    lines.insert(
        lines.begin(), line_of(PostingRole::cash_discount, posting.accounts.cash_discount, rest));
    return lines;
}

Result<std::vector<VoucherLine>> counter_lines(SettlementPosting const& posting)
{
    auto const& settlement = posting.settlement;
    auto const& accounts = posting.accounts;
    std::vector<VoucherLine> lines;
    if (!settlement.discount.is_zero()) {
        lines = TRY(discount_lines(posting));
    }
    if (!settlement.difference.is_zero()) {
        lines.push_back(line_of(PostingRole::payment_difference, accounts.payment_difference,
            { settlement.difference, settlement.accounting_difference }));
    }
    if (!settlement.penny.is_zero()) {
        lines.push_back(line_of(PostingRole::penny_difference, accounts.penny_difference,
            { settlement.penny, settlement.accounting_penny }));
    }
    if (!settlement.exchange.is_zero()) {
        auto const is_gain = !settlement.exchange.is_negative();
        lines.push_back(line_of(is_gain ? PostingRole::exchange_gain : PostingRole::exchange_loss,
            is_gain ? accounts.exchange_gain : accounts.exchange_loss,
            { {}, settlement.exchange.negated() }));
    }
    return lines;
}

}

Result<Settlement> settle(
    OpenItem const& invoice, OpenItem const& payment, SettlementRules const& rules)
{
    return Settling(invoice, payment, rules).run();
}

Result<std::optional<Voucher>> plan_settlement(SettlementPosting const& posting)
{
    auto lines = TRY(counter_lines(posting));
    if (lines.empty()) {
        return std::optional<Voucher> {};
    }
    Pair counter;
    for (auto const& line : lines) {
        counter.document = TRY(TRY(counter.document.plus(line.debit)).minus(line.credit));
        counter.accounting =
            TRY(TRY(counter.accounting.plus(line.accounting_debit)).minus(line.accounting_credit));
    }
    auto customer = line_of(PostingRole::customer, posting.accounts.customer,
        { counter.document.negated(), counter.accounting.negated() });
    customer.customer = posting.customer;
    if (!counter.document.is_zero() || !counter.accounting.is_zero()) {
        lines.push_back(std::move(customer));
    }
    Voucher voucher { .date = posting.date, .text = posting.text, .lines = std::move(lines) };
    for (auto& line : voucher.lines) {
        line.currency = posting.currency.document;
    }
    TRY(check_voucher(voucher));
    return voucher;
}

void sort_for_settlement(std::vector<OpenItem>& items)
{
    std::ranges::stable_sort(items, {},
        [](OpenItem const& item) { return std::tie(item.due_date, item.date, item.document); });
}

}
