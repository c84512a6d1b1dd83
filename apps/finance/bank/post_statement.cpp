#include "apps/finance/bank/bank_account_table.h"
#include "apps/finance/bank/bank_match_table.h"
#include "apps/finance/bank/bank_messages.h"
#include "apps/finance/bank/line_matching.h"
#include "apps/finance/bank/payer_account_table.h"
#include "apps/finance/bank/statement_line_table.h"
#include "apps/finance/bank/statement_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/ledger/posting_plan.h"

namespace cashline::finance {

namespace {

namespace line_of_bank = statement_line;
namespace transaction = customer_transaction;

class StatementPosting {
public:
    StatementPosting(Unit& unit, Books books) : m_unit(unit.elevated()), m_books(std::move(books))
    {
    }

    Result<PostBankStatement::Reply> run(Id statement);

private:
    Result<void> post_payment(Row const& line);
    Result<bool> post_return(Row const& line);
    Result<std::optional<Id>> returned_payment(Row const& line);
    Result<Id> write_transaction(
        Row const& line, Voucher const& voucher, PostedVoucher const& posted);
    Result<void> settle_matches(Row const& line, std::vector<Row> const& matches, Id payment);
    Result<void> remember_payer(Row const& line);
    Result<void> finish(Row const& line, PostedVoucher const& posted, Id payment);
    Result<LedgerCurrency> ledger_currency() const;
    Result<Voucher> plan_return(
        Row const& line, Row const& payment, std::vector<StandingSettlement> const& settlements);

    Unit m_unit;
    Books m_books;
    Row m_account {};
    CurrencyFacts m_currency {};
    std::string m_customer {}; // of the payment at hand
    PostBankStatement::Reply m_reply {};
};

Result<LedgerCurrency> StatementPosting::ledger_currency() const
{
    return LedgerCurrency { .document = m_currency.id,
        .accounting = m_books.currency.id,
        .rate = TRY(exchange_rate(m_currency, m_books.currency)),
        .precision = m_books.currency.precision };
}

Result<Id> StatementPosting::write_transaction(
    Row const& line, Voucher const& voucher, PostedVoucher const& posted)
{
    auto const amount = line.amount_or_zero(line_of_bank::amount).negated();
    auto const accounting = TRY(accounting_balance_of(voucher, PostingRole::customer));
    auto const date = line.get(line_of_bank::booked_on).value_or(Date {});
    auto const is_return = !line.is_null(line_of_bank::return_reason);
    Row row(transaction::table);
    row.set(transaction::company, m_books.code)
        .set(transaction::customer_account, m_customer)
        .set(transaction::transaction_type,
            is_return ? CustomerTransactionTransactionType::returned_payment
                      : CustomerTransactionTransactionType::payment)
        .set(transaction::voucher, posted.id)
        .set(transaction::document, posted.number)
        .set(transaction::date, date)
        .set(transaction::due_date, date)
        .set(transaction::currency_code, m_currency.code)
        .set(transaction::amount, amount)
        .set(transaction::accounting_amount, accounting)
        .set(transaction::end_to_end_id, line.text_or(line_of_bank::end_to_end_id))
        .set(transaction::bank_transaction_id, line.text_or(line_of_bank::bank_transaction_id))
        .set(transaction::payer_account, line.text_or(line_of_bank::payer_account))
        .set(transaction::open, amount)
        .set(transaction::open_accounting, accounting)
        .set(transaction::is_open, true);
    return m_unit.create(std::move(row));
}

Result<void> StatementPosting::settle_matches(
    Row const& line, std::vector<Row> const& matches, Id payment)
{
    for (auto const& match : matches) {
        auto const invoice = TRY(m_unit.retrieve(finance_invoice::table,
            match.get(bank_match::invoice).value_or(Lookup {}).id,
            { finance_invoice::transaction }));
        auto const claim = invoice.get(finance_invoice::transaction);
        if (!claim) {
            continue;
        }
        TRY(settle_transactions(m_unit, m_books,
            { .invoice = claim->id,
                .payment = payment,
                .date = line.get(line_of_bank::booked_on).value_or(m_unit.today()),
                .amount_max = match.get(bank_match::amount) }));
        ++m_reply.settled;
    }
    return {};
}

Result<void> StatementPosting::remember_payer(Row const& line)
{
    auto const account = line.text_or(line_of_bank::payer_account);
    if (account.empty()
        || TRY(m_unit.exists(Query::from(payer_account::table)
                .where(payer_account::company == m_books.code
                    && payer_account::customer_account == m_customer
                    && payer_account::payer_account == account)))) {
        return {};
    }
    TRY(m_unit.create(Row(payer_account::table)
            .set(payer_account::company, m_books.code)
            .set(payer_account::customer_account, m_customer)
            .set(payer_account::payer_account, account)));
    return {};
}

Result<void> StatementPosting::finish(Row const& line, PostedVoucher const& posted, Id payment)
{
    ++m_reply.posted;
    return m_unit.update(line_of_bank::table, line.id(),
        Row(line_of_bank::table)
            .set(line_of_bank::line_status, StatementLineLineStatus::posted)
            .set(line_of_bank::voucher, posted.id)
            .set(line_of_bank::payment, payment));
}

// 1. Money that came in: a voucher, a payment, and the invoices it was matched with.
Result<void> StatementPosting::post_payment(Row const& line)
{
    auto const matches = TRY(m_unit.query(Query::from(bank_match::table)
            .where(bank_match::line == line.id())
            .order_by(bank_match::created_on)));
    if (matches.empty()) {
        return {};
    }
    auto const invoice = TRY(m_unit.retrieve(
        finance_invoice::table, matches[0].get(bank_match::invoice).value_or(Lookup {}).id));
    m_customer = invoice.text_or(finance_invoice::customer_account);
    auto const accounts = TRY(PostingAccounts::load(m_unit, m_books.code));
    auto const voucher =
        TRY(plan_payment({ .date = line.get(line_of_bank::booked_on).value_or(m_unit.today()),
            .text = "Payment of " + line.text_or(line_of_bank::payer_name, m_customer),
            .customer = m_customer,
            .customer_account =
                TRY(accounts.account({ .role = PostingRole::customer, .customer = m_customer })),
            .bank_account = m_account.text_or(bank_account::ledger_account),
            .currency = TRY(ledger_currency()),
            .amount = line.amount_or_zero(line_of_bank::amount) }));
    auto const posted = TRY(post_voucher(m_unit, m_books,
        { .type = PostingType::payment,
            .document = line.text_or(line_of_bank::entry_key).substr(0, 100) },
        voucher));
    auto const payment = TRY(write_transaction(line, voucher, posted));
    TRY(settle_matches(line, matches, payment));
    TRY(remember_payer(line));
    return finish(line, posted, payment);
}

Result<std::optional<Id>> StatementPosting::returned_payment(Row const& line)
{
    std::vector<PostedPayment> payments;
    for (auto const& row : TRY(m_unit.query(Query::from(transaction::table)
                 .where(transaction::company == m_books.code
                     && transaction::transaction_type == CustomerTransactionTransactionType::payment
                     && transaction::amount == line.amount_or_zero(line_of_bank::amount)
                     && transaction::currency_code == m_currency.code)))) {
        payments.push_back({ .id = row.id(),
            .amount = row.amount_or_zero(transaction::amount).negated(),
            .end_to_end_id = row.text_or(transaction::end_to_end_id),
            .transaction_id = row.text_or(transaction::bank_transaction_id),
            .account = row.text_or(transaction::payer_account) });
    }
    return find_returned_payment(transaction_of(line), payments);
}

Result<Voucher> StatementPosting::plan_return(
    Row const& line, Row const& payment, std::vector<StandingSettlement> const& settlements)
{
    ReturnPosting posting { .date = line.get(line_of_bank::booked_on).value_or(m_unit.today()),
        .text = "Returned by the bank: " + line.text_or(line_of_bank::return_reason),
        .payment =
            TRY(load_voucher(m_unit, payment.get(transaction::voucher).value_or(Lookup {}).id)),
        .precision = m_books.currency.precision };
    for (auto const& settlement : settlements) {
        if (!settlement.voucher) {
            continue;
        }
        auto voucher = TRY(load_voucher(m_unit, *settlement.voucher));
        if (!posting.settlement) {
            posting.settlement = std::move(voucher);
            continue;
        }
        for (auto& entry : voucher.lines) {
            posting.settlement->lines.push_back(std::move(entry));
        }
    }
    return plan_returned_payment(posting);
}

// 2. Money that went back: a new voucher takes payment and settlement back, and the invoices are
// open again.
Result<bool> StatementPosting::post_return(Row const& line)
{
    auto const found = TRY(returned_payment(line));
    if (!found) {
        return false;
    }
    auto const payment = TRY(m_unit.retrieve_for_update(transaction::table, *found));
    m_customer = payment.text_or(transaction::customer_account);
    auto const settlements = TRY(standing_settlements(m_unit, *found));
    auto const voucher = TRY(plan_return(line, payment, settlements));
    auto const posted = TRY(post_voucher(m_unit, m_books,
        { .type = PostingType::reversal,
            .document = payment.text_or(transaction::document),
            .reverses = payment.get(transaction::voucher).value_or(Lookup {}).id },
        voucher));
    for (auto const& settlement : settlements) {
        TRY(take_back(m_unit, settlement, voucher.date, posted.id));
    }
    // The payment and its return meet; nothing of either stays open. What the discount had taken
    // was posted back by the same voucher and belongs to the invoice, not to this item.
    auto const returned = TRY(write_transaction(line,
        reversed(
            TRY(load_voucher(m_unit, payment.get(transaction::voucher).value_or(Lookup {}).id)),
            voucher.date),
        posted));
    TRY(settle_transactions(
        m_unit, m_books, { .invoice = returned, .payment = *found, .date = voucher.date }));
    for (auto const& row : TRY(m_unit.query(
             Query::from(line_of_bank::table).where(line_of_bank::payment == *found)))) {
        TRY(m_unit.update(line_of_bank::table, row.id(),
            Row(line_of_bank::table)
                .set(line_of_bank::line_status, StatementLineLineStatus::reversed)));
    }
    TRY(finish(line, posted, returned));
    return true;
}

Result<PostBankStatement::Reply> StatementPosting::run(Id id)
{
    auto const head = TRY(m_unit.retrieve_for_update(statement::table, id));
    m_account = TRY(m_unit.retrieve(
        bank_account::table, head.get(statement::bank_account).value_or(Lookup {}).id));
    m_currency = TRY(currency_by_code(m_unit, head.text_or(statement::currency_code)));
    for (auto const& line : TRY(m_unit.query(Query::from(line_of_bank::table)
                 .where(line_of_bank::statement == id)
                 .order_by(line_of_bank::line_number)))) {
        auto const status = line.get(line_of_bank::line_status);
        if (status == StatementLineLineStatus::matched) {
            TRY(post_payment(line));
        } else if (status == StatementLineLineStatus::open) {
            auto const is_return = !line.is_null(line_of_bank::return_reason);
            m_reply.open += is_return && TRY(post_return(line)) ? 0 : 1;
        }
    }
    if (m_reply.open == 0) {
        TRY(m_unit.update(statement::table, id,
            Row(statement::table)
                .set(statement::statement_status, StatementStatementStatus::posted)));
    }
    return m_reply;
}

}

Result<PostBankStatement::Reply> post_bank_statement(Unit& unit, PostBankStatement const& request)
{
    auto const head = TRY(unit.retrieve(statement::table, request.statement));
    auto books = TRY(books_of(unit, head.text_or(statement::company)));
    return StatementPosting(unit, std::move(books)).run(request.statement);
}

void register_bank(Registry& registry)
{
    registry.message<ImportBankStatement>(import_bank_statement)
        .requires_privilege("prvPostFinance");
    registry.message<MatchBankLine>(match_bank_line).requires_privilege("prvPostFinance");
    registry.message<PostBankStatement>(post_bank_statement).requires_privilege("prvPostFinance");
}

}
