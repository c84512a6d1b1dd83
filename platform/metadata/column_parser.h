// One column of a table definition, and the columns every table gets. Used by SchemaBuilder only.
#pragma once

#include "platform/metadata/schema.h"

namespace cashline {

Result<Column> parse_column(std::string_view table, json::Value const& definition);
// The standard columns of a table of this ownership, as definitions; `table_set` names the
// collections of created-by.
json::Array standard_columns(Ownership ownership, bool has_company, bool has_money);
json::Value id_column(std::string_view name);
Result<Ownership> parse_ownership(std::string_view text);
std::string capitalised(std::string_view text);
std::string camel_case(std::string_view snake_case); // "sales_order" → "SalesOrder"

}
