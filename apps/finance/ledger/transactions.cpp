#include "apps/finance/ledger/transactions.h"

#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/ledger/settlement_table.h"
#include "apps/finance/setup/finance_company_table.h"
#include "apps/finance/tax/tax_code_table.h"
#include "apps/finance/tax/tax_transaction_table.h"

#include <algorithm>

namespace cashline::finance {

namespace {

namespace transaction = customer_transaction;

Result<void> show_on_invoice(Unit& unit, Row const& claim, Amount open)
{
    auto const found = TRY(unit.first(Query::from(finance_invoice::table)
            .select({ finance_invoice::total })
            .where(finance_invoice::transaction == claim.id())));
    if (!found) {
        return {};
    }
    auto const total = found->amount_or_zero(finance_invoice::total);
    auto const status = open.is_zero() ? FinanceInvoicePaymentStatus::paid
        : open == total                ? FinanceInvoicePaymentStatus::open
                                       : FinanceInvoicePaymentStatus::partially_paid;
    return unit.update(finance_invoice::table, found->id(),
        Row(finance_invoice::table)
            .set(finance_invoice::open, open)
            .set(finance_invoice::payment_status, status));
}

struct OpenChange {
    Amount document {};
    Amount accounting {};
};

Result<void> change_open(Unit& unit, Row const& item, OpenChange const& change)
{
    auto const open = TRY(item.amount_or_zero(transaction::open).plus(change.document));
    TRY(unit.update(transaction::table, item.id(),
        Row(transaction::table)
            .set(transaction::open, open)
            .set(transaction::open_accounting,
                TRY(item.amount_or_zero(transaction::open_accounting).plus(change.accounting)))
            .set(transaction::is_open, !open.is_zero())));
    return show_on_invoice(unit, item, open);
}

Result<SettlementAccounts> accounts_of(
    Reader& reader, Books const& books, std::string const& account)
{
    auto const rules = TRY(PostingAccounts::load(reader, books.code));
    auto const of = [&](PostingRole role) {
        return rules.account({ .role = role, .customer = account });
    };
    return SettlementAccounts { .customer = TRY(of(PostingRole::customer)),
        .cash_discount = TRY(of(PostingRole::cash_discount)),
        .payment_difference = TRY(of(PostingRole::payment_difference)),
        .penny_difference = TRY(of(PostingRole::penny_difference)),
        .exchange_gain = TRY(of(PostingRole::exchange_gain)),
        .exchange_loss = TRY(of(PostingRole::exchange_loss)) };
}

// The taxes of the invoice behind a claim, for the tax share of a cash discount.
Result<std::vector<TaxPosting>> taxes_of(Reader& reader, Books const& books, Id claim)
{
    std::vector<TaxPosting> taxes;
    auto const invoice = TRY(reader.first(Query::from(finance_invoice::table)
            .select({ finance_invoice::total })
            .where(finance_invoice::transaction == claim)));
    if (!invoice) {
        return taxes;
    }
    auto const rules = TRY(PostingAccounts::load(reader, books.code));
    auto const account = TRY(rules.account({ .role = PostingRole::sales_tax }));
    for (auto const& row : TRY(reader.query(Query::from(tax_transaction::table)
                 .where(tax_transaction::invoice == invoice->id())
                 .order_by(tax_transaction::line_number)))) {
        taxes.push_back({ .account = account,
            .code = row.text_or(tax_transaction::code),
            .base = row.amount_or_zero(tax_transaction::base),
            .amount = row.amount_or_zero(tax_transaction::amount) });
    }
    return taxes;
}

class Settling {
public:
    Settling(Unit& unit, Books const& books, SettleRequest const& request)
        : m_unit(unit.elevated())
        , m_books(books)
        , m_request(request)
    {
    }

    Result<void> run();

private:
    Result<std::optional<Id>> post(OpenItem const& invoice, Settlement const& settled);
    Result<void> write(Settlement const& settled, std::optional<Id> voucher);

    Unit m_unit;
    Books const& m_books;
    SettleRequest const& m_request;
    Row m_invoice {};
    Row m_payment {};
    CurrencyFacts m_currency {};
};

Result<std::optional<Id>> Settling::post(OpenItem const& invoice, Settlement const& settled)
{
    auto const voucher = TRY(plan_settlement({ .date = m_request.date,
        .text = "Settlement of " + invoice.document,
        .customer = invoice.customer,
        .currency = { .document = m_currency.id,
            .accounting = m_books.currency.id,
            .precision = m_books.currency.precision },
        .accounts = TRY(accounts_of(m_unit, m_books, invoice.customer)),
        .settlement = settled,
        .taxes = TRY(taxes_of(m_unit, m_books, m_invoice.id())),
        .invoice_gross = m_invoice.amount_or_zero(transaction::amount),
        .precision = m_currency.precision }));
    if (!voucher) {
        return std::optional<Id> {};
    }
    auto const posted = TRY(post_voucher(m_unit, m_books,
        { .type = PostingType::settlement, .document = invoice.document }, *voucher));
    return std::optional(posted.id);
}

Result<void> Settling::write(Settlement const& settled, std::optional<Id> voucher)
{
    Row row(settlement::table);
    row.set(settlement::company, m_books.code)
        .set(settlement::invoice, m_invoice.id())
        .set(settlement::payment, m_payment.id())
        .set(settlement::date, m_request.date)
        .set(settlement::closed, settled.closed)
        .set(settlement::used, settled.used)
        .set(settlement::closed_accounting, settled.accounting_closed)
        .set(settlement::used_accounting, settled.accounting_used)
        .set(settlement::discount, settled.discount)
        .set(settlement::difference, TRY(settled.difference.plus(settled.penny)));
    if (voucher) {
        row.set(settlement::voucher, *voucher);
    }
    TRY(m_unit.create(std::move(row)));
    TRY(change_open(
        m_unit, m_invoice, { settled.closed.negated(), settled.accounting_closed.negated() }));
    return change_open(m_unit, m_payment, { settled.used, settled.accounting_used });
}

Result<void> Settling::run()
{
    m_invoice = TRY(m_unit.retrieve_for_update(transaction::table, m_request.invoice));
    m_payment = TRY(m_unit.retrieve_for_update(transaction::table, m_request.payment));
    if (m_invoice.amount_or_zero(transaction::open).is_zero()
        || m_payment.amount_or_zero(transaction::open).is_zero()) {
        return {};
    }
    m_currency = TRY(currency_by_code(m_unit, m_invoice.text_or(transaction::currency_code)));
    auto const payment_currency =
        TRY(currency_by_code(m_unit, m_payment.text_or(transaction::currency_code)));
    auto const invoice = open_item_of(m_invoice, m_currency.id);
    auto payment = open_item_of(m_payment, payment_currency.id);
    auto const paid = payment.amount.negated();
    if (m_request.amount_max && *m_request.amount_max < paid) {
        // Only a part of the payment is meant for this invoice; its accounting amount in
        // proportion.
        auto const rate = TRY(payment.accounting.to_decimal().divided_by(
            payment.amount.to_decimal(), 10, Rounding::half_away));
        payment.amount = m_request.amount_max->negated();
        payment.accounting =
            TRY(payment.amount.times(rate, m_books.currency.precision, Rounding::half_away));
    }
    auto const settled = TRY(settle(invoice, payment,
        { .penny_max = m_books.settings.amount_or_zero(finance_company::penny_max),
            .difference_max = m_books.settings.amount_or_zero(finance_company::difference_max),
            .precision = m_currency.precision,
            .accounting_precision = m_books.currency.precision }));
    return write(settled, TRY(post(invoice, settled)));
}

}

OpenItem open_item_of(Row const& row, Id currency)
{
    return { .id = row.id(),
        .document = row.text_or(transaction::document),
        .customer = row.text_or(transaction::customer_account),
        .currency = currency,
        .amount = row.amount_or_zero(transaction::open),
        .accounting = row.amount_or_zero(transaction::open_accounting),
        .date = row.get(transaction::date).value_or(Date {}),
        .due_date = row.get(transaction::due_date).value_or(Date {}),
        .discount_date = row.get(transaction::discount_date),
        .discount = row.amount_or_zero(transaction::discount),
        .payment_reference = row.text_or(transaction::payment_reference) };
}

Result<std::vector<OpenItem>> open_items(
    Reader& reader, Books const& books, CurrencyFacts const& currency, std::string_view account)
{
    auto elevated = reader.elevated_reader();
    auto filter = transaction::company == books.code && transaction::is_open == true
        && transaction::currency_code == currency.code;
    if (!account.empty()) {
        filter = std::move(filter) && transaction::customer_account == account;
    }
    std::vector<OpenItem> items;
    for (auto const& row :
        TRY(elevated.query(Query::from(transaction::table).where(std::move(filter))))) {
        items.push_back(open_item_of(row, currency.id));
    }
    sort_for_settlement(items);
    return items;
}

Result<void> settle_transactions(Unit& unit, Books const& books, SettleRequest const& request)
{
    return Settling(unit, books, request).run();
}

Result<std::vector<StandingSettlement>> standing_settlements(Reader& reader, Id payment)
{
    auto elevated = reader.elevated_reader();
    auto const all = TRY(elevated.query(Query::from(settlement::table)
            .where(settlement::payment == payment)
            .order_by(settlement::created_on)));
    std::vector<Id> taken_back;
    for (auto const& row : all) {
        if (auto const reversed_row = row.get(settlement::reverses)) {
            taken_back.push_back(reversed_row->id);
        }
    }
    std::vector<StandingSettlement> standing;
    for (auto const& row : all) {
        if (row.get(settlement::reverses)
            || std::ranges::find(taken_back, row.id()) != taken_back.end()) {
            continue;
        }
        auto const voucher = row.get(settlement::voucher);
        standing.push_back({ row, voucher ? std::optional(voucher->id) : std::nullopt });
    }
    return standing;
}

Result<void> take_back(Unit& unit, StandingSettlement const& standing, Date date, Id voucher)
{
    auto elevated = unit.elevated();
    auto const& row = standing.row;
    auto const invoice = TRY(elevated.retrieve_for_update(
        transaction::table, row.get(settlement::invoice).value_or(Lookup {}).id));
    auto const payment = TRY(elevated.retrieve_for_update(
        transaction::table, row.get(settlement::payment).value_or(Lookup {}).id));
    Row opposite(settlement::table);
    opposite.set(settlement::company, row.text_or(settlement::company))
        .set(settlement::invoice, invoice.id())
        .set(settlement::payment, payment.id())
        .set(settlement::date, date)
        .set(settlement::voucher, voucher)
        .set(settlement::reverses, row.id());
    for (auto const& column : { settlement::closed, settlement::used, settlement::closed_accounting,
             settlement::used_accounting, settlement::discount, settlement::difference }) {
        opposite.set(column, row.amount_or_zero(column).negated());
    }
    TRY(elevated.create(std::move(opposite)));
    auto const amount = [&](MoneyColumn const& column) { return row.amount_or_zero(column); };
    TRY(change_open(
        elevated, invoice, { amount(settlement::closed), amount(settlement::closed_accounting) }));
    return change_open(elevated, payment,
        { amount(settlement::used).negated(), amount(settlement::used_accounting).negated() });
}

}
