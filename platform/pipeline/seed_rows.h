// Rows as definitions write them (kinds seed and demo): columns by logical name, references by
// name.
//   { table: uom, rows: [ { id: name:each, name: Each, uomscheduleid: name:default } ] }
// `name:X` is the stable id Id::from_name("<table>/X"), in a lookup that of its target; a lookup
// with several targets writes "<table>/name:X" or "<table>/<guid>".
#pragma once

#include "platform/pipeline/unit.h"

namespace cashline {

Result<bool> row_exists(Unit& unit, Lookup row);
Id seed_id(std::string_view table, std::string_view written);
Result<Row> row_from_definition(
    Schema const& schema, Table const& table, json::Value const& written);

// Creates the rows that are not there yet, each after the rows it refers to.
Result<void> ensure_seed_rows(Unit& unit, json::Array const& seeds);

}
