#include "apps/finance/setup/books.h"

#include "apps/finance/setup/finance_company_table.h"
#include "apps/parties/currency/currency_table.h"

namespace cashline::finance {

namespace {

constexpr std::uint8_t rate_scale = 10;

CurrencyFacts facts_of(Row const& row)
{
    auto const rate = row.get(currency::rate).value_or(Decimal::from(1));
    return { .id = row.id(),
        .code = row.text_or(currency::code),
        .precision = static_cast<std::uint8_t>(row.get(currency::precision).value_or(2)),
        .rate = rate.is_zero() ? Decimal::from(1) : rate };
}

Result<Books> books_from(Reader& reader, Row settings)
{
    Books books { .code = settings.text_or(finance_company::company) };
    auto const party = settings.get(finance_company::party);
    books.party = party ? party->id : Id {};
    books.currency =
        TRY(currency_by_code(reader, settings.text_or(finance_company::currency_code)));
    books.settings = std::move(settings);
    return books;
}

std::string with_thousands(std::string digits)
{
    auto const point = std::min(digits.find('.'), digits.size());
    auto const begin = digits.starts_with('-') ? std::size_t { 1 } : std::size_t { 0 };
    for (auto at = point; at > begin + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

}

Result<CurrencyFacts> currency_by_id(Reader& reader, Id id)
{
    auto elevated = reader.elevated_reader();
    return facts_of(TRY(elevated.retrieve(currency::table, id,
        { currency::code, currency::precision, currency::rate, currency::symbol })));
}

Result<CurrencyFacts> currency_by_code(Reader& reader, std::string_view code)
{
    auto elevated = reader.elevated_reader();
    auto const row = TRY(elevated.first(Query::from(currency::table)
            .select({ currency::code, currency::precision, currency::rate, currency::symbol })
            .where(currency::code == code)));
    if (!row) {
        return conflict("currency_unknown",
            "There is no currency '" + std::string(code) + "'. Add it to the currencies.");
    }
    return facts_of(*row);
}

Result<Decimal> exchange_rate(CurrencyFacts const& from, CurrencyFacts const& to)
{
    if (from.id == to.id) {
        return Decimal::from(1);
    }
    return to.rate.divided_by(from.rate, rate_scale, Rounding::half_away);
}

Result<std::optional<Books>> find_books(Reader& reader, Id company)
{
    auto elevated = reader.elevated_reader();
    auto settings = TRY(elevated.first(
        Query::from(finance_company::table).where(finance_company::party == company)));
    if (!settings) {
        return std::optional<Books> {};
    }
    return std::optional(TRY(books_from(elevated, std::move(*settings))));
}

Result<Books> books_of(Reader& reader, std::string_view code)
{
    auto elevated = reader.elevated_reader();
    auto settings = TRY(elevated.first(
        Query::from(finance_company::table).where(finance_company::company == code)));
    if (!settings) {
        return conflict("company_without_books",
            "Company '" + std::string(code) + "' keeps no books yet. Set it up in Finance first.");
    }
    return books_from(elevated, std::move(*settings));
}

Result<std::string> amount_text(Reader& reader, Amount amount, std::string_view currency_code)
{
    auto elevated = reader.elevated_reader();
    auto const row = TRY(elevated.first(Query::from(currency::table)
            .select({ currency::precision, currency::symbol })
            .where(currency::code == currency_code)));
    auto const precision =
        row ? static_cast<std::uint8_t>(row->get(currency::precision).value_or(2)) : 2;
    auto const rounded = amount.round_to(precision, Rounding::half_away);
    auto const digits =
        with_thousands((rounded.is_negative() ? rounded.negated() : rounded).to_string(precision));
    auto const symbol = row ? row->text_or(currency::symbol) : std::string {};
    auto const sign = std::string(rounded.is_negative() ? "-" : "");
    return symbol.empty() ? sign + std::string(currency_code) + " " + digits
                          : sign + symbol + digits;
}

}
