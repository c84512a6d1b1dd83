// Writes one row as JSON members.
#pragma once

#include "platform/query/json/page_facts.h"

namespace cashline {

class RowWriter {
public:
    RowWriter(Schema const& schema, Caller const& caller, JsonOptions const& options)
        : m_schema(schema)
        , m_options(options)
        , m_formatter(caller.locale, caller.time_zone)
    {
    }
    // Names, currencies and children; without them lookups have no names.
    void use(PageFacts const* facts) { m_facts = facts; }

    // "@odata.etag":"W/\"5\"","name":"…" without braces.
    void members(RowPlan const&, SqlRow const&, std::string& out) const;
    void object(RowPlan const&, SqlRow const&, std::string& out) const;

private:
    void column(ColumnPlan const&, SqlRow const&, std::string& out) const;
    void lookup_annotations(ColumnPlan const&, SqlRow const&, std::string& out) const;
    void formatted_value(ColumnPlan const&, SqlRow const&, std::string& out) const;
    void single(SinglePlan const&, SqlRow const&, std::string& out) const;
    void collection(RowPlan const&, CollectionPlan const&, Id parent, std::string& out) const;

    Schema const& m_schema;
    JsonOptions const& m_options;
    ValueFormatter m_formatter;
    PageFacts const* m_facts {};
};

// A stored value as JSON: numbers plain, decimals with their digits, dates in ISO form.
void append_json_value(Column const&, SqlRow const&, int at, std::string& out);
void append_public_value(Column const&, SqlRow const&, int at, std::string& out);

}
