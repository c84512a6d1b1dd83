// What is known about each operator: its name in FetchXML and as a query function of OData, how
// many values it takes, and whether it keeps rows whose column is null.
#pragma once

#include "platform/query/query.h"

#include <span>

namespace cashline {

enum class Operands : std::uint8_t { none, one, two, many };

struct OperatorInfo {
    Operator op {};
    std::string_view name {}; // FetchXML, e.g. "last-x-days"; empty when FetchXML says it otherwise
    std::string_view
        function {}; // Microsoft.Dynamics.CRM.<function>; empty when OData has its own form
    Operands operands {};
    bool keeps_null {}; // negative operators (web-api.md 2.9)
};

OperatorInfo const& operator_info(Operator);
std::string_view operator_name(Operator); // for people and logs; FetchXML's where there is one
std::optional<Operator> find_operator(std::string_view fetch_xml_name);
std::optional<Operator> find_query_function(std::string_view function);

}
