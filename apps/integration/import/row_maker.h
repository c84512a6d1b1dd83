// Makes rows out of source records as a step of a recipe says.
#pragma once

#include "apps/integration/import/source.h"
#include "platform/pipeline/unit.h"

namespace cashline::integration {

class RowMaker {
public:
    RowMaker(Schema const& schema, Table const& table, json::Value const& step)
        : m_schema(schema)
        , m_table(table)
        , m_step(step)
    {
    }

    Result<Row> make(Reader&, Source&, SourceRecord const&);

private:
    struct Reading {
        Reader& reader;
        Source& source;
        SourceRecord const& record;
    };
    Result<Value> value_of(Reading const&, Column const&, json::Value const& definition);
    Result<Value> found_row(
        Reader&, Column const&, json::Value const& definition, std::string const& text);
    Result<Value> number_of(
        Source&, SourceRecord const&, Column const&, json::Value const& definition);

    Schema const& m_schema;
    Table const& m_table;
    json::Value const& m_step;
    std::unordered_map<std::string, Id> m_found {};
};

}
