// Rows as the Web API writes them, straight from SQL into JSON: annotations before the value they
// decorate, null columns listed, single-valued expands joined, collections read with one query each
// (web-api.md 1.7, 1.8, 2.12).
#pragma once

#include "core/json.h"
#include "platform/query/compiler.h"

namespace cashline {

struct JsonOptions {
    bool formatted_values {}; // OData.Community.Display.V1.FormattedValue
    bool lookup_names {}; // Microsoft.Dynamics.CRM.lookuplogicalname
    bool navigation_names {}; // Microsoft.Dynamics.CRM.associatednavigationproperty
    bool omits_nulls {}; // FetchXML and saved queries
    bool public_names {}; // as Finance & Operations writes rows (public_values.h)
    std::string base_url {}; // "https://host/api/data/v9.2/", for links inside rows
};

struct JsonQuery {
    Query const& query;
    JsonOptions const& options;
};

struct PageInfo {
    std::int64_t row_count {};
    std::string next {}; // cursor of the next page; empty on the last one
    std::optional<std::int64_t> count {}; // when the query asks for it, at most 5,000
    bool count_exceeded {}; // there are more than 5,000
};

// Writes the array of rows, "[…]", as the next value.
Result<PageInfo> write_json_rows(ReadContext&, Caller const&, JsonQuery const&, json::Writer&);

struct JsonRow {
    Id id {};
    std::int64_t version {};
    std::string members {}; // without the braces, so that @odata.context can stand before them
};

struct RowPlan;

// What a query brings of one row, made ready once for every row of the table: clients read many
// rows with the same words. Good for the schema and the rights it was prepared with; points into
// both the schema and the query.
class RowStatement {
public:
    static Result<RowStatement> prepare(ReadContext const&, Caller const&, JsonQuery const&);
    RowStatement(RowStatement&&) noexcept;
    ~RowStatement();

    // Empty when there is no such row that the caller may read.
    Result<std::optional<JsonRow>> find(
        ReadContext&, Caller const&, JsonOptions const&, Id row) const;

private:
    RowStatement() = default;

    std::unique_ptr<CompiledQuery const> m_compiled {};
    std::unique_ptr<RowPlan const> m_plan {};
};

}
