#include "platform/verify/text_of.h"

namespace cashline {

namespace {

constexpr std::size_t text_bytes_max = 120;

std::string shortened(std::string const& text)
{
    return text.size() <= text_bytes_max ? text : text.substr(0, text_bytes_max) + "…";
}

}

std::string exact_text(Value const& value)
{
    if (auto const* text = value.as_text()) {
        return shortened(*text);
    }
    if (auto const* flag = value.as_bool()) {
        return *flag ? "true" : "false";
    }
    if (auto const* number = value.as_integer()) {
        return std::to_string(*number);
    }
    if (auto const* amount = value.as_amount()) {
        return amount->to_string();
    }
    if (auto const* decimal = value.as_decimal()) {
        return decimal->to_string();
    }
    if (auto const* id = value.as_id()) {
        return id->to_string();
    }
    if (auto const* lookup = value.as_lookup()) {
        return lookup->id.to_string();
    }
    if (auto const* moment = value.as_timestamp()) {
        return moment->to_string_microseconds();
    }
    if (auto const* date = value.as_date()) {
        return date->to_string();
    }
    return "(nothing)";
}

}
