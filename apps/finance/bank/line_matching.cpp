#include "apps/finance/bank/line_matching.h"

#include "apps/finance/bank/payer_account_table.h"
#include "apps/finance/bank/statement_line_table.h"
#include "apps/finance/customer/finance_customer_table.h"

#include <algorithm>

namespace cashline::finance {

namespace {

json::Array texts(std::vector<std::string> const& all)
{
    json::Array list;
    for (auto const& text : all) {
        list.emplace_back(text);
    }
    return list;
}

std::vector<std::string> texts(json::Value const& from, std::string_view key)
{
    std::vector<std::string> all;
    for (auto const& value : from.array(key)) {
        if (auto const* text = value.as_string()) {
            all.push_back(*text);
        }
    }
    return all;
}

// Only customers with something open can be meant.
Result<std::vector<KnownPayer>> payers_of(
    Reader& reader, std::string_view company, std::vector<OpenItem> const& items)
{
    std::vector<Value> accounts;
    for (auto const& item : items) {
        if (std::ranges::find(accounts, Value(item.customer)) == accounts.end()) {
            accounts.emplace_back(item.customer);
        }
    }
    std::vector<KnownPayer> payers;
    if (accounts.empty()) {
        return payers;
    }
    for (auto const& row : TRY(reader.query(Query::from(finance_customer::table)
                 .where(finance_customer::company == company
                     && is_in(finance_customer::account, accounts))))) {
        payers.push_back({ .customer = row.text_or(finance_customer::account),
            .name = row.text_or(finance_customer::name),
            .town = row.text_or(finance_customer::city) });
    }
    for (auto const& row : TRY(reader.query(Query::from(payer_account::table)
                 .where(payer_account::company == company
                     && is_in(payer_account::customer_account, accounts))))) {
        auto const payer = std::ranges::find(
            payers, row.text_or(payer_account::customer_account), &KnownPayer::customer);
        if (payer != payers.end()) {
            payer->accounts.push_back(row.text_or(payer_account::payer_account));
        }
    }
    return payers;
}

}

json::Value details_of(BankTransaction const& transaction, std::string const& entry_text)
{
    json::Array documents;
    for (auto const& document : transaction.referred_documents) {
        documents.emplace_back(document.number);
    }
    return json::Object {
        { "name", transaction.counterparty.name },
        { "account", transaction.counterparty.account },
        { "ultimate_name", transaction.counterparty.ultimate_name },
        { "town", transaction.counterparty.town },
        { "remittance", texts(transaction.remittance) },
        { "documents", std::move(documents) },
        { "references", texts(transaction.creditor_references) },
        { "entry_text", entry_text },
    };
}

BankTransaction transaction_of(Row const& line)
{
    namespace columns = statement_line;
    auto const details = json::parse(line.text_or(columns::details, "{}")).value_or(json::Value {});
    BankTransaction transaction { .amount = line.amount_or_zero(columns::amount),
        .end_to_end_id = line.text_or(columns::end_to_end_id),
        .transaction_id = line.text_or(columns::bank_transaction_id),
        .counterparty = { .name = std::string(details.text("name")),
            .account = std::string(details.text("account")),
            .ultimate_name = std::string(details.text("ultimate_name")),
            .town = std::string(details.text("town")) },
        .remittance = texts(details, "remittance"),
        .creditor_references = texts(details, "references"),
        .return_reason = line.text_or(columns::return_reason),
        .additional_text = std::string(details.text("entry_text")) };
    for (auto& number : texts(details, "documents")) {
        transaction.referred_documents.push_back({ .number = std::move(number) });
    }
    return transaction;
}

Result<LineMatching> LineMatching::load(
    Reader& reader, Books const& books, CurrencyFacts const& currency)
{
    auto elevated = reader.elevated_reader();
    LineMatching matching;
    matching.m_currency = currency;
    matching.m_items = TRY(open_items(elevated, books, currency));
    matching.m_payers = TRY(payers_of(elevated, books.code, matching.m_items));
    return matching;
}

std::vector<MatchCandidate> LineMatching::candidates(Row const& line) const
{
    auto const transaction = transaction_of(line);
    if (transaction.is_return() || transaction.amount.ten_thousandths <= 0) {
        return {};
    }
    return match({ .transaction = transaction,
        .date = line.get(statement_line::booked_on).value_or(Date {}),
        .currency = m_currency.id,
        .items = m_items,
        .payers = m_payers,
        .candidates_max = 5 });
}

OpenItem const* LineMatching::find(Id transaction) const
{
    auto const found = std::ranges::find(m_items, transaction, &OpenItem::id);
    return found == m_items.end() ? nullptr : &*found;
}

}
