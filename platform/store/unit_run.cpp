#include "platform/store/unit_run.h"

#include <cstdio>

namespace cashline {

namespace {

class Transaction final : public StoreTransaction {
public:
    Transaction(GuardedConnection& sql, int attempt) : m_sql(sql), m_attempt(attempt) { }
    SqlConnection& sql() override { return m_sql; }
    void after_commit(std::function<void()> callback) override
    {
        m_after_commit.push_back(std::move(callback));
    }
    int attempt() const override { return m_attempt; }
    AfterCommit take_after_commit() { return std::move(m_after_commit); }

private:
    GuardedConnection& m_sql;
    int m_attempt;
    AfterCommit m_after_commit {};
};

Result<void> call(UnitOfWork& work, StoreTransaction& transaction)
{
    try {
        return work(transaction);
    } catch (std::exception const& exception) {
        return internal("internal_error", exception.what());
    } catch (...) {
        return internal("internal_error", "A unit of work threw something unknown.");
    }
}

// The commit stands, so a callback that throws can only be reported.
template<class Callback>
void call_back(Callback&& callback)
{
    try {
        callback();
    } catch (std::exception const& exception) {
        std::fprintf(stderr, "A callback after a commit threw: %s\n", exception.what());
    } catch (...) {
        std::fprintf(stderr, "A callback after a commit threw something unknown.\n");
    }
}

}

Result<void> GuardedConnection::may_go_on()
{
    if (!m_first_error && !m_driver.transaction_stands()) {
        m_first_error = Error { .fault = Fault::unavailable,
            .code = "sql_lost",
            .text = "The database ended the transaction." };
    }
    if (m_first_error) {
        return std::unexpected(*m_first_error);
    }
    return {};
}

template<class T>
Result<T> GuardedConnection::noted(Result<T> result)
{
    if (!result && !m_first_error) {
        m_first_error = result.error();
    }
    return result;
}

Result<std::int64_t> GuardedConnection::run(std::string_view sql, std::span<SqlValue const> values)
{
    TRY(may_go_on());
    return noted(m_driver.run(sql, values));
}

Result<void> GuardedConnection::each(
    std::string_view sql, std::span<SqlValue const> values, OnRow const& on_row)
{
    TRY(may_go_on());
    return noted(m_driver.each(sql, values, on_row));
}

Result<void> GuardedConnection::script(std::string_view sql)
{
    TRY(may_go_on());
    return noted(m_driver.script(sql));
}

UnitOutcome run_unit(QueuedUnit& unit, DriverConnection& driver)
{
    GuardedConnection sql(driver);
    Transaction transaction(sql, unit.attempt);
    ++unit.attempt;
    UnitOutcome outcome;
    outcome.result = call(unit.work, transaction);
    outcome.sql_error = sql.first_error();
    outcome.after_commit = transaction.take_after_commit();
    // A unit that swallowed an error still has a half of its work missing.
    if (outcome.result && outcome.sql_error) {
        outcome.result = std::unexpected(*outcome.sql_error);
    }
    return outcome;
}

void answer(QueuedUnit& unit, Result<void> result, AfterCommit const& after_commit)
{
    if (result) {
        for (auto const& callback : after_commit) {
            call_back(callback);
        }
    }
    call_back([&] { unit.done(std::move(result)); });
}

}
