#include "apps/finance/api.h"

#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/inventory/inventory_movement_table.h"
#include "apps/finance/inventory/on_hand_table.h"
#include "apps/finance/invoice/finance_invoice_charge_table.h"
#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/ledger/ledger_account_table.h"
#include "apps/finance/ledger/ledger_entry_table.h"
#include "apps/finance/ledger/settlement_table.h"
#include "apps/finance/tax/tax_transaction_table.h"

#include <map>

namespace cashline::finance {

namespace {

using Key = std::pair<std::string, std::string>; // company and account, item …
using Sums = std::map<Key, Amount>;

class Verifying {
public:
    explicit Verifying(Reader& reader) : m_reader(reader.elevated_reader()) { }

    Result<std::vector<VerifyFinding>> run();

private:
    Result<void> check_entries();
    Result<void> check_accounts();
    Result<void> check_transactions();
    Result<void> check_customers();
    Result<void> check_invoices();
    Result<void> check_on_hand();
    Result<void> add(Amount& sum, Amount amount);
    Result<std::map<Id, Amount>> sums_by(
        TableHandle table, LookupColumn const& by, MoneyColumn const& amount);
    void compare(Row const& row, MoneyColumn const& column, Amount expected);
    void compare(Row const& row, DecimalColumn const& column, Decimal const& expected);

    Reader m_reader;
    std::vector<VerifyFinding> m_findings {};
    Sums m_accounts {};
    Sums m_customers {}; // from entries of role customer
    Sums m_open {}; // open accounting amounts of transactions
    std::map<Id, Amount> m_claims {}; // open amount of each transaction
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

Result<void> Verifying::check_entries()
{
    namespace entry = ledger_entry;
    std::map<std::pair<Id, std::string>, std::pair<Amount, Id>> document;
    std::map<Id, std::pair<Amount, Id>> accounting;
    for (auto const& row : TRY(m_reader.query(Query::from(entry::table)))) {
        auto const voucher = row.get(entry::voucher).value_or(Lookup {}).id;
        auto const amount =
            TRY(row.amount_or_zero(entry::debit).minus(row.amount_or_zero(entry::credit)));
        auto const own = TRY(row.amount_or_zero(entry::accounting_debit)
                .minus(row.amount_or_zero(entry::accounting_credit)));
        auto& one = document[{ voucher, row.text_or(entry::currency_code) }];
        one.second = row.id();
        TRY(add(one.first, amount));
        auto& all = accounting[voucher];
        all.second = row.id();
        TRY(add(all.first, own));
        auto const company = row.text_or(entry::company);
        TRY(add(m_accounts[{ company, row.text_or(entry::account) }], own));
        if (row.text_or(entry::role) == "customer") {
            TRY(add(m_customers[{ company, row.text_or(entry::customer_account) }], own));
        }
    }
    for (auto const& [key, sum] : document) {
        if (!sum.first.is_zero()) {
            m_findings.push_back({ "ledger", entry::table.name, sum.second, entry::debit.name,
                "voucher balances in " + key.second, sum.first.to_string() });
        }
    }
    for (auto const& [voucher, sum] : accounting) {
        if (!sum.first.is_zero()) {
            m_findings.push_back({ "ledger", entry::table.name, sum.second,
                entry::accounting_debit.name, "voucher balances", sum.first.to_string() });
        }
    }
    return {};
}

Result<void> Verifying::check_accounts()
{
    for (auto const& row : TRY(m_reader.query(Query::from(ledger_account::table)))) {
        Key const key { row.text_or(ledger_account::company), row.text_or(ledger_account::number) };
        compare(row, ledger_account::balance, m_accounts[key]);
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
        compare(row, item::open_accounting,
            TRY(row.amount_or_zero(item::accounting_amount).minus(taken_accounting[row.id()])));
        m_claims[row.id()] = open;
        TRY(add(m_open[{ row.text_or(item::company), row.text_or(item::customer_account) }],
            row.amount_or_zero(item::open_accounting)));
    }
    return {};
}

Result<void> Verifying::check_customers()
{
    for (auto const& row : TRY(m_reader.query(Query::from(finance_customer::table)))) {
        Key const key { row.text_or(finance_customer::company),
            row.text_or(finance_customer::account) };
        compare(row, finance_customer::balance, m_customers[key]);
        if (m_customers[key] != m_open[key]) {
            m_findings.push_back({ "ledger", finance_customer::table.name, row.id(),
                finance_customer::balance.name, "open items " + m_open[key].to_string(),
                "ledger " + m_customers[key].to_string() });
        }
    }
    return {};
}

Result<std::map<Id, Amount>> Verifying::sums_by(
    TableHandle table, LookupColumn const& by, MoneyColumn const& amount)
{
    std::map<Id, Amount> sums;
    for (auto const& row : TRY(m_reader.query(Query::from(table).select({ by, amount })))) {
        TRY(add(sums[row.get(by).value_or(Lookup {}).id], row.amount_or_zero(amount)));
    }
    return sums;
}

Result<void> Verifying::check_invoices()
{
    namespace invoice = finance_invoice;
    auto lines = TRY(sums_by(
        finance_invoice_line::table, finance_invoice_line::invoice, finance_invoice_line::amount));
    auto discounts = TRY(sums_by(finance_invoice_line::table, finance_invoice_line::invoice,
        finance_invoice_line::document_discount));
    auto charges = TRY(sums_by(finance_invoice_charge::table, finance_invoice_charge::invoice,
        finance_invoice_charge::amount));
    auto taxes =
        TRY(sums_by(tax_transaction::table, tax_transaction::invoice, tax_transaction::amount));
    for (auto const& row : TRY(m_reader.query(Query::from(invoice::table)))) {
        compare(row, invoice::total_line_amount, lines[row.id()]);
        compare(row, invoice::total_discount, discounts[row.id()]);
        compare(row, invoice::total_charge, charges[row.id()]);
        compare(row, invoice::total_tax, taxes[row.id()]);
        auto total = TRY(lines[row.id()].minus(discounts[row.id()]));
        total = TRY(TRY(total.plus(charges[row.id()])).plus(taxes[row.id()]));
        compare(row, invoice::total, total);
        auto const claim = row.get(invoice::transaction);
        compare(row, invoice::open, claim ? m_claims[claim->id] : Amount {});
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
    TRY(check_entries());
    TRY(check_accounts());
    TRY(check_transactions());
    TRY(check_customers());
    TRY(check_invoices());
    TRY(check_on_hand());
    for (auto& finding : m_findings) {
        finding.text = finding.table + "." + finding.column + " should be " + finding.expected
            + ", but is " + finding.found + ".";
    }
    return std::move(m_findings);
}

}

Result<std::vector<VerifyFinding>> verify_ledger(Reader& reader) { return Verifying(reader).run(); }

}
