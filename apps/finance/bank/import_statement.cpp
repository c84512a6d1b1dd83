#include "apps/finance/bank/bank_account_table.h"
#include "apps/finance/bank/bank_match_table.h"
#include "apps/finance/bank/bank_messages.h"
#include "apps/finance/bank/camt.h"
#include "apps/finance/bank/line_matching.h"
#include "apps/finance/bank/statement_line_table.h"
#include "apps/finance/bank/statement_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "core/text.h"

namespace cashline::finance {

namespace {

std::string without_spaces(std::string_view text)
{
    std::string result;
    for (auto const letter : text) {
        if (letter != ' ') {
            result += letter;
        }
    }
    return result;
}

// 2. The statement is of one of our accounts, in its currency.
Result<Row> account_of(Unit& unit, BankStatement const& statement)
{
    auto const account = TRY(unit.first(Query::from(bank_account::table)
            .where(bank_account::iban == without_spaces(statement.account))));
    if (!account) {
        return conflict("bank_account_unknown",
            "Account " + statement.account + " is not one of the company's bank accounts.");
    }
    if (account->text_or(bank_account::currency_code) != statement.currency) {
        return conflict("bank_currency_differs",
            "The statement is in " + statement.currency + ", the account in "
                + account->text_or(bank_account::currency_code) + ".");
    }
    return *account;
}

// 3. Never twice, and from where the one before ended.
Result<void> must_be_new(Unit& unit, Row const& account, BankStatement const& file)
{
    auto const of_account =
        Query::from(statement::table).where(statement::bank_account == account.id());
    if (TRY(unit.exists(Query(of_account).where(statement::number == file.id)))) {
        return conflict("bank_statement_duplicate",
            "Statement " + file.id + " of this account is here already.");
    }
    auto const last =
        TRY(unit.first(Query(of_account).order_by_descending(statement::created_on).top(1)));
    if (last && last->amount_or_zero(statement::closing) != file.opening) {
        return conflict("bank_statement_gap",
            "The statement begins with " + file.opening.to_string(2)
                + ", the one before ended with "
                + last->amount_or_zero(statement::closing).to_string(2)
                + ". Import what lies between first.");
    }
    return {};
}

class Importing {
public:
    Importing(Unit& unit, std::string file_name)
        : m_unit(unit.elevated())
        , m_file_name(std::move(file_name))
    {
    }

    Result<Id> take(BankStatement const& file);

private:
    Result<Id> write_head(BankStatement const& file);
    Result<void> write_line(BankEntry const& entry, std::size_t place);
    Result<void> match_line(Row const& line, LineMatching const& matching);

    Unit m_unit;
    std::string m_file_name;
    Row m_account {};
    Id m_statement {};
    std::int64_t m_number {};
};

Result<Id> Importing::write_head(BankStatement const& file)
{
    Row row(statement::table);
    row.set(statement::company, m_account.text_or(bank_account::company))
        .set(statement::bank_account, m_account.id())
        .set(statement::number, file.id)
        .set(statement::sequence, file.sequence)
        .set(statement::from, file.from ? file.from : file.opening_date)
        .set(statement::to, file.to ? file.to : file.closing_date)
        .set(statement::opening, file.opening)
        .set(statement::closing, file.closing)
        .set(statement::currency_code, file.currency)
        .set(statement::file_name, m_file_name);
    return m_unit.create(std::move(row));
}

Result<void> Importing::write_line(BankEntry const& entry, std::size_t place)
{
    namespace columns = statement_line;
    auto const& transaction = entry.transactions[place];
    auto const key = entry.key + "/" + std::to_string(place);
    if (TRY(m_unit.exists(Query::from(columns::table)
                .where(columns::company == m_account.text_or(bank_account::company)
                    && columns::entry_key == key)))) {
        return conflict("bank_entry_duplicate",
            "An entry of " + entry.amount.to_string(2) + " is on an earlier statement already.");
    }
    std::string remittance;
    for (auto const& part : transaction.remittance) {
        remittance += (remittance.empty() ? "" : "\n") + part;
    }
    auto const is_money_out = transaction.amount.is_negative() && !transaction.is_return();
    auto const& references = transaction.creditor_references;
    Row row(columns::table);
    row.set(columns::company, m_account.text_or(bank_account::company))
        .set(columns::statement, m_statement)
        .set(columns::line_number, ++m_number)
        .set(columns::entry_key, key)
        .set(columns::booked_on,
            entry.booking_date.value_or(entry.value_date.value_or(m_unit.today())))
        .set(columns::amount, transaction.amount)
        .set(columns::payer_name, text::truncate_utf16(transaction.counterparty.name, 160))
        .set(columns::payer_account, text::truncate_utf16(transaction.counterparty.account, 50))
        .set(columns::remittance, text::truncate_utf16(remittance, 4000))
        .set(columns::reference,
            references.empty() ? std::string {} : text::truncate_utf16(references[0], 140))
        .set(columns::end_to_end_id, text::truncate_utf16(transaction.end_to_end_id, 50))
        .set(columns::bank_transaction_id, text::truncate_utf16(transaction.transaction_id, 50))
        .set(columns::return_reason, text::truncate_utf16(transaction.return_reason, 10))
        .set(columns::details, details_of(transaction, entry.additional_text).to_string())
        .set(columns::line_status,
            is_money_out ? StatementLineLineStatus::ignored : StatementLineLineStatus::open);
    TRY(m_unit.create(std::move(row)));
    return {};
}

// 5. A certain match is set at once; everything else is proposed and waits for a person.
Result<void> Importing::match_line(Row const& line, LineMatching const& matching)
{
    auto const candidates = matching.candidates(line);
    auto const is_certain = !candidates.empty() && candidates[0].confidence == Confidence::high
        && (candidates.size() == 1 || candidates[1].score < candidates[0].score);
    if (!is_certain) {
        return {};
    }
    for (auto const item : candidates[0].items) {
        auto const invoice = TRY(m_unit.first(Query::from(finance_invoice::table)
                .select({ finance_invoice::number })
                .where(finance_invoice::transaction == item)));
        if (!invoice) {
            return {};
        }
        TRY(m_unit.create(Row(bank_match::table)
                .set(bank_match::company, line.text_or(statement_line::company))
                .set(bank_match::line, line.id())
                .set(bank_match::invoice, invoice->id())));
    }
    std::string why;
    for (auto const& reason : candidates[0].reasons) {
        why += (why.empty() ? "" : " ") + reason;
    }
    return m_unit.update(statement_line::table, line.id(),
        Row(statement_line::table)
            .set(statement_line::line_status, StatementLineLineStatus::matched)
            .set(statement_line::confidence, StatementLineConfidence::high)
            .set(statement_line::explanation, text::truncate_utf16(why, 400)));
}

Result<Id> Importing::take(BankStatement const& file)
{
    m_account = TRY(account_of(m_unit, file));
    TRY(must_be_new(m_unit, m_account, file));
    // 4. The statement and a line for each payment on it.
    m_statement = TRY(write_head(file));
    for (auto const& entry : file.entries) {
        for (std::size_t place = 0; place < entry.transactions.size(); ++place) {
            TRY(write_line(entry, place));
        }
    }
    auto const books = TRY(books_of(m_unit, m_account.text_or(bank_account::company)));
    auto const matching =
        TRY(LineMatching::load(m_unit, books, TRY(currency_by_code(m_unit, file.currency))));
    for (auto const& line : TRY(m_unit.query(Query::from(statement_line::table)
                 .where(statement_line::statement == m_statement)
                 .order_by(statement_line::line_number)))) {
        TRY(match_line(line, matching));
    }
    return m_statement;
}

}

Result<ImportBankStatement::Reply> import_bank_statement(
    Unit& unit, ImportBankStatement const& request)
{
    // 1. The file is taken whole or refused whole.
    auto const bytes = text::base64_decode(request.content);
    if (!bytes) {
        return invalid("InvalidArgument", "Content is not base64.", "Content");
    }
    auto const file = TRY(read_camt(*bytes));
    ImportBankStatement::Reply reply;
    for (auto const& one : file.statements) {
        TRY(check_statement(one));
        reply.statement = TRY(Importing(unit, request.file_name).take(one));
    }
    if (reply.statement.is_nil()) {
        return invalid("camt_incomplete", "The file has no statement.", "Content");
    }
    return reply;
}

}
