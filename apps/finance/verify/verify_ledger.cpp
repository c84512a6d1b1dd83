#include "apps/finance/api.h"

#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/inventory/inventory_movement_table.h"
#include "apps/finance/inventory/on_hand_table.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/ledger/ledger_account_table.h"
#include "apps/finance/ledger/settlement_table.h"
#include "apps/finance/verify/verify_documents.h"
#include "apps/finance/verify/verify_vouchers.h"

#include <map>

namespace cashline::finance {

namespace {

using Key = CompanyKey; // company and account, item …

class Verifying {
public:
    explicit Verifying(Reader& reader) : m_reader(reader.elevated_reader()) { }

    Result<std::vector<VerifyFinding>> run();

private:
    Result<void> check_accounts();
    Result<void> check_transactions();
    Result<void> check_customers();
    Result<void> check_on_hand();
    Result<void> add(Amount& sum, Amount amount);
    void compare(Row const& row, MoneyColumn const& column, Amount expected);
    void compare(Row const& row, DecimalColumn const& column, Decimal const& expected);

    Reader m_reader;
    std::vector<VerifyFinding> m_findings {};
    EntrySums m_entries {};
    std::map<Key, Amount> m_open {}; // open accounting amounts of transactions
    std::map<Id, Claim> m_claims {};
};

Result<void> Verifying::add(Amount& sum, Amount amount)
{
    sum = TRY(sum.plus(amount));
    return {};
}

void Verifying::compare(Row const& row, MoneyColumn const& column, Amount expected)
{
    auto const found = row.amount_or_zero(column);
    if (found != expected) {
        m_findings.push_back({ "ledger", m_reader.schema().table(row.table()).name, row.id(),
            column.name, expected.to_string(), found.to_string() });
    }
}

void Verifying::compare(Row const& row, DecimalColumn const& column, Decimal const& expected)
{
    auto const found = row.get(column).value_or(Decimal {});
    if (found != expected) {
        m_findings.push_back({ "ledger", m_reader.schema().table(row.table()).name, row.id(),
            column.name, expected.without_trailing_zeros().to_string(),
            found.without_trailing_zeros().to_string() });
    }
}

Result<void> Verifying::check_accounts()
{
    for (auto const& row : TRY(m_reader.query(Query::from(ledger_account::table)))) {
        Key const key { row.text_or(ledger_account::company), row.text_or(ledger_account::number) };
        compare(row, ledger_account::balance, m_entries.accounts[key]);
    }
    return {};
}

// Each transaction is open by what no settlement has taken.
Result<void> Verifying::check_transactions()
{
    namespace item = customer_transaction;
    std::map<Id, Amount> taken;
    std::map<Id, Amount> taken_accounting;
    for (auto const& row : TRY(m_reader.query(Query::from(settlement::table)))) {
        auto const claim = row.get(settlement::invoice).value_or(Lookup {}).id;
        auto const payment = row.get(settlement::payment).value_or(Lookup {}).id;
        TRY(add(taken[claim], row.amount_or_zero(settlement::closed)));
        TRY(add(taken[payment], row.amount_or_zero(settlement::used).negated()));
        TRY(add(taken_accounting[claim], row.amount_or_zero(settlement::closed_accounting)));
        TRY(add(
            taken_accounting[payment], row.amount_or_zero(settlement::used_accounting).negated()));
    }
    for (auto const& row : TRY(m_reader.query(Query::from(item::table)))) {
        auto const open = TRY(row.amount_or_zero(item::amount).minus(taken[row.id()]));
        compare(row, item::open, open);
        auto const open_accounting =
            TRY(row.amount_or_zero(item::accounting_amount).minus(taken_accounting[row.id()]));
        compare(row, item::open_accounting, open_accounting);
        if (row.get(item::is_open) == open.is_zero()) {
            m_findings.push_back({ "ledger", item::table.name, row.id(), item::is_open.name,
                open.is_zero() ? "closed" : "open", open.is_zero() ? "open" : "closed" });
        }
        m_claims[row.id()] = { row.amount_or_zero(item::amount), open };
        TRY(add(m_open[{ row.text_or(item::company), row.text_or(item::customer_account) }],
            open_accounting));
    }
    return {};
}

Result<void> Verifying::check_customers()
{
    for (auto const& row : TRY(m_reader.query(Query::from(finance_customer::table)))) {
        Key const key { row.text_or(finance_customer::company),
            row.text_or(finance_customer::account) };
        compare(row, finance_customer::balance, m_entries.customers[key]);
        if (m_entries.customers[key] != m_open[key]) {
            m_findings.push_back({ "ledger", finance_customer::table.name, row.id(),
                finance_customer::balance.name, "open items " + m_open[key].to_string(),
                "ledger " + m_entries.customers[key].to_string() });
        }
    }
    return {};
}

Result<void> Verifying::check_on_hand()
{
    namespace movement = inventory_movement;
    std::map<std::pair<Key, std::string>, std::pair<Decimal, Decimal>> quantities;
    std::map<std::pair<Key, std::string>, Amount> values;
    for (auto const& row : TRY(m_reader.query(Query::from(movement::table)))) {
        std::pair const place { Key { row.text_or(movement::company), row.text_or(movement::item) },
            row.text_or(movement::warehouse) };
        auto& [quantity, picked] = quantities[place];
        quantity = TRY(quantity.plus(row.get(movement::quantity).value_or(Decimal {})));
        picked = TRY(picked.plus(row.get(movement::picked).value_or(Decimal {})));
        TRY(add(values[place], row.amount_or_zero(movement::cost)));
    }
    for (auto const& row : TRY(m_reader.query(Query::from(on_hand::table)))) {
        std::pair const place { Key { row.text_or(on_hand::company), row.text_or(on_hand::item) },
            row.text_or(on_hand::warehouse) };
        compare(row, on_hand::quantity, quantities[place].first);
        compare(row, on_hand::picked, quantities[place].second);
        compare(row, on_hand::value, values[place]);
    }
    return {};
}

Result<std::vector<VerifyFinding>> Verifying::run()
{
    m_entries = TRY(verify_vouchers(m_reader, m_findings));
    TRY(check_accounts());
    TRY(check_transactions());
    TRY(check_customers());
    TRY(check_on_hand());
    for (auto& more : { TRY(verify_invoices(m_reader, m_claims)), TRY(verify_orders(m_reader)) }) {
        m_findings.insert(m_findings.end(), more.begin(), more.end());
    }
    for (auto& finding : m_findings) {
        finding.text = finding.table + "." + finding.column + " should be " + finding.expected
            + ", but is " + finding.found + ".";
    }
    return std::move(m_findings);
}

}

Result<std::vector<VerifyFinding>> verify_ledger(Reader& reader) { return Verifying(reader).run(); }

}
