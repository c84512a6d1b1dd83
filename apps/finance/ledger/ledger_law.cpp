// Laws of posting: every planned voucher balances in both currencies, and a reversal leaves nothing
// behind.
#include "apps/finance/ledger/settlement.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace cashline::finance {

namespace {

Amount cents(std::int64_t value) { return { value * 100 }; }
Id const dollar = Id::from_name("USD");
Id const euro = Id::from_name("EUR");

LedgerCurrency any_currency()
{
    return {
        .document = dollar, .accounting = euro, .rate = Decimal { *rc::gen::inRange(1, 30'000), 4 }
    };
}

InvoicePosting any_invoice()
{
    InvoicePosting posting { .customer = "C1",
        .customer_account = "1200",
        .currency = any_currency(),
        .revenue = { { .account = "4000", .amount = cents(*rc::gen::inRange(1, 500'000)) } } };
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
        posting.revenue.push_back(
            { .account = "4001", .amount = cents(*rc::gen::inRange(-50'000, 500'000)) });
    }
    posting.taxes.push_back({ .account = "2200", .amount = cents(*rc::gen::inRange(0, 90'000)) });
    posting.charges.push_back({ .account = "4100", .amount = cents(*rc::gen::inRange(0, 9'000)) });
    for (auto const& part : posting.revenue) {
        posting.gross = posting.gross.plus(part.amount).value();
    }
    posting.gross = posting.gross.plus(posting.taxes[0].amount).value();
    posting.gross = posting.gross.plus(posting.charges[0].amount).value();
    posting.costs.push_back({ .cost = cents(*rc::gen::inRange(0, 90'000)),
        .cogs_account = "5000",
        .inventory_account = "1400" });
    return posting;
}

OpenItem any_item(std::int64_t sign)
{
    auto const open = *rc::gen::inRange(1, 2'000'000);
    return { .customer = "C1",
        .currency = dollar,
        .amount = cents(sign * open),
        .accounting = cents(sign * open * *rc::gen::inRange(50, 150) / 100),
        .discount = cents(*rc::gen::inRange(0, open / 3 + 1)),
        .discount_use = *rc::gen::element(DiscountUse::always, DiscountUse::never) };
}

}

RC_GTEST_PROP(ledger_law, every_invoice_balances_and_its_reversal_empties_the_ledger, ())
{
    auto const posting = any_invoice();
    RC_PRE(posting.gross.ten_thousandths != 0);
    auto const planned = plan_invoice(posting);
    RC_ASSERT(planned.has_value());
    RC_ASSERT(check_voucher(*planned).has_value());
    RC_ASSERT(balance_of(*planned, PostingRole::customer).value() == posting.gross);
    auto both = *planned;
    auto const back = reversed(*planned, {});
    RC_ASSERT(check_voucher(back).has_value());
    both.lines.insert(both.lines.end(), back.lines.begin(), back.lines.end());
    for (auto const role :
        { PostingRole::customer, PostingRole::revenue, PostingRole::sales_tax }) {
        RC_ASSERT(accounting_balance_of(both, role).value().is_zero());
    }
}

RC_GTEST_PROP(ledger_law, a_settlement_closes_no_more_than_is_open_and_its_voucher_balances, ())
{
    auto const invoice = any_item(1);
    auto const payment = any_item(-1);
    SettlementRules const rules { .penny_max = cents(*rc::gen::inRange(0, 5)),
        .difference_max = cents(*rc::gen::inRange(0, 500)),
        .administration =
            *rc::gen::element(DiscountAdministration::specific, DiscountAdministration::unspecific),
        .discount_on_partial_payments = *rc::gen::arbitrary<bool>(),
        .settles_fully = *rc::gen::arbitrary<bool>() };
    auto const result = settle(invoice, payment, rules).value();
    RC_ASSERT(result.closed <= invoice.amount);
    RC_ASSERT(result.used <= payment.amount.negated());
    RC_ASSERT(!result.closed.is_negative());
    // What closes the invoice is what was used, plus discount and differences.
    auto const parts =
        sum(std::vector { result.used, result.discount, result.difference, result.penny });
    RC_ASSERT(parts.value() == result.closed);
    auto const planned = plan_settlement({ .customer = "C1",
        .currency = { .document = dollar, .accounting = euro },
        .accounts = { "1200", "7000", "7010", "7020", "7030", "7040" },
        .settlement = result });
    RC_ASSERT(planned.has_value());
}

}
