#include "apps/parties/currency/money_texts.h"

#include "apps/parties/currency/currency_table.h"
#include "platform/organization/organization_table.h"

namespace cashline::parties {

std::string MoneyTexts::amount(Amount value) const
{
    return m_formatter.money(value.ten_thousandths, m_currency);
}

std::string MoneyTexts::price(Decimal const& value) const
{
    auto const rounded = Amount::from(value, Amount::scale, Rounding::half_away);
    return rounded ? amount(*rounded) : value.to_string();
}

Result<MoneyTexts> money_texts(Reader& reader, Id currency)
{
    auto elevated = reader.elevated_reader();
    auto const own =
        TRY(elevated.retrieve(organization::table, organization_id(), { organization::locale }));
    ValueFormatter formatter(own.text_or(organization::locale, "en-IE"), "UTC");
    auto const row = TRY(elevated.find(currency::table, currency));
    if (!row) {
        return MoneyTexts(std::move(formatter), {}, {});
    }
    CurrencyFormat format { .symbol =
                                row->text_or(currency::symbol, row->text_or(currency::code)) };
    format.precision = static_cast<std::uint8_t>(row->get(currency::precision).value_or(2));
    return MoneyTexts(std::move(formatter), std::move(format), row->text_or(currency::code));
}

}
