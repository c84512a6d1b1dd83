#include "platform/pipeline/bootstrap.h"

#include "platform/files/file_vault.h"
#include "platform/jobs/job_queue.h"
#include "platform/journal/follow.h"
#include "platform/journal/journal.h"
#include "platform/metadata/migrate.h"
#include "platform/numbers/numbers.h"
#include "platform/pipeline/platform.h"
#include "platform/pipeline/seed_rows.h"

#include <algorithm>

namespace cashline {

namespace {

// A row of the platform by names, since its tables may come from any definitions.
class NamedRow {
public:
    NamedRow(Unit& unit, std::string_view table, Id id)
        : m_unit(unit)
        , m_table(unit.schema().find(table))
        , m_row(m_table ? m_table->id : TableId {}, id)
    {
    }

    NamedRow& set(std::string_view column, Value value)
    {
        auto const* found = m_table ? m_table->find(column) : nullptr;
        if (found) {
            m_row.set(found->index, std::move(value));
        }
        return *this;
    }

    // Nothing when it exists, or when the definitions have no such table.
    Result<void> ensure()
    {
        if (!m_table || TRY(row_exists(m_unit, { m_table->id, m_row.id() }))) {
            return {};
        }
        TRY(m_unit.create(m_table->id, m_row));
        return {};
    }

private:
    Unit& m_unit;
    Table const* m_table;
    Row m_row;
};

Result<void> ensure_system_rows(Unit& unit)
{
    Lookup const root { business_unit_table, root_business_unit_id() };
    TRY(NamedRow(unit, "businessunit", root.id).set("name", "Organisation").ensure());
    TRY(NamedRow(unit, "systemuser", system_user_id())
            .set("fullname", "SYSTEM")
            .set("lastname", "SYSTEM")
            .set("domainname", "SYSTEM")
            .set("businessunitid", root)
            .set("accessmode", Value(3))
            .ensure());
    return NamedRow(unit, "organization", organization_id()).set("name", "Organisation").ensure();
}

Result<void> ensure_roles(Unit& unit)
{
    for (auto const& definition : unit.schema().definitions("role")) {
        auto const name = std::string(definition.text("role"));
        TRY(NamedRow(unit, "role", Id::from_name("role/" + name))
                .set("name", name)
                .set("businessunitid", Lookup { business_unit_table, root_business_unit_id() })
                .ensure());
    }
    return {};
}

Result<void> ensure_number_series(Unit& unit)
{
    if (!unit.schema().find("cl_number_series")) {
        return {};
    }
    for (auto const& table : unit.schema().tables()) {
        for (auto const& column : table.columns) {
            if (!column.auto_number.empty()) {
                TRY(numbers::ensure_series(
                    unit, numbers::series_of(table, column), column.auto_number));
            }
        }
    }
    return {};
}

std::string full_name(Change const& change, Table const& users)
{
    std::string name;
    for (auto const* part : { "firstname", "lastname" }) {
        auto const* column = users.find(part);
        if (!column) {
            continue;
        }
        auto const* set = change.values.find(column->index);
        auto const* text = (set ? *set : change.before.value(column->index)).as_text();
        if (text && !text->empty()) {
            name += (name.empty() ? "" : " ") + *text;
        }
    }
    return name;
}

Result<void> keep_full_name(Unit& unit, Change& change)
{
    auto const& users = unit.schema().table(change.table);
    auto const* column = users.find("fullname");
    auto const name = full_name(change, users);
    if (column && !name.empty()) {
        change.values.set(column->index, Value(name));
    }
    return {};
}

// Who may hand out roles could give himself any right.
Result<void> role_must_be_assignable(Unit& unit, Change&)
{
    if (unit.caller().is_system() || unit.caller().rights->may("prvAssignRole")) {
        return {};
    }
    return denied("PrivilegeDenied",
        "User '" + unit.caller().user_name + "' is missing the privilege prvAssignRole.");
}

}

Result<void> prepare_database(Store& store, Metadata& metadata)
{
    return store.write_and_wait(
        [&](StoreTransaction& transaction) -> Result<void> {
            auto& sql = transaction.sql();
            TRY(journal::create_tables(sql));
            TRY(JournalFollowers::create_tables(sql));
            TRY(jobs::create_tables(sql));
            TRY(create_file_tables(sql));
            TRY(migrate_schema(sql, *metadata.schema));
            metadata.numbers = TRY(ColumnNumbers::load(sql, *metadata.schema));
            return {};
        },
        { .alone = true });
}

Result<void> seed(Platform& platform)
{
    return platform.write(system_caller(Door::seed),
        std::function<Result<void>(Unit&)>([](Unit& unit) -> Result<void> {
            TRY(ensure_system_rows(unit));
            TRY(ensure_roles(unit));
            TRY(ensure_number_series(unit));
            return ensure_seed_rows(unit, unit.schema().definitions("seed"));
        }),
        { .alone = true });
}

void register_platform_rules(Registry& registry)
{
    registry.before_save(system_user_table, keep_full_name);
    for (auto const operation : { Operation::create, Operation::remove }) {
        registry.before(operation, TableId { 1023 }, role_must_be_assignable); // systemuserroles
        registry.before(operation, TableId { 40 }, role_must_be_assignable); // teamroles
    }
}

}
