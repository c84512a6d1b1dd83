#include "apps/commerce/shop/texts.h"

#include "apps/sales/sales_order/sales_order_table.h"
#include "core/zones.h"

#include <array>

namespace cashline::commerce {

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
