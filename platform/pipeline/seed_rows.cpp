#include "platform/pipeline/seed_rows.h"

#include "platform/metadata/json_values.h"
#include "platform/pipeline/row_access.h"

#include <map>

namespace cashline {

namespace {

constexpr std::string_view name_prefix = "name:";

Refusal bad_seed(Table const& table, std::string_view column, std::string_view why)
{
    return invalid("bad_definition",
        "Seed row of '" + table.name + "', " + std::string(column) + ": " + std::string(why),
        column);
}

Result<Lookup> seed_reference(
    Schema const& schema, Table const& table, Column const& column, std::string_view written)
{
    auto const slash = written.find('/');
    auto const* target = slash == std::string_view::npos ? schema.find(column.targets[0])
                                                         : schema.find(written.substr(0, slash));
    auto const key = slash == std::string_view::npos ? written : written.substr(slash + 1);
    if (!target) {
        return bad_seed(table, column.name, "write <table>/name:<name>");
    }
    auto const id = seed_id(target->name, key);
    if (id.is_nil()) {
        return bad_seed(table, column.name, "is neither name:<name> nor a GUID");
    }
    return Lookup { target->id, id };
}

struct PendingRow {
    Row row {};
    bool is_visited {};
};

// Depth first along the references between the rows of this installation.
class SeedOrder {
public:
    explicit SeedOrder(Unit& unit) : m_unit(unit) { }

    Result<void> add(json::Value const& seed)
    {
        auto const* table = m_unit.schema().find(seed.text("table"));
        if (!table) {
            return invalid("bad_definition",
                "Seed rows for unknown table '" + std::string(seed.text("table")) + "'.");
        }
        for (auto const& written : seed.array("rows")) {
            auto row = TRY(row_from_definition(m_unit.schema(), *table, written));
            if (row.id().is_nil()) {
                return bad_seed(*table, "id", "is missing");
            }
            m_order.push_back({ table->id, row.id() });
            m_rows[m_order.back()] = { std::move(row) };
        }
        return {};
    }

    Result<void> create_all()
    {
        for (auto const& row : m_order) {
            TRY(create(row));
        }
        return {};
    }

private:
    Result<void> create(Lookup which)
    {
        auto const found = m_rows.find(which);
        if (found == m_rows.end() || found->second.is_visited) {
            return {};
        }
        found->second.is_visited = true;
        if (TRY(row_exists(m_unit, which))) {
            return {};
        }
        for (auto const& cell : found->second.row.cells()) {
            if (auto const* target = cell.value.as_lookup()) {
                TRY(create(*target));
            }
        }
        TRY(m_unit.create(which.table, found->second.row));
        return {};
    }

    Unit& m_unit;
    std::vector<Lookup> m_order {};
    std::map<Lookup, PendingRow> m_rows {};
};

}

Result<bool> row_exists(Unit& unit, Lookup row)
{
    return TRY(find_stamp(unit.context(), row)).has_value();
}

Id seed_id(std::string_view table, std::string_view written)
{
    if (written.starts_with(name_prefix)) {
        written.remove_prefix(name_prefix.size());
        return Id::from_name(std::string(table) + "/" + std::string(written));
    }
    return Id::parse(written).value_or(Id {});
}

Result<Row> row_from_definition(
    Schema const& schema, Table const& table, json::Value const& written)
{
    Row row(table.id);
    for (auto const& [name, value] : written.as_object() ? *written.as_object() : json::Object {}) {
        if (name == "id") {
            row.set_id(
                seed_id(table.name, value.as_string() ? *value.as_string() : std::string {}));
            continue;
        }
        auto const* column = table.find(name);
        if (!column) {
            return bad_seed(table, name, "there is no such column");
        }
        if (column->is_lookup() && !value.is_null()) {
            auto const text = value.as_string() ? *value.as_string() : std::string {};
            row.set(column->index, Value(TRY(seed_reference(schema, table, *column, text))));
        } else {
            row.set(column->index, TRY(value_from_json(*column, value)));
        }
    }
    return row;
}

Result<void> ensure_seed_rows(Unit& unit, json::Array const& seeds)
{
    SeedOrder order(unit);
    for (auto const& seed : seeds) {
        TRY(order.add(seed));
    }
    return order.create_all();
}

}
