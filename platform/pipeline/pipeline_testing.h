// A small world for tests of the pipeline: the platform's own tables with four made-up ones, three
// people in two units, on a fresh store of either database.
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/store/store_testing.h"

#include <gtest/gtest.h>

namespace cashline {

using Cells = std::vector<std::pair<std::string_view, Value>>;

class PipelineTest : public ::testing::TestWithParam<Dialect> {
protected:
    void SetUp() override;
    void TearDown() override;

    // Rules and messages of the test at hand.
    virtual void register_rules(Registry&) { }
    // As after a restart of the server.
    void reopen();

    Platform& platform() { return *m_platform; }
    ManualEnvironment& environment() { return m_environment; }
    Schema const& schema() { return *m_schema; }
    Table const& table(std::string_view name) { return schema().table(schema().find(name)->id); }
    ColumnHandle column(std::string_view table_name, std::string_view column_name);
    Row row(std::string_view table_name, Cells const& cells);
    Lookup to(std::string_view table_name, Id id) { return { table(table_name).id, id }; }

    // Each in a unit of its own.
    Result<Id> create(Caller const& caller, std::string_view table_name, Cells const& cells);
    Result<void> update(Caller const& caller, Lookup target, Cells const& cells);
    Result<void> remove(Caller const& caller, Lookup target);
    Result<void> write(Caller const& caller, std::function<Result<void>(Unit&)> work);
    // Must succeed.
    Id made(std::string_view table_name, Cells const& cells);
    Id made_by(Caller const& caller, std::string_view table_name, Cells const& cells);
    // As the platform; null when the row or the value is not there.
    Value value(Lookup target, std::string_view column_name);
    bool exists(Lookup target);
    std::vector<ChangeSet> journal_after(std::int64_t position);
    std::int64_t journal_end();

    Caller caller(Id user);
    Id add_user(std::string const& name, Id unit, std::vector<std::string> const& roles);

    Caller m_daisy {}; // seller in the north
    Caller m_sam {}; // seller in the north
    Caller m_olga {}; // seller in the south
    Caller m_admin {};
    Caller m_guest {}; // reads customers, nothing else
    Id m_north {};
    Id m_south {};

private:
    void open();
    void add_people();

    ManualEnvironment m_environment { Timestamp::parse("2027-03-01T08:30:00Z").value() };
    std::unique_ptr<FreshStore> m_store {};
    std::shared_ptr<Schema const> m_schema {};
    std::unique_ptr<Platform> m_platform {};
};

// "code" of a refusal, empty when it went well.
template<class T>
std::string code(Result<T> const& result)
{
    return result ? std::string {} : result.error().code;
}
template<class T>
std::string column_of(Result<T> const& result)
{
    return result ? std::string {} : result.error().column;
}

}
