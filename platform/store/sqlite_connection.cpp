#include "platform/store/sqlite_connection.h"

#include "core/check.h"

#include <cstring>
#include <fmt/format.h>
#include <sqlite3.h>

namespace cashline {

namespace {

constexpr int busy_timeout_ms = 5'000;

// Every commit of the writer empties a reader's page cache, so readers live from the mapping, the
// writer from its cache. The mapping counts as resident memory of the process once for each reader.
constexpr std::string_view writer_pragmas = "PRAGMA journal_mode = WAL;"
                                            "PRAGMA synchronous = FULL;"
                                            "PRAGMA foreign_keys = ON;"
                                            "PRAGMA secure_delete = FAST;"
                                            "PRAGMA case_sensitive_like = ON;"
                                            "PRAGMA temp_store = MEMORY;"
                                            "PRAGMA wal_autocheckpoint = 0;"
                                            "PRAGMA journal_size_limit = 67108864;"
                                            "PRAGMA cell_size_check = ON;"
                                            "PRAGMA cache_size = -65536;";
constexpr std::string_view reader_pragmas = "PRAGMA query_only = ON;"
                                            "PRAGMA case_sensitive_like = ON;"
                                            "PRAGMA temp_store = MEMORY;"
                                            "PRAGMA wal_autocheckpoint = 0;"
                                            "PRAGMA cell_size_check = ON;"
                                            "PRAGMA cache_size = -8192;"
                                            "PRAGMA mmap_size = 67108864;";

class Row final : public SqlRow {
public:
    explicit Row(sqlite3_stmt* statement) : m_statement(statement) { }
    bool is_null(int column) const override
    {
        return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const override
    {
        return sqlite3_column_int64(m_statement, column);
    }
    std::string_view text(int column) const override
    {
        auto const* const data = sqlite3_column_text(m_statement, column);
        return view(reinterpret_cast<char const*>(data), column);
    }
    std::string_view bytes(int column) const override
    {
        auto const* const data = sqlite3_column_blob(m_statement, column);
        return view(static_cast<char const*>(data), column);
    }
    Id id(int column) const override
    {
        Id id {};
        if (is_null(column)) {
            return id;
        }
        auto const data = bytes(column);
        CHECK(data.size() == id.bytes.size());
        std::memcpy(id.bytes.data(), data.data(), id.bytes.size());
        return id;
    }

private:
    std::string_view view(char const* data, int column) const
    {
        auto const size = sqlite3_column_bytes(m_statement, column);
        return data == nullptr ? std::string_view {}
                               : std::string_view(data, static_cast<std::size_t>(size));
    }

    sqlite3_stmt* m_statement;
};

// SQLite takes a null pointer for NULL, so an empty view needs an address.
char const* address_of(std::string_view text) { return text.empty() ? "" : text.data(); }

int bind_value(sqlite3_stmt* statement, int index, SqlValue const& value)
{
    struct Bind {
        sqlite3_stmt* statement;
        int index;
        int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
        int operator()(std::int64_t number) const
        {
            return sqlite3_bind_int64(statement, index, number);
        }
        int operator()(std::string_view text) const
        {
            return sqlite3_bind_text64(
                statement, index, address_of(text), text.size(), SQLITE_STATIC, SQLITE_UTF8);
        }
        int operator()(Bytes bytes) const
        {
            return sqlite3_bind_blob64(
                statement, index, address_of(bytes.data), bytes.data.size(), SQLITE_STATIC);
        }
        int operator()(Id const& id) const
        {
            return sqlite3_bind_blob64(
                statement, index, id.bytes.data(), id.bytes.size(), SQLITE_STATIC);
        }
    };
    return std::visit(Bind { statement, index }, value);
}

// The text behind "… constraint failed: ", or empty.
std::string_view subject_of(std::string_view message)
{
    constexpr std::string_view mark = "constraint failed: ";
    auto const at = message.find(mark);
    return at == std::string_view::npos ? std::string_view {} : message.substr(at + mark.size());
}

std::string_view after_dot(std::string_view name)
{
    auto const dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool is_blank(char const* begin, char const* end)
{
    return std::all_of(begin, end, [](char c) { return std::strchr(" \t\r\n;", c) != nullptr; });
}

}

void FinalizeStatement::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

// A statement taken for one execution: from the cache, or its own when the cached one is running
// already.
struct SqliteConnection::Lease {
    sqlite3_stmt* statement {};
    SqliteStatement* cached {};

    Lease(sqlite3_stmt* taken, SqliteStatement* entry) : statement(taken), cached(entry) { }
    Lease(Lease&& other) noexcept
        : statement(std::exchange(other.statement, nullptr))
        , cached(other.cached)
    {
    }
    Lease(Lease const&) = delete;
    Lease& operator=(Lease const&) = delete;
    ~Lease()
    {
        if (statement == nullptr) {
            return;
        }
        if (cached == nullptr) {
            sqlite3_finalize(statement);
            return;
        }
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement); // the values live only as long as the call
        cached->in_use = false;
    }
};

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(SqliteSettings const& settings)
{
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection);
    TRY(connection->configure(settings));
    return connection;
}

SqliteConnection::~SqliteConnection()
{
    m_statements.clear();
    auto const closed = sqlite3_close(m_database);
    VERIFY(closed == SQLITE_OK);
}

Result<void> SqliteConnection::configure(SqliteSettings const& settings)
{
    bool const writes = settings.role == SqliteRole::writer;
    auto const flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        | (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    auto const* const vfs = settings.vfs.empty() ? nullptr : settings.vfs.c_str();
    auto const opened = sqlite3_open_v2(settings.path.c_str(), &m_database, flags, vfs);
    if (opened != SQLITE_OK) {
        return refuse(Fault::unavailable, "store_open_failed",
            fmt::format("The database {} cannot be opened: {}.", settings.path,
                m_database == nullptr ? sqlite3_errstr(opened) : sqlite3_errmsg(m_database)));
    }
    sqlite3_busy_timeout(m_database, busy_timeout_ms);
    sqlite3_db_config(m_database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(m_database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(m_database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // Has no effect where SQLite was compiled without lookaside, as in Debian 12.
    sqlite3_db_config(m_database, SQLITE_DBCONFIG_LOOKASIDE, nullptr, 1200, 100);
    if (!writes) {
        // The writer is the only checkpointer.
        sqlite3_db_config(m_database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        return script(reader_pragmas);
    }
    TRY(script(writer_pragmas));
    TRY(demand_durability());
    auto const remember_pages = [](void* self, sqlite3*, char const*, int pages) {
        static_cast<SqliteConnection*>(self)->m_wal_pages = pages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(m_database, remember_pages, this);
    return {};
}

Result<void> SqliteConnection::demand_durability()
{
    auto const journal = TRY(find_text("PRAGMA journal_mode"));
    auto const synchronous = TRY(find_integer("PRAGMA synchronous"));
    auto const keys = TRY(find_integer("PRAGMA foreign_keys"));
    constexpr int full = 2;
    if (journal != "wal" || synchronous.value_or(0) < full || keys != 1) {
        return refuse(Fault::unavailable, "store_not_durable",
            fmt::format(
                "SQLite does not keep what it acknowledges here: journal_mode {}, synchronous {}, "
                "foreign_keys {}. Put the data folder on a local disk that can map shared memory.",
                journal.value_or("unknown"), synchronous.value_or(-1), keys.value_or(-1)));
    }
    return {};
}

Result<sqlite3_stmt*> SqliteConnection::prepare(std::string_view sql, bool persistent)
{
    sqlite3_stmt* statement {};
    char const* tail {};
    auto const prepared = sqlite3_prepare_v3(m_database, sql.data(), static_cast<int>(sql.size()),
        persistent ? SQLITE_PREPARE_PERSISTENT : 0, &statement, &tail);
    if (prepared != SQLITE_OK) {
        auto error = error_of(prepared);
        error.text += fmt::format(" In: {}", sql);
        return std::unexpected(std::move(error));
    }
    if (statement == nullptr || !is_blank(tail, sql.data() + sql.size())) {
        sqlite3_finalize(statement);
        return internal("sql_error", fmt::format("Exactly one statement is expected in: {}", sql));
    }
    return statement;
}

Result<SqliteConnection::Lease> SqliteConnection::take(std::string_view sql)
{
    auto* const found = m_statements.find(sql);
    if (found != nullptr && !found->in_use) {
        found->in_use = true;
        return Lease(found->handle.get(), found);
    }
    bool const cacheable = found == nullptr;
    auto* const statement = TRY(prepare(sql, cacheable));
    if (!cacheable) {
        return Lease(statement, nullptr);
    }
    SqliteStatement fresh;
    fresh.handle.reset(statement);
    fresh.in_use = true;
    auto& entry = m_statements.insert(sql, std::move(fresh));
    m_statements.shrink(
        [](SqliteStatement const& old) { return !old.in_use; }, [](SqliteStatement&) {});
    return Lease(statement, &entry);
}

Result<void> SqliteConnection::bind(sqlite3_stmt* statement, std::span<SqlValue const> values)
{
    auto const expected = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
    if (expected != values.size()) {
        return internal("sql_error",
            fmt::format("{} values for {} parameters in: {}", values.size(), expected,
                sqlite3_sql(statement)));
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        // PostgreSQL refuses a zero byte in text and SQLite's functions stop at it.
        auto const* const text = std::get_if<std::string_view>(&values[i]);
        if (text != nullptr && text->contains('\0')) {
            return invalid("sql_error", "Text must not contain a zero byte.");
        }
        auto const bound = bind_value(statement, static_cast<int>(i + 1), values[i]);
        if (bound != SQLITE_OK) {
            return std::unexpected(error_of(bound));
        }
    }
    return {};
}

Result<std::int64_t> SqliteConnection::run(std::string_view sql, std::span<SqlValue const> values)
{
    auto const lease = TRY(take(sql));
    TRY(bind(lease.statement, values));
    // Statements that change no rows leave the counter of the last one that did.
    auto const changes_before = sqlite3_total_changes64(m_database);
    auto stepped = SQLITE_ROW;
    while (stepped == SQLITE_ROW) {
        stepped = sqlite3_step(lease.statement);
    }
    if (stepped != SQLITE_DONE) {
        return std::unexpected(error_of(stepped));
    }
    bool const changed = sqlite3_total_changes64(m_database) != changes_before;
    return changed ? sqlite3_changes64(m_database) : 0;
}

Result<void> SqliteConnection::each(
    std::string_view sql, std::span<SqlValue const> values, OnRow const& on_row)
{
    auto const lease = TRY(take(sql));
    TRY(bind(lease.statement, values));
    Row const row(lease.statement);
    auto walk = Walk::on;
    for (;;) {
        auto const stepped = sqlite3_step(lease.statement);
        if (stepped == SQLITE_DONE) {
            return {};
        }
        if (stepped != SQLITE_ROW) {
            return std::unexpected(error_of(stepped));
        }
        if (walk == Walk::on) {
            walk = on_row(row);
        }
        // A statement that writes (RETURNING) is finished even when nobody reads its rows.
        if (walk == Walk::stop && sqlite3_stmt_readonly(lease.statement) != 0) {
            return {};
        }
    }
}

Result<void> SqliteConnection::script(std::string_view sql)
{
    auto const* at = sql.data();
    auto const* const end = sql.data() + sql.size();
    while (at < end) {
        sqlite3_stmt* raw {};
        auto const prepared =
            sqlite3_prepare_v2(m_database, at, static_cast<int>(end - at), &raw, &at);
        std::unique_ptr<sqlite3_stmt, FinalizeStatement> const statement(raw);
        if (prepared != SQLITE_OK) {
            return std::unexpected(error_of(prepared));
        }
        auto stepped = statement == nullptr ? SQLITE_DONE : SQLITE_ROW;
        while (stepped == SQLITE_ROW) {
            stepped = sqlite3_step(statement.get());
        }
        if (stepped != SQLITE_DONE) {
            auto error = error_of(stepped);
            error.text += fmt::format(" In: {}", sqlite3_sql(statement.get()));
            return std::unexpected(std::move(error));
        }
    }
    return {};
}

Result<void> SqliteConnection::begin_read()
{
    TRY(run("BEGIN DEFERRED"));
    // BEGIN alone takes no snapshot; the first read does, and one row is read faster than all.
    auto const read = find_integer("SELECT 1 FROM sqlite_schema LIMIT 1");
    if (!read) {
        TRY(end_read());
        return std::unexpected(read.error());
    }
    return {};
}

Result<void> SqliteConnection::end_read()
{
    if (transaction_stands()) {
        TRY(run("ROLLBACK"));
    }
    return {};
}

bool SqliteConnection::transaction_stands() const
{
    return sqlite3_get_autocommit(m_database) == 0;
}

Result<bool> SqliteConnection::checkpoint()
{
    int in_log {};
    int copied {};
    auto const done =
        sqlite3_wal_checkpoint_v2(m_database, nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
    if (done != SQLITE_OK && done != SQLITE_BUSY) {
        return std::unexpected(error_of(done));
    }
    return done == SQLITE_OK && in_log == copied;
}

Result<bool> SqliteConnection::checkpoint_and_truncate(int wait_ms)
{
    // Everybody's writes stand behind this one.
    sqlite3_busy_timeout(m_database, wait_ms);
    auto const done = sqlite3_wal_checkpoint_v2(
        m_database, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(m_database, busy_timeout_ms);
    if (done == SQLITE_OK) {
        m_wal_pages = 0;
    }
    if (done != SQLITE_OK && (done & 0xff) != SQLITE_BUSY) {
        return std::unexpected(error_of(done));
    }
    return done == SQLITE_OK;
}

Result<void> SqliteConnection::copy_to(std::string const& path)
{
    sqlite3* target {};
    auto const flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    auto copied = sqlite3_open_v2(path.c_str(), &target, flags, nullptr);
    if (copied == SQLITE_OK) {
        // One step of all pages reads one view, so that writers never start it over.
        auto* const backup = sqlite3_backup_init(target, "main", m_database, "main");
        if (backup != nullptr) {
            sqlite3_backup_step(backup, -1);
            sqlite3_backup_finish(backup);
        }
        copied = sqlite3_errcode(target);
    }
    std::string const reason = sqlite3_errmsg(target);
    sqlite3_close(target);
    if (copied != SQLITE_OK) {
        return refuse(Fault::unavailable, "store_copy_failed",
            fmt::format("The copy to {} failed: {}.", path, reason));
    }
    return {};
}

Error SqliteConnection::error_of(int code)
{
    std::string const message = sqlite3_errmsg(m_database);
    Error error { .fault = Fault::internal, .code = "sql_error", .text = message };
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        error.fault = Fault::conflict;
        error.code = "sql_unique";
        error.column = unique_index_of(message);
        return error;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        error.fault = Fault::conflict;
        error.code = "sql_foreign_key";
        return error;
    case SQLITE_CONSTRAINT_NOTNULL:
        error.fault = Fault::invalid;
        error.code = "sql_not_null";
        error.column = after_dot(subject_of(message));
        return error;
    case SQLITE_CONSTRAINT_CHECK:
        error.fault = Fault::conflict;
        error.code = "sql_check";
        error.column = subject_of(message);
        return error;
    default:
        break;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        error.fault = Fault::unavailable;
        error.code = "sql_busy";
        break;
    case SQLITE_FULL:
        error.fault = Fault::unavailable;
        error.code = "sql_full";
        break;
    default:
        break;
    }
    return error;
}

// SQLite names the columns ("UNIQUE constraint failed: lead.code, lead.company"), callers know the
// index.
std::string SqliteConnection::unique_index_of(std::string_view message)
{
    auto const subject = subject_of(message);
    if (subject.starts_with("index '")) {
        return std::string(subject.substr(7, subject.size() - 8));
    }
    std::string const table(subject.substr(0, subject.find('.')));
    std::string columns;
    std::size_t at = 0;
    while (at < subject.size()) {
        auto const comma = std::min(subject.find(", ", at), subject.size());
        columns += columns.empty() ? "" : "_";
        columns += after_dot(subject.substr(at, comma - at));
        at = comma + 2;
    }
    return find_index(table, columns).value_or(table + "__" + columns);
}

std::optional<std::string> SqliteConnection::find_index(
    std::string_view table, std::string_view columns)
{
    std::optional<std::string> found;
    SqlValue const named[] = { table };
    auto const listed =
        each("SELECT name FROM pragma_index_list(?1) WHERE \"unique\" = 1 AND origin = 'c'", named,
            [&](SqlRow const& index) {
                std::string covered;
                SqlValue const values[] = { index.text(0) };
                auto const read = each("SELECT name FROM pragma_index_info(?1) ORDER BY seqno",
                    values, [&](SqlRow const& column) {
                        covered += covered.empty() ? "" : "_";
                        covered += column.text(0);
                        return Walk::on;
                    });
                if (read && covered == columns) {
                    found = std::string(index.text(0));
                    return Walk::stop;
                }
                return Walk::on;
            });
    return listed ? found : std::nullopt;
}

}
