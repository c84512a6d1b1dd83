// Builds a Schema from definitions as people write them (docs/contracts/definitions.md): adds the
// standard columns, the inherited ones of activities, base amounts, intersect tables and
// relationships, and checks what the definitions claim. The build tool and the running server use
// the same builder, so a table made at run time is like a shipped one.
#pragma once

#include "platform/metadata/schema.h"

namespace cashline {

class SchemaBuilder {
public:
    explicit SchemaBuilder(json::Value definitions);
    Result<std::shared_ptr<Schema const>> build();

private:
    Result<void> add_table(json::Value const& definition);
    Result<void> add_columns(Table& table, json::Value const& definition);
    Result<void> inherit(Table& table, std::string_view base_name);
    Result<void> add_column(Table& table, json::Value const& definition);
    Result<void> add_intersect(Table const& first, json::Value const& definition);
    Result<void> add_many_to_many(json::Value const& definition);
    Result<void> index_tables();
    Result<void> finish(Table& table, json::Value const& definition);
    Result<void> resolve_names(Table& table, json::Value const& definition);
    Result<std::vector<ColumnIndex>> columns_named(
        Table const& table, json::Value const& names) const;
    Result<void> resolve_targets(Table& table, Column& column);
    void name_navigations(Table const& table, Column& column, json::Value const& definition) const;
    Result<void> add_one_to_many(Table const& table, Column const& column, std::size_t target);
    Result<void> remember(OneToMany relationship);
    Result<void> add_party_collections();
    json::Value const& written(Table const& table, Column const& column) const;

    std::shared_ptr<Schema> m_schema;
    std::unordered_map<std::string, json::Value>
        m_written {}; // "<table>/<column>" → its definition
    std::vector<json::Value> m_intersects {}; // definitions this builder made
};

}
