#include "apps/finance/verify/verify_vouchers.h"

#include "apps/finance/ledger/ledger_entry_table.h"

#include <algorithm>

namespace cashline::finance {

namespace {

namespace entry = ledger_entry;

Result<Amount> document_amount(Row const& row)
{
    return row.amount_or_zero(entry::debit).minus(row.amount_or_zero(entry::credit));
}

Result<Amount> accounting_amount(Row const& row)
{
    return row.amount_or_zero(entry::accounting_debit)
        .minus(row.amount_or_zero(entry::accounting_credit));
}

bool is_debit_off(Row const& row)
{
    return row.amount_or_zero(entry::debit) != row.amount_or_zero(entry::accounting_debit);
}

class Vouchers {
public:
    Vouchers(Reader& reader, std::vector<VerifyFinding>& findings)
        : m_reader(reader)
        , m_findings(findings)
    {
    }

    Result<EntrySums> run();

private:
    Result<void> check(std::vector<Row> const& entries);
    void report(Row const& row, MoneyColumn const& column, std::string expected);
    Result<void> add(Row const& row, Amount amount);

    Reader& m_reader;
    std::vector<VerifyFinding>& m_findings;
    EntrySums m_sums {};
};

void Vouchers::report(Row const& row, MoneyColumn const& column, std::string expected)
{
    m_findings.push_back({ "ledger", entry::table.name, row.id(), column.name, std::move(expected),
        row.amount_or_zero(column).to_string() });
}

Result<void> Vouchers::add(Row const& row, Amount amount)
{
    auto const company = row.text_or(entry::company);
    auto& account = m_sums.accounts[{ company, row.text_or(entry::account) }];
    account = TRY(account.plus(amount));
    if (row.text_or(entry::role) == "customer") {
        auto& customer = m_sums.customers[{ company, row.text_or(entry::customer_account) }];
        customer = TRY(customer.plus(amount));
    }
    return {};
}

// In the company's own currency an entry says each amount twice: where a voucher does not balance,
// the one entry that contradicts itself is wrong.
Row const* contradicting(std::vector<Row> const& entries)
{
    Row const* found = nullptr;
    for (auto const& row : entries) {
        auto const is_off = is_debit_off(row)
            || row.amount_or_zero(entry::credit) != row.amount_or_zero(entry::accounting_credit);
        if (is_off && found) {
            return nullptr;
        }
        found = is_off ? &row : found;
    }
    return found;
}

Result<void> Vouchers::check(std::vector<Row> const& entries)
{
    std::map<std::string, Amount> documents;
    Amount accounting;
    for (auto const& row : entries) {
        auto& sum = documents[row.text_or(entry::currency_code)];
        sum = TRY(sum.plus(TRY(document_amount(row))));
        accounting = TRY(accounting.plus(TRY(accounting_amount(row))));
    }
    auto const is_off = [](auto const& sum) { return !sum.second.is_zero(); };
    auto const documents_off = std::ranges::any_of(documents, is_off);
    auto const* wrong = documents_off != !accounting.is_zero() ? contradicting(entries) : nullptr;
    for (auto const& row : entries) {
        auto const by_document = &row == wrong && !documents_off;
        TRY(add(row, TRY(by_document ? document_amount(row) : accounting_amount(row))));
    }
    if (wrong && documents_off) {
        report(*wrong, is_debit_off(*wrong) ? entry::debit : entry::credit,
            wrong
                ->amount_or_zero(
                    is_debit_off(*wrong) ? entry::accounting_debit : entry::accounting_credit)
                .to_string());
    } else if (wrong) {
        report(*wrong, is_debit_off(*wrong) ? entry::accounting_debit : entry::accounting_credit,
            wrong->amount_or_zero(is_debit_off(*wrong) ? entry::debit : entry::credit).to_string());
    } else if (documents_off) {
        report(entries.back(), entry::debit, "a voucher that balances");
    } else if (!accounting.is_zero()) {
        report(entries.back(), entry::accounting_debit, "a voucher that balances");
    }
    return {};
}

Result<EntrySums> Vouchers::run()
{
    std::map<Id, std::vector<Row>> vouchers;
    for (auto& row : TRY(m_reader.query(Query::from(entry::table)))) {
        vouchers[row.get(entry::voucher).value_or(Lookup {}).id].push_back(std::move(row));
    }
    for (auto const& [voucher, entries] : vouchers) {
        TRY(check(entries));
    }
    return std::move(m_sums);
}

}

Result<EntrySums> verify_vouchers(Reader& reader, std::vector<VerifyFinding>& findings)
{
    return Vouchers(reader, findings).run();
}

}
