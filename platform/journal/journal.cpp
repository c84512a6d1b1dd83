#include "platform/journal/journal.h"

#include "core/check.h"
#include "platform/journal/journal_codec.h"
#include "platform/pipeline/unit_state.h"

#include <algorithm>

namespace cashline::journal {

namespace {

// An entry's key is its change set's ticket and its place in it, so that one index serves order and
// range.
constexpr std::int64_t entries_per_ticket = 1'000'000;
// Any number will do, as long as every process takes the same lock.
constexpr std::int64_t sequencer_lock = 7'301'001;

constexpr std::string_view sqlite_tables = R"(
create table if not exists cl_counter (
    name text not null primary key, value integer not null) strict;
insert or ignore into cl_counter (name, value) values ('version', 0);
create table if not exists cl_change_set (
    ticket integer primary key,
    position integer,
    id blob not null,
    at integer not null,
    user_id blob not null,
    real_user blob not null,
    door integer not null,
    undo_set blob,
    reason text not null) strict;
create table if not exists cl_journal (
    entry integer primary key,
    table_number integer not null,
    row_id blob not null,
    operation integer not null,
    owner blob,
    owner_table integer,
    unit blob,
    company text,
    version integer not null,
    data text) strict;
create index if not exists cl_journal__row on cl_journal (row_id);
create index if not exists cl_change_set__undo_set
    on cl_change_set (undo_set) where undo_set is not null;
)";

constexpr std::string_view postgresql_tables = R"(
create sequence if not exists cl_version increment by 16 minvalue 16 start with 16;
create table if not exists cl_change_set (
    ticket bigserial primary key,
    position bigint unique,
    id uuid not null,
    at bigint not null,
    user_id uuid not null,
    real_user uuid not null,
    door integer not null,
    undo_set uuid,
    reason text not null);
create index if not exists cl_change_set__waiting on cl_change_set (ticket) where position is null;
create table if not exists cl_journal (
    entry bigint primary key,
    table_number integer not null,
    row_id uuid not null,
    operation integer not null,
    owner uuid,
    owner_table integer,
    unit uuid,
    company text,
    version bigint not null,
    data text);
create index if not exists cl_journal__row on cl_journal (row_id);
create index if not exists cl_change_set__undo_set
    on cl_change_set (undo_set) where undo_set is not null;
)";

// On SQLite nobody writes beside us and tickets are dense: a ticket is a position.
std::string position_column(SqlConnection const& sql)
{
    return sql.dialect() == Dialect::sqlite ? "ticket" : "position";
}

Result<std::int64_t> insert_header(UnitState& unit, Caller const& caller)
{
    auto const id = unit.context.environment.new_id();
    auto const reason = unit.reason;
    std::vector<SqlValue> const values { id, unit.context.now.microseconds, caller.user,
        caller.real_user.is_nil() ? caller.user : caller.real_user,
        static_cast<std::int64_t>(caller.door),
        unit.undo_set ? SqlValue { *unit.undo_set } : SqlValue {}, std::string_view(reason) };
    auto const ticket = TRY(unit.sql().find_integer(
        "insert into cl_change_set (id, at, user_id, real_user, door, undo_set, reason) "
        "values (?1, ?2, ?3, ?4, ?5, ?6, ?7) returning ticket",
        values));
    CHECK(ticket.has_value());
    return *ticket;
}

std::vector<ColumnChange> numbered(UnitState const& unit, RecordedChange const& change)
{
    std::vector<ColumnChange> list;
    for (auto const& [column, values] : change.values) {
        list.push_back({ .column_number = unit.metadata.numbers.number_of(change.table, column),
            .before = values.first,
            .after = values.second });
    }
    return list;
}

Result<void> insert_entry(UnitState& unit, std::int64_t entry, RecordedChange const& change)
{
    auto const data =
        change.values.empty() ? std::string {} : encode_changes(numbered(unit, change));
    auto const& stamp = change.stamp;
    auto const has_owner = !stamp.owner.id.is_nil();
    std::vector<SqlValue> const values { entry, static_cast<std::int64_t>(change.table), change.row,
        static_cast<std::int64_t>(change.operation),
        has_owner ? SqlValue { stamp.owner.id } : SqlValue {},
        has_owner ? SqlValue { static_cast<std::int64_t>(stamp.owner.table) } : SqlValue {},
        stamp.unit.is_nil() ? SqlValue {} : SqlValue { stamp.unit },
        stamp.company.empty() ? SqlValue {} : SqlValue { std::string_view(stamp.company) },
        stamp.version, data.empty() ? SqlValue {} : SqlValue { std::string_view(data) } };
    TRY(unit.sql().run(
        "insert into cl_journal (entry, table_number, row_id, operation, owner, owner_table, unit, "
        "company, version, data) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        values));
    return {};
}

ChangeSet read_header(SqlRow const& row)
{
    return { .position = row.is_null(0) ? 0 : row.integer(0),
        .id = row.id(1),
        .at = { row.integer(2) },
        .user = row.id(3),
        .real_user = row.id(4),
        .door = static_cast<Door>(row.integer(5)),
        .undo_set = row.is_null(6) ? std::nullopt : std::optional(row.id(6)),
        .reason = std::string(row.text(7)) };
}

// Columns from `at`: table, row, operation, owner, owner table, unit, company, version, data.
Result<JournalEntry> read_entry(SqlRow const& row, int at)
{
    JournalEntry entry { .table = static_cast<TableId>(row.integer(at)),
        .row = row.id(at + 1),
        .operation = static_cast<Operation>(row.integer(at + 2)),
        .version = row.integer(at + 7) };
    if (!row.is_null(at + 3)) {
        entry.owner = { static_cast<TableId>(row.integer(at + 4)), row.id(at + 3) };
    }
    if (!row.is_null(at + 5)) {
        entry.unit = row.id(at + 5);
    }
    if (!row.is_null(at + 6)) {
        entry.company = row.text(at + 6);
    }
    if (!row.is_null(at + 8)) {
        entry.changes = TRY(decode_changes(row.text(at + 8)));
    }
    return entry;
}

constexpr std::string_view header_columns =
    "c.id, c.at, c.user_id, c.real_user, c.door, c.undo_set, c.reason";
constexpr std::string_view entry_columns = "j.table_number, j.row_id, j.operation, j.owner, "
                                           "j.owner_table, j.unit, j.company, j.version, j.data";

Result<void> read_entries(SqlConnection& sql, std::vector<ChangeSet>& sets)
{
    auto const position = position_column(sql);
    auto const statement = "select c." + position + ", " + std::string(entry_columns)
        + " from cl_change_set c join cl_journal j on j.entry >= c.ticket * 1000000 "
          "and j.entry < (c.ticket + 1) * 1000000 where c."
        + position + " >= ?1 and c." + position + " <= ?2 order by c." + position + ", j.entry";
    auto set = sets.begin();
    Result<void> outcome {};
    TRY(sql.each(statement,
        { SqlValue { sets.front().position }, SqlValue { sets.back().position } },
        [&](SqlRow const& row) {
            while (set->position < row.integer(0)) {
                ++set;
            }
            auto entry = read_entry(row, 1);
            if (!entry) {
                outcome = std::unexpected(entry.error());
                return Walk::stop;
            }
            set->entries.push_back(std::move(*entry));
            return Walk::on;
        }));
    return outcome;
}

}

Result<void> create_tables(SqlConnection& sql)
{
    return sql.script(sql.dialect() == Dialect::sqlite ? sqlite_tables : postgresql_tables);
}

Result<void> append(UnitState& unit, Caller const& caller)
{
    if (unit.changes.is_empty()) {
        return {};
    }
    if (unit.changes.changes().size() >= static_cast<std::size_t>(entries_per_ticket)) {
        return refuse(Fault::too_large, "unit_too_large",
            "One unit of work may change fewer than a million rows. Split it into parts.");
    }
    auto const ticket = TRY(insert_header(unit, caller));
    auto entry = ticket * entries_per_ticket;
    for (auto const& change : unit.changes.changes()) {
        if (!change.is_void) {
            TRY(insert_entry(unit, entry++, change));
        }
    }
    return {};
}

Result<std::vector<ChangeSet>> read(SqlConnection& sql, std::int64_t after, std::int64_t limit)
{
    auto const position = position_column(sql);
    auto const statement = "select c." + position + ", " + std::string(header_columns)
        + " from cl_change_set c where c." + position + " > ?1 order by c." + position
        + " limit ?2";
    std::vector<ChangeSet> sets;
    TRY(sql.each(statement, { SqlValue { after }, SqlValue { limit } }, [&](SqlRow const& row) {
        sets.push_back(read_header(row));
        return Walk::on;
    }));
    if (!sets.empty()) {
        TRY(read_entries(sql, sets));
    }
    return sets;
}

Result<std::int64_t> last_position(SqlConnection& sql)
{
    auto const last =
        TRY(sql.find_integer("select max(" + position_column(sql) + ") from cl_change_set", {}));
    return last.value_or(0);
}

Result<std::vector<ChangeSet>> read_history(SqlConnection& sql, Lookup row_of)
{
    auto const statement = "select c." + position_column(sql) + ", " + std::string(header_columns)
        + ", " + std::string(entry_columns)
        + " from cl_journal j join cl_change_set c on c.ticket = j.entry / 1000000 "
          "where j.row_id = ?1 and j.table_number = ?2 order by j.entry";
    std::vector<ChangeSet> sets;
    Result<void> outcome {};
    TRY(sql.each(statement,
        { SqlValue { row_of.id }, SqlValue { static_cast<std::int64_t>(row_of.table) } },
        [&](SqlRow const& row) {
            auto entry = read_entry(row, 8);
            if (!entry) {
                outcome = std::unexpected(entry.error());
                return Walk::stop;
            }
            sets.push_back(read_header(row));
            sets.back().entries.push_back(std::move(*entry));
            return Walk::on;
        }));
    TRY(outcome);
    return sets;
}

Result<std::int64_t> give_positions(Store& store)
{
    if (store.dialect() == Dialect::sqlite) {
        return 0;
    }
    std::int64_t given = 0;
    TRY(store.write_and_wait([&](StoreTransaction& transaction) -> Result<void> {
        given = 0;
        auto& sql = transaction.sql();
        // The lock in a statement of its own: the next one must see everything the former holder
        // committed.
        auto const locked = TRY(sql.find_integer(
            "select pg_try_advisory_xact_lock(" + std::to_string(sequencer_lock) + ")::int", {}));
        if (locked.value_or(0) == 0) {
            return {};
        }
        // One snapshot decides what is committed; a smaller ticket that commits later comes later.
        given = TRY(sql.run(
            "with last as (select coalesce(max(position), 0) as position from cl_change_set), "
            "waiting as (select ticket, row_number() over (order by ticket) as place "
            "from cl_change_set where position is null) "
            "update cl_change_set c set position = last.position + waiting.place "
            "from last, waiting where c.ticket = waiting.ticket",
            {}));
        return {};
    }));
    return given;
}

}
