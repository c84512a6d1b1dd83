#include "apps/commerce/shop/texts.h"

#include "apps/parties/currency/currency_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "core/zones.h"
#include "platform/organization/organization_table.h"

#include <array>

namespace cashline::commerce {

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

std::string quantity_text(Decimal const& quantity)
{
    return quantity.without_trailing_zeros().to_string();
}

std::string date_text(Date date)
{
    static constexpr std::array months { "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December" };
    return std::to_string(date.day()) + " " + months[date.month() - 1] + " "
        + std::to_string(date.year());
}

std::string moment_text(Timestamp moment, std::string_view zone)
{
    auto const day = zones::local_date(moment, zone);
    auto const local = zones::local_text(moment, zone);
    auto const space = local ? local->find(' ') : std::string::npos;
    if (!day || !local || space == std::string::npos) {
        return date_text(moment.date_utc());
    }
    return date_text(*day) + ", " + local->substr(space + 1, 5);
}

std::string processing_status_text(std::int64_t status)
{
    switch (static_cast<SalesOrderProcessingStatus>(status)) {
    case SalesOrderProcessingStatus::active:
        return "Received";
    case SalesOrderProcessingStatus::confirmed:
        return "Confirmed";
    case SalesOrderProcessingStatus::partially_picked:
        return "Partly picked";
    case SalesOrderProcessingStatus::picked:
        return "Picked";
    case SalesOrderProcessingStatus::partially_delivered:
        return "Partly packed";
    case SalesOrderProcessingStatus::delivered:
        return "Packed";
    case SalesOrderProcessingStatus::partially_invoiced:
    case SalesOrderProcessingStatus::delivered_partially_invoiced:
        return "Partly invoiced";
    case SalesOrderProcessingStatus::invoiced:
        return "Invoiced";
    case SalesOrderProcessingStatus::cancelled:
        return "Canceled";
    }
    return "Received";
}

std::string order_status_text(Row const& order)
{
    if (order.get(sales_order::state) == SalesOrderState::canceled) {
        return "Canceled";
    }
    auto const status = order.get(sales_order::processing_status);
    return processing_status_text(
        static_cast<std::int64_t>(status.value_or(SalesOrderProcessingStatus::active)));
}

}
