#include "bench/raw_database.h"

#include "core/check.h"
#include "core/text.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <sqlite3.h>

namespace cashline::bench {

namespace {

std::string insert_text(
    std::string const& table, std::vector<std::string> const& columns, char mark)
{
    std::string names;
    std::string places;
    for (std::size_t index = 0; index < columns.size(); ++index) {
        names += fmt::format("{}\"{}\"", index == 0 ? "" : ", ", columns[index]);
        places += fmt::format("{}{}{}", index == 0 ? "" : ", ", mark, index + 1);
    }
    return fmt::format("insert into \"{}\" ({}) values ({})", table, names, places);
}

class SqliteDatabase final : public RawDatabase {
public:
    explicit SqliteDatabase(sqlite3* database) : m_database(database) { }
    ~SqliteDatabase() override
    {
        sqlite3_finalize(m_insert);
        sqlite3_close(m_database);
    }

    Result<RawRow> row(std::string const& sql) override
    {
        auto* const statement = TRY(prepare(sql));
        RawRow found;
        if (sqlite3_step(statement) == SQLITE_ROW) {
            for (int at = 0; at < sqlite3_column_count(statement); ++at) {
                found.columns.emplace_back(sqlite3_column_name(statement, at));
                found.values.push_back(value(statement, at));
            }
        }
        sqlite3_finalize(statement);
        return found.columns.empty() ? refused() : Result<RawRow>(std::move(found));
    }

    Result<void> run(std::string const& sql) override
    {
        if (sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            return refused();
        }
        return {};
    }

    Result<void> prepare_insert(
        std::string const& table, std::vector<std::string> const& columns) override
    {
        sqlite3_finalize(std::exchange(m_insert, nullptr));
        m_insert = TRY(prepare(insert_text(table, columns, '?')));
        return {};
    }

    Result<void> insert(std::span<RawValue const> values) override
    {
        for (std::size_t index = 0; index < values.size(); ++index) {
            bind(static_cast<int>(index + 1), values[index]);
        }
        auto const stepped = sqlite3_step(m_insert);
        sqlite3_reset(m_insert);
        return stepped == SQLITE_DONE ? Result<void> {} : refused();
    }

private:
    Refusal refused() const { return internal("bench_sqlite", sqlite3_errmsg(m_database)); }

    Result<sqlite3_stmt*> prepare(std::string const& sql)
    {
        sqlite3_stmt* statement {};
        if (sqlite3_prepare_v3(
                m_database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr)
            != SQLITE_OK) {
            return refused();
        }
        return statement;
    }

    static RawValue value(sqlite3_stmt* statement, int at)
    {
        auto const bytes = [&] {
            auto const* const data = static_cast<char const*>(sqlite3_column_blob(statement, at));
            auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement, at));
            return data == nullptr ? std::string {} : std::string(data, size);
        };
        switch (sqlite3_column_type(statement, at)) {
        case SQLITE_NULL:
            return {};
        case SQLITE_INTEGER:
            return sqlite3_column_int64(statement, at);
        case SQLITE_BLOB: {
            Id id;
            auto const data = bytes();
            std::memcpy(id.bytes.data(), data.data(), std::min(data.size(), id.bytes.size()));
            return id;
        }
        default:
            return bytes();
        }
    }

    void bind(int index, RawValue const& value)
    {
        if (auto const* number = std::get_if<std::int64_t>(&value)) {
            sqlite3_bind_int64(m_insert, index, *number);
        } else if (auto const* text = std::get_if<std::string>(&value)) {
            sqlite3_bind_text64(
                m_insert, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
        } else if (auto const* id = std::get_if<Id>(&value)) {
            sqlite3_bind_blob64(m_insert, index, id->bytes.data(), id->bytes.size(), SQLITE_STATIC);
        } else {
            sqlite3_bind_null(m_insert, index);
        }
    }

    sqlite3* m_database;
    sqlite3_stmt* m_insert {};
};

class PostgresqlDatabase final : public RawDatabase {
public:
    explicit PostgresqlDatabase(PGconn* connection) : m_connection(connection) { }
    ~PostgresqlDatabase() override { PQfinish(m_connection); }

    Result<RawRow> row(std::string const& sql) override
    {
        auto* const result = PQexec(m_connection, sql.c_str());
        RawRow found;
        if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0) {
            for (int at = 0; at < PQnfields(result); ++at) {
                found.columns.emplace_back(PQfname(result, at));
                found.values.push_back(value(result, at));
            }
        }
        PQclear(result);
        return found.columns.empty() ? refused() : Result<RawRow>(std::move(found));
    }

    Result<void> run(std::string const& sql) override
    {
        return finish(PQexec(m_connection, sql.c_str()));
    }

    Result<void> prepare_insert(
        std::string const& table, std::vector<std::string> const& columns) override
    {
        auto const sql = insert_text(table, columns, '$');
        return finish(PQprepare(m_connection, "bench_insert", sql.c_str(), 0, nullptr));
    }

    Result<void> insert(std::span<RawValue const> values) override
    {
        std::vector<std::string> texts(values.size());
        std::vector<char const*> places(values.size());
        for (std::size_t index = 0; index < values.size(); ++index) {
            auto const& value = values[index];
            if (auto const* number = std::get_if<std::int64_t>(&value)) {
                texts[index] = std::to_string(*number);
            } else if (auto const* text = std::get_if<std::string>(&value)) {
                texts[index] = *text;
            } else if (auto const* id = std::get_if<Id>(&value)) {
                texts[index] = id->to_string();
            }
            places[index] = value.index() == 0 ? nullptr : texts[index].c_str();
        }
        return finish(PQexecPrepared(m_connection, "bench_insert", static_cast<int>(values.size()),
            places.data(), nullptr, nullptr, 0));
    }

private:
    Refusal refused() const { return internal("bench_postgresql", PQerrorMessage(m_connection)); }

    Result<void> finish(PGresult* result)
    {
        auto const status = PQresultStatus(result);
        PQclear(result);
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? Result<void> {}
                                                                       : refused();
    }

    static RawValue value(PGresult const* result, int at)
    {
        constexpr Oid uuid_type = 2'950;
        constexpr Oid integer_types[] { 20, 21, 23 };
        if (PQgetisnull(result, 0, at) != 0) {
            return {};
        }
        std::string const text = PQgetvalue(result, 0, at);
        auto const type = PQftype(result, at);
        if (type == uuid_type) {
            return Id::parse(text).value_or(Id {});
        }
        if (std::ranges::find(integer_types, type) != std::end(integer_types)) {
            std::int64_t number {};
            std::from_chars(text.data(), text.data() + text.size(), number);
            return number;
        }
        return text;
    }

    PGconn* m_connection;
};

}

std::size_t RawRow::at(std::string_view column) const
{
    auto const found = std::ranges::find(columns, column);
    VERIFY(found != columns.end());
    return static_cast<std::size_t>(found - columns.begin());
}

Result<std::unique_ptr<RawDatabase>> open_sqlite(std::string const& path)
{
    sqlite3* database {};
    auto const opened = sqlite3_open_v2(
        path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    auto raw = std::make_unique<SqliteDatabase>(database);
    if (opened != SQLITE_OK) {
        return internal("bench_sqlite", path + " cannot be opened.");
    }
    TRY(raw->run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                 "PRAGMA secure_delete = FAST; PRAGMA cache_size = -65536;"
                 "PRAGMA wal_autocheckpoint = 4096;"));
    return raw;
}

Result<std::unique_ptr<RawDatabase>> open_postgresql(std::string const& url)
{
    auto* const connection = PQconnectdb(url.c_str());
    auto raw = std::make_unique<PostgresqlDatabase>(connection);
    if (PQstatus(connection) != CONNECTION_OK) {
        return internal("bench_postgresql", PQerrorMessage(connection));
    }
    return raw;
}

}
