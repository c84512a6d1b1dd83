#include "apps/finance/setup/company_setup.h"

#include "apps/finance/bank/bank_account_table.h"
#include "apps/finance/customer/customer_group_table.h"
#include "apps/finance/customer/payment_term_table.h"
#include "apps/finance/setup/finance_company_table.h"
#include "apps/finance/setup/warehouse_table.h"
#include "apps/parties/company/company_table.h"
#include "apps/parties/currency/currency_table.h"
#include "platform/numbers/number_series_table.h"

#include <array>

namespace cashline::finance {

namespace {

struct Term {
    char const* code;
    char const* description;
    std::int64_t days;
    std::optional<std::int64_t> discount_days {};
    std::optional<Decimal> discount_percent {};
};

constexpr std::array<Term, 5> terms { {
    { "NET0", "Due at once", 0 },
    { "NET30", "30 days net", 30 },
    { "2T10N30", "2 % within 10 days, 30 days net", 30, 10, Decimal { 2, 0 } },
    { "NET45", "45 days net", 45 },
    { "NET60", "60 days net", 60 },
} };

struct Group {
    char const* code;
    char const* description;
    char const* tax_group;
};

constexpr std::array<Group, 3> groups { {
    { "TRADE", "Trade customers", "DOM" },
    { "EU", "Trade customers in the EU", "EU" },
    { "EXPORT", "Trade customers abroad", "EXPORT" },
} };

struct Series {
    char const* name;
    char const* prefix;
    bool is_gapless;
};

constexpr std::array<Series, 5> series { {
    { "finance.confirmation", "CNF", false },
    { "finance.picking_list", "PIC", false },
    { "finance.packing_slip", "PAC", false },
    { "finance.invoice", "INV", true },
    { "finance.voucher", "VOU", true },
} };

std::string upper(std::string text)
{
    for (auto& letter : text) {
        letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return text;
}

Result<void> create_series(NewBooks const& books)
{
    for (auto const& one : series) {
        Row row(number_series::table);
        row.set(number_series::name, one.name)
            .set(number_series::company, books.code)
            .set(number_series::pattern,
                std::string(one.prefix) + "-" + upper(books.code) + "-{SEQ:6}")
            .set(number_series::next_number, 1)
            .set(number_series::gapless, one.is_gapless);
        TRY(books.unit.create(std::move(row)));
    }
    return {};
}

Result<void> create_settings(NewBooks const& books, Id party)
{
    Row place(warehouse::table);
    place.set(warehouse::company, books.code)
        .set(warehouse::code, "MAIN")
        .set(warehouse::site, "MAIN")
        .set(warehouse::name, "Main warehouse");
    TRY(books.unit.create(std::move(place)));
    Row row(finance_company::table);
    row.set(finance_company::company, books.code)
        .set(finance_company::party, party)
        .set(finance_company::description, "Finance of " + books.code)
        .set(finance_company::currency_code, books.currency_code)
        .set(finance_company::customer_group, groups[0].code)
        .set(finance_company::tax_group, groups[0].tax_group)
        .set(finance_company::tax_item_group, "FULL")
        .set(finance_company::warehouse, "MAIN");
    TRY(books.unit.create(std::move(row)));
    return {};
}

Result<void> ensure_bank_account(NewBooks const& books, Row const& company_row)
{
    auto const iban = company_row.text_or(company::iban);
    if (iban.empty()
        || TRY(books.unit.exists(Query::from(bank_account::table)
                .where(bank_account::company == books.code && bank_account::iban == iban)))) {
        return {};
    }
    auto const others = TRY(books.unit.count(
        Query::from(bank_account::table).where(bank_account::company == books.code)));
    Row row(bank_account::table);
    row.set(bank_account::company, books.code)
        .set(bank_account::code, "BANK" + std::to_string(others + 1))
        .set(bank_account::name, "Account " + iban)
        .set(bank_account::iban, iban)
        .set(bank_account::bic, company_row.text_or(company::bic))
        .set(bank_account::currency_code, books.currency_code)
        .set(bank_account::ledger_account, chart::bank);
    TRY(books.unit.create(std::move(row)));
    return {};
}

}

Result<void> create_groups(NewBooks const& books)
{
    for (auto const& term : terms) {
        Row row(payment_term::table);
        row.set(payment_term::company, books.code)
            .set(payment_term::code, term.code)
            .set(payment_term::description, term.description)
            .set(payment_term::days, term.days)
            .set(payment_term::discount_days, term.discount_days)
            .set(payment_term::discount_percent, term.discount_percent);
        TRY(books.unit.create(std::move(row)));
    }
    for (auto const& group : groups) {
        Row row(customer_group::table);
        row.set(customer_group::company, books.code)
            .set(customer_group::code, group.code)
            .set(customer_group::description, group.description)
            .set(customer_group::payment_terms, "NET30")
            .set(customer_group::tax_group, group.tax_group);
        TRY(books.unit.create(std::move(row)));
    }
    return {};
}

Result<void> ensure_books(Unit& unit, Id party)
{
    auto elevated = unit.elevated();
    auto const company_row = TRY(elevated.retrieve(company::table, party));
    auto const accounting = company_row.get(company::accounting_currency);
    if (!accounting) {
        return {};
    }
    auto const currency_row =
        TRY(elevated.retrieve(currency::table, accounting->id, { currency::code }));
    NewBooks const books { .unit = elevated,
        .code = company_row.text_or(company::code),
        .country = upper(company_row.text_or(company::country)),
        .currency_code = currency_row.text_or(currency::code) };
    auto const has_books = TRY(elevated.exists(
        Query::from(finance_company::table).where(finance_company::party == party)));
    if (!has_books) {
        TRY(create_chart(books));
        TRY(create_taxes(books));
        TRY(create_groups(books));
        TRY(create_series(books));
        TRY(create_settings(books, party));
    }
    return ensure_bank_account(books, company_row);
}

void register_company_setup(Registry& registry)
{
    Rule const set_up = [](Unit& unit, Change& change) { return ensure_books(unit, change.id); };
    registry.after(Operation::create, company::table, set_up);
    registry.after(Operation::update, company::table, set_up, { company::iban });
}

}
