#include "apps/parties/company/company_table.h"
#include "apps/parties/currency/currency_table.h"
#include "platform/organization/organization_table.h"
#include "server/demo/demo_parts.h"

namespace cashline::demo {

namespace {

struct Coin {
    char const* code;
    char const* name;
    char const* symbol;
    Decimal rate; // units per one euro
};

Result<void> make_currency(Unit& unit, Coin const& coin)
{
    Row row(currency::table, named("transactioncurrency", coin.code));
    row.set(currency::code, coin.code)
        .set(currency::name, coin.name)
        .set(currency::symbol, coin.symbol)
        .set(currency::precision, 2)
        .set(currency::rate, coin.rate);
    TRY(unit.create(std::move(row)));
    return {};
}

Result<void> make_companies(Unit& unit)
{
    Row ireland(company::table, named("cdm_company", "awie"));
    ireland.set(company::name, "Adventure Works (Ireland) Ltd")
        .set(company::code, "awie")
        .set(company::accounting_currency, named("transactioncurrency", "EUR"))
        .set(company::country, "IE")
        .set(company::street, "12 Grand Canal Quay")
        .set(company::city, "Dublin")
        .set(company::postal_code, "D02 XY45")
        .set(company::vat_number, "IE6388047V")
        .set(company::registration, "412345")
        .set(company::email, "invoices@adventure-works.example")
        .set(company::phone, "+353 1 555 0100")
        .set(company::iban, "IE29AIBK93115212345678")
        .set(company::bic, "AIBKIE2D");
    TRY(unit.create(std::move(ireland)));
    Row america(company::table, named("cdm_company", "awus"));
    america.set(company::name, "Adventure Works (USA) Inc.")
        .set(company::code, "awus")
        .set(company::accounting_currency, named("transactioncurrency", "USD"))
        .set(company::country, "US")
        .set(company::street, "1 Harbor Way")
        .set(company::city, "Seattle")
        .set(company::postal_code, "98101")
        .set(company::email, "billing@adventure-works.example");
    TRY(unit.create(std::move(america)));
    return {};
}

}

Result<void> make_money(Unit& unit)
{
    TRY(make_currency(
        unit, { "EUR", "Euro", "€", Decimal::from(1).rounded(10, Rounding::half_away) }));
    TRY(make_currency(
        unit, { "USD", "US Dollar", "$", Decimal { 10'850, 4 }.rounded(10, Rounding::half_away) }));
    TRY(unit.update(organization::table, organization_id(),
        Row {}
            .set(organization::name, "Adventure Works")
            .set(organization::base_currency, named("transactioncurrency", "EUR"))
            .set(organization::mail_from, "sales@adventure-works.example")));
    return make_companies(unit);
}

}
