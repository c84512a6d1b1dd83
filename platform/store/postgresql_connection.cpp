#include "platform/store/postgresql_connection.h"

#include "platform/store/postgresql_parameters.h"

#include "core/check.h"
#include "core/text.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fmt/format.h>
#include <libpq-fe.h>

namespace cashline {

namespace {

// From the server's pg_type; they never change.
constexpr Oid type_bytea = 17;
constexpr Oid type_int8 = 20;
constexpr Oid type_text = 25;
constexpr Oid type_uuid = 2950;

constexpr int server_version_min = 150'000;

// Every unit takes it, shared or alone; "cashline" in ASCII.
constexpr std::int64_t schema_lock = 0x636173686c696e65;

constexpr std::string_view session_settings =
    "SET client_encoding = 'UTF8';"
    "SET standard_conforming_strings = on;"
    "SET bytea_output = 'hex';"
    "SET timezone = 'UTC';"
    "SET default_transaction_isolation = 'read committed';";

// A process that hangs inside a unit must not hold its locks against the others for ever.
constexpr std::string_view writer_settings = "SET idle_in_transaction_session_timeout = '60s'";

constexpr std::string_view incarnation_query =
    "SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || "
    "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), "
    // The checkpointer starts anew after a crash, even where the postmaster survived it.
    "(SELECT backend_start::text FROM pg_stat_activity WHERE backend_type = 'checkpointer')";

class Row final : public SqlRow {
public:
    explicit Row(PGresult const* result) : m_result(result) { }
    void go_to(int row)
    {
        m_row = row;
        m_unescaped.clear();
    }
    bool is_null(int column) const override { return PQgetisnull(m_result, m_row, column) != 0; }
    std::int64_t integer(int column) const override
    {
        auto const digits = text(column);
        if (digits == "t" || digits == "f") {
            return digits == "t" ? 1 : 0;
        }
        std::int64_t number = 0;
        auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        CHECK(digits.empty() || read.ptr == digits.data() + digits.size());
        return number;
    }
    std::string_view text(int column) const override
    {
        return { PQgetvalue(m_result, m_row, column),
            static_cast<std::size_t>(PQgetlength(m_result, m_row, column)) };
    }
    std::string_view bytes(int column) const override
    {
        auto const escaped = text(column);
        if (!escaped.starts_with("\\x")) {
            return escaped;
        }
        return m_unescaped.emplace_back(unescaped(escaped.substr(2)));
    }
    Id id(int column) const override
    {
        if (is_null(column)) {
            return {};
        }
        auto const id = Id::parse(text(column));
        CHECK(id.has_value());
        return *id;
    }

private:
    static std::string unescaped(std::string_view hex)
    {
        std::string out(hex.size() / 2, '\0');
        for (std::size_t i = 0; i < out.size(); ++i) {
            unsigned char byte = 0;
            std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, byte, 16);
            out[i] = static_cast<char>(byte);
        }
        return out;
    }

    PGresult const* m_result;
    int m_row {};
    std::deque<std::string> mutable m_unescaped {}; // views of them live as long as the row
};

Oid type_of(SqlValue const& value)
{
    constexpr Oid types[] = { 0, type_int8, type_text, type_bytea, type_uuid };
    static_assert(std::size(types) == std::variant_size_v<SqlValue>);
    return types[value.index()];
}

// Parameters in the binary form of their type. Numbers are kept here in network order, the rest
// stays with the caller.
class Parameters {
public:
    explicit Parameters(std::span<SqlValue const> values)
        : m_numbers(values.size())
        , m_data(values.size())
        , m_lengths(values.size())
        , m_formats(values.size(), 1)
    {
        for (std::size_t i = 0; i < values.size(); ++i) {
            add(i, values[i]);
        }
    }
    int count() const { return static_cast<int>(m_data.size()); }
    char const* const* data() const { return m_data.data(); }
    int const* lengths() const { return m_lengths.data(); }
    int const* formats() const { return m_formats.data(); }

private:
    void add(std::size_t i, SqlValue const& value)
    {
        if (auto const* const number = std::get_if<std::int64_t>(&value)) {
            m_numbers[i] = __builtin_bswap64(static_cast<std::uint64_t>(*number));
            set(i, { reinterpret_cast<char const*>(&m_numbers[i]), sizeof(std::int64_t) });
        } else if (auto const* const text = std::get_if<std::string_view>(&value)) {
            set(i, *text);
        } else if (auto const* const bytes = std::get_if<Bytes>(&value)) {
            set(i, bytes->data);
        } else if (auto const* const id = std::get_if<Id>(&value)) {
            set(i, id->as_bytes());
        }
    }
    void set(std::size_t i, std::string_view data)
    {
        m_data[i] = data.data() == nullptr ? "" : data.data(); // a null pointer would mean NULL
        m_lengths[i] = static_cast<int>(data.size());
    }

    std::vector<std::uint64_t> m_numbers;
    std::vector<char const*> m_data;
    std::vector<int> m_lengths;
    std::vector<int> m_formats;
};

bool fits(PostgresqlStatement const& statement, std::span<SqlValue const> values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const type = type_of(values[i]);
        if (type != 0 && type != statement.types[i]) {
            return false;
        }
    }
    return true;
}

bool changes_rows(std::string_view command)
{
    return command.starts_with("INSERT") || command.starts_with("UPDATE")
        || command.starts_with("DELETE");
}

struct Mapping {
    std::string_view state; // the beginning of an SQLSTATE
    Fault fault;
    std::string_view code;
};
constexpr Mapping mappings[] = {
    { "23505", Fault::conflict, "sql_unique" },
    { "23503", Fault::conflict, "sql_foreign_key" },
    { "23502", Fault::invalid, "sql_not_null" },
    { "23514", Fault::conflict, "sql_check" },
    { "22021", Fault::invalid, "sql_error" }, // not UTF-8, or a zero byte
    { "40001", Fault::unavailable, "sql_conflict" },
    { "40P01", Fault::unavailable, "sql_conflict" },
    { "26000", Fault::unavailable,
        "sql_conflict" }, // a statement prepared on another server session
    { "55P03", Fault::unavailable, "sql_busy" },
    { "57014", Fault::unavailable, "sql_busy" },
    { "53100", Fault::unavailable, "sql_full" },
    { "53", Fault::unavailable, "sql_busy" },
    { "25006", Fault::unavailable, "sql_lost" }, // a former primary
    { "08", Fault::unavailable, "sql_lost" },
    { "57P", Fault::unavailable, "sql_lost" },
    { "25P03", Fault::unavailable, "sql_lost" },
};

std::string field(PGresult const* result, int code)
{
    auto const* const text = PQresultErrorField(result, code);
    return text == nullptr ? "" : text;
}

}

void FinishConnection::operator()(pg_conn* connection) const { PQfinish(connection); }

void ClearResult::operator()(pg_result* result) const { PQclear(result); }

PostgresqlConnection::~PostgresqlConnection() = default;

Result<std::unique_ptr<PostgresqlConnection>> PostgresqlConnection::open(
    std::string const& url, PostgresqlRole role)
{
    std::unique_ptr<PostgresqlConnection> connection(new PostgresqlConnection);
    TRY(connection->connect(url));
    TRY(connection->configure(role));
    return connection;
}

Result<void> PostgresqlConnection::connect(std::string const& url)
{
    // What the URL says comes later and wins. The timeouts find a server that went without a word.
    char const* const keywords[] = { "connect_timeout", "keepalives_idle", "keepalives_interval",
        "keepalives_count", "tcp_user_timeout", "fallback_application_name", "dbname", nullptr };
    char const* const values[] = { "10", "10", "5", "3", "30000", "cashline", url.c_str(),
        nullptr };
    constexpr int expand_dbname = 1;
    m_connection.reset(PQconnectdbParams(keywords, values, expand_dbname));
    if (PQstatus(m_connection.get()) != CONNECTION_OK) {
        return refuse(Fault::unavailable, "sql_lost",
            fmt::format("PostgreSQL cannot be reached: {}", PQerrorMessage(m_connection.get())));
    }
    PQsetNoticeProcessor(m_connection.get(), [](void*, char const*) { }, nullptr);
    if (PQserverVersion(m_connection.get()) < server_version_min) {
        return refuse(Fault::not_supported, "store_options", "PostgreSQL 15 or newer is needed.");
    }
    return {};
}

Result<void> PostgresqlConnection::configure(PostgresqlRole role)
{
    TRY(script(session_settings));
    if (role == PostgresqlRole::reader) {
        return {};
    }
    TRY(script(writer_settings));
    if (TRY(find_text("SHOW synchronous_commit")) == "off") {
        return refuse(Fault::unavailable, "store_not_durable",
            "synchronous_commit is off for this database; it would lose what it acknowledged.");
    }
    return each(incarnation_query, {}, [this](SqlRow const& row) {
        m_incarnation = { std::string(row.text(0)), std::string(row.text(1)) };
        return Walk::stop;
    });
}

Result<PostgresqlStatement*> PostgresqlConnection::prepared(
    std::string_view sql, std::span<SqlValue const> values)
{
    auto* const found = m_statements.find(sql);
    auto const count =
        found != nullptr ? found->parameters : with_dollar_parameters(sql).parameters;
    if (count != values.size()) {
        return internal("sql_error",
            fmt::format("{} values for {} parameters in: {}", values.size(), count, sql));
    }
    if (found != nullptr && fits(*found, values)) {
        return found;
    }
    PostgresqlStatement statement;
    statement.name = fmt::format("s{}", ++m_statement_number);
    statement.parameters = count;
    // What is NULL now had a type before; so one statement serves a wide row with changing gaps.
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const type = type_of(values[i]);
        statement.types.push_back(type == 0 && found != nullptr ? found->types[i] : type);
    }
    TRY(prepare(sql, statement));
    auto const deallocate = [this](PostgresqlStatement& old) {
        std::ignore = simple("DEALLOCATE " + old.name);
    };
    if (found != nullptr) {
        deallocate(*found);
        *found = std::move(statement);
        return found;
    }
    auto& entry = m_statements.insert(sql, std::move(statement));
    m_statements.shrink([](PostgresqlStatement const&) { return true; }, deallocate);
    return &entry;
}

Result<void> PostgresqlConnection::prepare(std::string_view sql, PostgresqlStatement& statement)
{
    auto const dollars = with_dollar_parameters(sql);
    Answer const answer(PQprepare(m_connection.get(), statement.name.c_str(), dollars.sql.c_str(),
        static_cast<int>(statement.types.size()), statement.types.data()));
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) {
        auto error = error_of(answer.get());
        error.text += fmt::format(" In: {}", sql);
        return std::unexpected(std::move(error));
    }
    return {};
}

Result<PostgresqlConnection::Answer> PostgresqlConnection::execute(
    std::string_view sql, std::span<SqlValue const> values)
{
    auto* const statement = TRY(prepared(sql, values));
    Parameters const parameters(values);
    constexpr int as_text = 0;
    Answer answer(PQexecPrepared(m_connection.get(), statement->name.c_str(), parameters.count(),
        parameters.data(), parameters.lengths(), parameters.formats(), as_text));
    auto const status = PQresultStatus(answer.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        statement->used = true;
        return answer;
    }
    auto error = error_of(answer.get());
    auto const state = field(answer.get(), PG_DIAG_SQLSTATE);
    // "cached plan must not change result type": the table was changed since.
    bool const is_outdated = state == "0A000" && statement->used;
    if (is_outdated || state == "26000") {
        error.fault = Fault::unavailable;
        error.code = "sql_conflict";
        forget_statements();
    }
    return std::unexpected(std::move(error));
}

// The transaction is broken, so the server hears of it only at the next one.
void PostgresqlConnection::forget_statements()
{
    m_statements.clear();
    m_must_deallocate = true;
}

Result<PostgresqlConnection::Answer> PostgresqlConnection::simple(std::string const& sql)
{
    Answer answer(PQexec(m_connection.get(), sql.c_str()));
    auto const status = PQresultStatus(answer.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) {
        return answer;
    }
    return std::unexpected(error_of(answer.get()));
}

Result<std::int64_t> PostgresqlConnection::run(
    std::string_view sql, std::span<SqlValue const> values)
{
    auto const answer = TRY(execute(sql, values));
    if (!changes_rows(PQcmdStatus(answer.get()))) {
        return 0;
    }
    return std::strtoll(PQcmdTuples(answer.get()), nullptr, 10);
}

Result<void> PostgresqlConnection::each(
    std::string_view sql, std::span<SqlValue const> values, OnRow const& on_row)
{
    auto const answer = TRY(execute(sql, values));
    Row row(answer.get());
    auto const count = PQntuples(answer.get());
    for (int i = 0; i < count; ++i) {
        row.go_to(i);
        if (on_row(row) == Walk::stop) {
            return {};
        }
    }
    return {};
}

Result<void> PostgresqlConnection::script(std::string_view sql)
{
    TRY(simple(std::string(sql)));
    return {};
}

Result<void> PostgresqlConnection::begin_read()
{
    if (std::exchange(m_must_deallocate, false)) {
        TRY(simple("DEALLOCATE ALL"));
    }
    // The view is taken by the first query, not by BEGIN.
    TRY(simple("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1"));
    return {};
}

Result<void> PostgresqlConnection::end_read() { return rollback(); }

bool PostgresqlConnection::transaction_stands() const
{
    return PQtransactionStatus(m_connection.get()) == PQTRANS_INTRANS;
}

bool PostgresqlConnection::is_usable() const
{
    return PQtransactionStatus(m_connection.get()) == PQTRANS_IDLE;
}

Result<std::string> PostgresqlConnection::begin_unit(
    std::span<std::int64_t const> locks, bool alone)
{
    if (std::exchange(m_must_deallocate, false)) {
        TRY(simple("DEALLOCATE ALL"));
    }
    auto sql = fmt::format(
        "BEGIN; SELECT pg_advisory_xact_lock{}({});", alone ? "" : "_shared", schema_lock);
    for (auto const lock : locks) {
        sql += fmt::format("SELECT pg_advisory_xact_lock({});", lock);
    }
    // The id is drawn before the commit, which is what one may have to ask about.
    sql += "SELECT pg_current_xact_id()";
    auto const answer = TRY(simple(sql));
    return std::string(PQgetvalue(answer.get(), 0, 0));
}

Result<void> PostgresqlConnection::commit()
{
    auto const answer = TRY(simple("COMMIT"));
    // A broken transaction answers COMMIT with ROLLBACK and no error.
    if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT") {
        return internal("sql_error", "The transaction was rolled back instead of committed.");
    }
    return {};
}

Result<void> PostgresqlConnection::rollback()
{
    if (!is_usable()) {
        TRY(simple("ROLLBACK"));
    }
    return {};
}

Error PostgresqlConnection::error_of(pg_result const* result) const
{
    Error error { .code = "sql_error", .text = PQerrorMessage(m_connection.get()) };
    if (PQstatus(m_connection.get()) != CONNECTION_OK) {
        error.fault = Fault::unavailable;
        error.code = "sql_lost";
        return error;
    }
    auto const state = field(result, PG_DIAG_SQLSTATE);
    auto const* const mapping = std::ranges::find_if(
        mappings, [&](Mapping const& candidate) { return state.starts_with(candidate.state); });
    if (mapping != std::end(mappings)) {
        error.fault = mapping->fault;
        error.code = mapping->code;
    }
    // SQLite cannot name a broken reference, so nobody may count on it.
    if (error.code == "sql_unique" || error.code == "sql_check") {
        error.column = field(result, PG_DIAG_CONSTRAINT_NAME);
    } else if (error.code == "sql_not_null") {
        error.column = field(result, PG_DIAG_COLUMN_NAME);
    }
    return error;
}

}
