#include "platform/metadata/display.h"

namespace cashline {

std::string display_text(Column const& column, Value const& value)
{
    if (auto const* text = value.as_text()) {
        return *text;
    }
    if (auto const* flag = value.as_bool()) {
        return *flag ? "Yes" : "No";
    }
    if (auto const* number = value.as_integer()) {
        auto const* option = column.option(*number);
        return option ? option->label : std::to_string(*number);
    }
    if (auto const* amount = value.as_amount()) {
        return amount->to_string(2);
    }
    if (auto const* decimal = value.as_decimal()) {
        return decimal->without_trailing_zeros().to_string();
    }
    if (auto const* date = value.as_date()) {
        return date->to_string();
    }
    if (auto const* moment = value.as_timestamp()) {
        return moment->to_string();
    }
    return {};
}

}
