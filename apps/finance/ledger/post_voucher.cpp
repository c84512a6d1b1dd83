#include "apps/finance/ledger/post_voucher.h"

#include "apps/finance/customer/customers.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/ledger/ledger_account_table.h"
#include "apps/finance/ledger/ledger_entry_table.h"
#include "apps/finance/ledger/posting_rule_table.h"
#include "apps/finance/setup/periods.h"
#include "core/check.h"

#include <map>

namespace cashline::finance {

namespace {

static_assert(static_cast<int>(PostingRuleItemScope::all) == static_cast<int>(Scope::all));
static_assert(static_cast<int>(PostingRuleAccountScope::all) == static_cast<int>(Scope::all));

Result<Amount> accounting_of(VoucherLine const& line)
{
    return line.accounting_debit.minus(line.accounting_credit);
}

class Posting {
public:
    Posting(Unit& unit, Books const& books, Voucher const& voucher)
        : m_unit(unit.elevated())
        , m_books(books)
        , m_voucher(voucher)
    {
    }

    Result<PostedVoucher> run(VoucherHead const& head);

private:
    Result<void> write_entries(Id voucher);
    Result<std::string> currency_code(Id currency);
    Result<void> move_accounts();
    Result<void> move_customers();

    Unit m_unit;
    Books const& m_books;
    Voucher const& m_voucher;
    std::map<Id, std::string> m_currencies {};
};

Result<std::string> Posting::currency_code(Id currency)
{
    auto const known = m_currencies.find(currency);
    if (known != m_currencies.end()) {
        return known->second;
    }
    return m_currencies[currency] = TRY(currency_by_id(m_unit, currency)).code;
}

Result<void> Posting::write_entries(Id voucher)
{
    namespace entry = ledger_entry;
    std::int64_t number = 0;
    for (auto const& line : m_voucher.lines) {
        Row row(entry::table);
        row.set(entry::company, m_books.code)
            .set(entry::voucher, voucher)
            .set(entry::line_number, ++number)
            .set(entry::role, std::string(name_of(line.role)))
            .set(entry::account, line.account)
            .set(entry::currency_code, TRY(currency_code(line.currency)))
            .set(entry::debit, line.debit)
            .set(entry::credit, line.credit)
            .set(entry::accounting_debit, line.accounting_debit)
            .set(entry::accounting_credit, line.accounting_credit)
            .set(entry::customer_account, line.customer)
            .set(entry::tax_code, line.tax_code)
            .set(entry::text, line.text);
        if (!line.tax_code.empty()) {
            row.set(entry::tax_base, line.tax_base);
        }
        TRY(m_unit.create(std::move(row)));
    }
    return {};
}

// In the order of account numbers, so that two postings never wait for each other crosswise.
Result<void> Posting::move_accounts()
{
    std::map<std::string, Amount> movements;
    for (auto const& line : m_voucher.lines) {
        auto& movement = movements[line.account];
        movement = TRY(movement.plus(TRY(accounting_of(line))));
    }
    for (auto const& [number, movement] : movements) {
        auto const found = TRY(m_unit.first(Query::from(ledger_account::table)
                .select({ ledger_account::number })
                .where(
                    ledger_account::company == m_books.code && ledger_account::number == number)));
        if (!found) {
            return conflict("ledger_account_unknown",
                "There is no ledger account " + number + ". Add it, or change the posting rule.");
        }
        auto const account = TRY(m_unit.retrieve_for_update(ledger_account::table, found->id()));
        TRY(m_unit.update(ledger_account::table, account.id(),
            Row(ledger_account::table)
                .set(ledger_account::balance,
                    TRY(account.amount_or_zero(ledger_account::balance).plus(movement)))));
    }
    return {};
}

Result<void> Posting::move_customers()
{
    std::map<std::string, Amount> movements;
    for (auto const& line : m_voucher.lines) {
        if (line.role == PostingRole::customer) {
            auto& movement = movements[line.customer];
            movement = TRY(movement.plus(TRY(accounting_of(line))));
        }
    }
    for (auto const& [account, movement] : movements) {
        auto const found = TRY(customer_row(m_unit, m_books.code, account));
        auto const customer = TRY(m_unit.retrieve_for_update(finance_customer::table, found.id()));
        TRY(m_unit.update(finance_customer::table, customer.id(),
            Row(finance_customer::table)
                .set(finance_customer::balance,
                    TRY(customer.amount_or_zero(finance_customer::balance).plus(movement)))));
    }
    return {};
}

Result<PostedVoucher> Posting::run(VoucherHead const& head)
{
    // What a person can get wrong is refused here; afterwards only a bug could unbalance it.
    TRY(check_voucher(m_voucher));
    TRY(period_must_be_open(m_unit, m_books.code, m_voucher.date));
    auto const number = TRY(m_unit.next_number("finance.voucher", m_books.code));
    Row row(ledger_voucher::table);
    row.set(ledger_voucher::company, m_books.code)
        .set(ledger_voucher::number, number)
        .set(ledger_voucher::date, m_voucher.date)
        .set(ledger_voucher::posting_type, head.type)
        .set(ledger_voucher::text, m_voucher.text)
        .set(ledger_voucher::document, head.document);
    if (head.reverses) {
        row.set(ledger_voucher::reverses, *head.reverses);
    }
    auto const id = TRY(m_unit.create(std::move(row)));
    TRY(write_entries(id));
    TRY(move_accounts());
    TRY(move_customers());
    // Read back what stands in the ledger now.
    VERIFY(check_voucher(TRY(load_voucher(m_unit, id))).has_value());
    return PostedVoucher { id, number };
}

}

Result<PostedVoucher> post_voucher(
    Unit& unit, Books const& books, VoucherHead const& head, Voucher const& voucher)
{
    return Posting(unit, books, voucher).run(head);
}

Result<Voucher> load_voucher(Reader& reader, Id id)
{
    namespace entry = ledger_entry;
    auto elevated = reader.elevated_reader();
    auto const head = TRY(elevated.retrieve(ledger_voucher::table, id));
    Voucher voucher { .date = head.get(ledger_voucher::date).value_or(Date {}),
        .text = head.text_or(ledger_voucher::text) };
    auto const rows = TRY(elevated.query(
        Query::from(entry::table).where(entry::voucher == id).order_by(entry::line_number)));
    std::map<std::string, Id> currencies;
    for (auto const& row : rows) {
        auto const code = row.text_or(entry::currency_code);
        if (!currencies.contains(code)) {
            currencies[code] = TRY(currency_by_code(elevated, code)).id;
        }
        auto const role = posting_role(row.text_or(entry::role));
        CHECK(role.has_value());
        voucher.lines.push_back({ .role = *role,
            .account = row.text_or(entry::account),
            .currency = currencies[code],
            .debit = row.amount_or_zero(entry::debit),
            .credit = row.amount_or_zero(entry::credit),
            .accounting_debit = row.amount_or_zero(entry::accounting_debit),
            .accounting_credit = row.amount_or_zero(entry::accounting_credit),
            .customer = row.text_or(entry::customer_account),
            .tax_code = row.text_or(entry::tax_code),
            .tax_base = row.amount_or_zero(entry::tax_base),
            .text = row.text_or(entry::text) });
    }
    return voucher;
}

Result<PostingAccounts> PostingAccounts::load(Reader& reader, std::string_view company)
{
    auto elevated = reader.elevated_reader();
    PostingAccounts accounts;
    auto const rows = TRY(
        elevated.query(Query::from(posting_rule::table).where(posting_rule::company == company)));
    for (auto const& row : rows) {
        auto const role = posting_role(row.text_or(posting_rule::role));
        if (!role) {
            continue;
        }
        accounts.m_rules.push_back({ .role = *role,
            .item_scope = static_cast<Scope>(
                row.get(posting_rule::item_scope).value_or(PostingRuleItemScope::all)),
            .item = row.text_or(posting_rule::item),
            .account_scope = static_cast<Scope>(
                row.get(posting_rule::account_scope).value_or(PostingRuleAccountScope::all)),
            .account = row.text_or(posting_rule::account),
            .ledger_account = row.text_or(posting_rule::ledger_account) });
    }
    return accounts;
}

}
