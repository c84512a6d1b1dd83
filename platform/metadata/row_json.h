// Rows and references in JSON as clients of the Web API write them: columns by logical name,
// references as
// "<navigation>@odata.bind": "/accounts(…)", as {"@odata.id": "accounts(…)"}, or as {"@odata.type":
// …, "accountid": …}. Works on the metadata alone; whether rows exist is decided where they are
// written.
#pragma once

#include "core/json.h"
#include "platform/metadata/row.h"
#include "platform/metadata/schema.h"

#include <functional>

namespace cashline {

// "https://…/accounts(<guid>)", "/accounts(<guid>)", "accounts(accountid=<guid>)": the last segment
// counts. Alternate keys need the database and are not read here.
Result<Lookup> reference_from_path(Schema const& schema, std::string_view path);
// {"@odata.id": "…"} or {"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": "…"}.
Result<Lookup> reference_from_json(Schema const& schema, json::Value const& value);

// What @odata.type names, with or without "#" and the namespace; null pointer when it names no
// table.
Table const* table_of_type(Schema const& schema, std::string_view odata_type);

// Turns a path into a row: the plain one above, or one that also knows alternate keys and $1.
using ReferenceReader = std::function<Result<Lookup>(std::string_view path)>;

// What reading a body needs to know.
struct BodyReading {
    Schema const& schema;
    Table const& table;
    ReferenceReader references {};
};

// One member of a body into the row. Control information (@odata.etag, x@OData…) is passed over.
// An unknown name is refused: "Could not find a property named 'X' on type
// 'Microsoft.Dynamics.CRM.t'." (code "UnknownProperty").
Result<void> read_member(BodyReading const& reading, json::Member const& member, Row& row);
// A whole row; the table is the one its @odata.type names, which is required unless `table` is
// given.
Result<Row> row_from_json(
    Schema const& schema, json::Value const& body, Table const* table = nullptr);

Refusal unknown_property(std::string_view name, Table const& table);

}
