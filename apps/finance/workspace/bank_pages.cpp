// Bank statements as the back office shows them (docs/contracts/web-workspace.md 8, "Statement").
#include "apps/finance/workspace/bank_pages.h"

#include "apps/finance/bank/bank_account_table.h"
#include "apps/finance/bank/bank_match_table.h"
#include "apps/finance/bank/line_matching.h"
#include "apps/finance/bank/statement_line_table.h"
#include "apps/finance/bank/statement_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/ledger_voucher_table.h"
#include "apps/finance/setup/default_company.h"

#include <algorithm>
#include <array>

namespace cashline::finance {

namespace {

namespace bank_line = statement_line;
constexpr std::int64_t statements_max = 100;

bool is_open(Row const& line)
{
    auto const status = line.get(bank_line::line_status);
    return status == StatementLineLineStatus::open || status == StatementLineLineStatus::matched;
}

std::string confidence_text(Confidence confidence)
{
    static constexpr std::array names { "none", "low", "medium", "high" };
    return names.at(static_cast<std::size_t>(confidence));
}

class StatementPage {
public:
    StatementPage(Reader& reader, Row statement_row)
        : m_all(reader.elevated_reader())
        , m_statement(std::move(statement_row))
        , m_currency(m_statement.text_or(statement::currency_code))
    {
    }

    Result<json::Value> head();
    Result<json::Value> document();

private:
    Result<json::Value> line(Row const& row);
    Result<json::Value> invoice_entry(
        Row const& invoice, std::string_view amount_key, Amount amount);
    Result<json::Array> matches(Row const& row);
    Result<void> add_proposals(json::Value& entry, Row const& row);
    Result<std::string> text(Amount amount) { return amount_text(m_all, amount, m_currency); }

    Reader m_all;
    Row m_statement;
    std::string m_currency;
    std::vector<Row> m_lines {};
    std::optional<LineMatching> m_matching {};
};

Result<json::Value> StatementPage::head()
{
    m_lines = TRY(m_all.query(Query::from(bank_line::table)
            .where(bank_line::statement == m_statement.id())
            .order_by(bank_line::line_number)));
    auto const account = TRY(m_all.retrieve(
        bank_account::table, m_statement.get(statement::bank_account).value_or(Lookup {}).id));
    auto const is_posted =
        m_statement.get(statement::statement_status) == StatementStatementStatus::posted;
    return json::Object {
        { "id", m_statement.id().to_string() },
        { "account", account.text_or(bank_account::name) },
        { "iban", account.text_or(bank_account::iban) },
        { "number", m_statement.text_or(statement::number) },
        { "from", m_statement.get(statement::from).value_or(Date {}).to_string() },
        { "to", m_statement.get(statement::to).value_or(Date {}).to_string() },
        { "openingText", TRY(text(m_statement.amount_or_zero(statement::opening))) },
        { "closingText", TRY(text(m_statement.amount_or_zero(statement::closing))) },
        { "currency", m_currency },
        { "lineCount", static_cast<std::int64_t>(m_lines.size()) },
        { "openCount", static_cast<std::int64_t>(std::ranges::count_if(m_lines, is_open)) },
        { "status", is_posted ? "posted" : "open" },
    };
}

Result<json::Value> StatementPage::invoice_entry(
    Row const& invoice, std::string_view amount_key, Amount amount)
{
    json::Value entry { json::Object {
        { "invoiceId", invoice.id().to_string() },
        { "invoiceNumber", invoice.text_or(finance_invoice::number) },
        { "customer", invoice.text_or(finance_invoice::customer_name) },
        { "openText", TRY(text(invoice.amount_or_zero(finance_invoice::open))) },
    } };
    entry.set(amount_key, TRY(text(amount)));
    return entry;
}

Result<json::Array> StatementPage::matches(Row const& row)
{
    json::Array list;
    for (auto const& match : TRY(m_all.query(Query::from(bank_match::table)
                 .where(bank_match::line == row.id())
                 .order_by(bank_match::created_on)))) {
        auto const invoice = TRY(m_all.retrieve(
            finance_invoice::table, match.get(bank_match::invoice).value_or(Lookup {}).id));
        auto const amount = match.get(bank_match::amount)
                                .value_or(std::min(row.amount_or_zero(bank_line::amount),
                                    invoice.amount_or_zero(finance_invoice::total)));
        list.push_back(TRY(invoice_entry(invoice, "amountText", amount)));
    }
    return list;
}

// What an open line could pay, best first; its reasons say why.
Result<void> StatementPage::add_proposals(json::Value& entry, Row const& row)
{
    json::Array list;
    auto const is_waiting = row.get(bank_line::line_status) == StatementLineLineStatus::open;
    for (auto const& candidate :
        is_waiting ? m_matching->candidates(row) : std::vector<MatchCandidate> {}) {
        std::string why;
        for (auto const& reason : candidate.reasons) {
            why += (why.empty() ? "" : "; ") + reason;
        }
        for (auto const item : candidate.items) {
            auto const invoice = TRY(m_all.first(
                Query::from(finance_invoice::table).where(finance_invoice::transaction == item)));
            if (!invoice) {
                continue;
            }
            auto proposal = TRY(invoice_entry(*invoice, "amountText",
                std::min(row.amount_or_zero(bank_line::amount),
                    invoice->amount_or_zero(finance_invoice::open))));
            proposal.set("reason", why);
            list.push_back(std::move(proposal));
        }
        if (entry.find("confidence") == nullptr) {
            entry.set("confidence", confidence_text(candidate.confidence));
            entry.set("explanation", why);
        }
    }
    entry.set("proposals", std::move(list));
    return {};
}

Result<json::Value> StatementPage::line(Row const& row)
{
    static constexpr std::array names { "open", "matched", "posted", "reversed", "ignored" };
    auto const status = row.get(bank_line::line_status).value_or(StatementLineLineStatus::open);
    auto const amount = row.amount_or_zero(bank_line::amount);
    json::Value entry { json::Object {
        { "id", row.id().to_string() },
        { "bookedOn", row.get(bank_line::booked_on).value_or(Date {}).to_string() },
        { "amount", amount.to_string(2) },
        { "amountText", TRY(text(amount)) },
        { "payer", row.text_or(bank_line::payer_name) },
        { "text", row.text_or(bank_line::remittance) },
        { "reference", row.text_or(bank_line::reference) },
        { "status", names.at(static_cast<std::size_t>(status)) },
        { "matches", TRY(matches(row)) },
    } };
    if (auto const confidence = row.get(bank_line::confidence)) {
        entry.set(
            "confidence", confidence_text(static_cast<Confidence>(static_cast<int>(*confidence))));
    }
    if (auto const why = row.get(bank_line::explanation)) {
        entry.set("explanation", *why);
    }
    if (auto const voucher = row.get(bank_line::voucher)) {
        auto const posted = TRY(m_all.retrieve(*voucher, { ledger_voucher::number }));
        entry.set("voucher", posted.text_or(ledger_voucher::number));
    }
    TRY(add_proposals(entry, row));
    return entry;
}

Result<json::Value> StatementPage::document()
{
    auto result = TRY(head());
    auto const books = TRY(books_of(m_all, m_statement.text_or(statement::company)));
    m_matching = TRY(LineMatching::load(m_all, books, TRY(currency_by_code(m_all, m_currency))));
    json::Array lines;
    for (auto const& row : m_lines) {
        lines.push_back(TRY(line(row)));
    }
    result.set("lines", std::move(lines));
    return result;
}

Result<DocumentReply> retrieve_statements(Reader& reader, RetrieveBankStatements const& request)
{
    auto const books = TRY(books_or_default(reader, request.company));
    json::Array list;
    for (auto const& row : TRY(reader.query(Query::from(statement::table)
                 .where(statement::company == books.code)
                 .order_by_descending(statement::to)
                 .top(statements_max)))) {
        list.push_back(TRY(StatementPage(reader, row).head()));
    }
    return DocumentReply { json::Object { { "statements", std::move(list) } } };
}

Result<DocumentReply> retrieve_statement(Reader& reader, RetrieveBankStatement const& request)
{
    auto row = TRY(reader.retrieve(statement::table, request.statement));
    return DocumentReply { TRY(StatementPage(reader, std::move(row)).document()) };
}

}

void register_bank_pages(Registry& registry)
{
    registry.function<RetrieveBankStatements>(retrieve_statements);
    registry.function<RetrieveBankStatement>(retrieve_statement);
}

}
