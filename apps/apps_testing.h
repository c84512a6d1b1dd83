// A small company for tests of the apps: the shipped definitions on a fresh store of either
// database, a few people with shipped roles, and short forms for what tests do all the time.
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/store/store_testing.h"

#include <gtest/gtest.h>

namespace cashline {

class AppsTest : public ::testing::TestWithParam<Dialect> {
protected:
    void SetUp() override;
    void TearDown() override;

    // The apps of the test at hand, in the order of their dependencies.
    virtual std::vector<std::function<void(Registry&)>> apps() const = 0;
    virtual json::Value settings() const { return {}; }

    Platform& platform() { return *m_platform; }
    ManualEnvironment& environment() { return m_environment; }
    Schema const& schema() { return *platform().schema(); }
    // As after a restart of the server.
    void reopen();

    // Each in a unit of its own.
    Result<Id> create(Caller const& caller, Row row);
    Result<void> update(Caller const& caller, Lookup target, Row changes);
    Result<void> remove(Caller const& caller, Lookup target);
    Result<void> write(Caller const& caller, std::function<Result<void>(Unit&)> work);
    template<class Request>
    Result<typename Request::Reply> call(Caller const& caller, Request const& request)
    {
        return platform().write<typename Request::Reply>(
            caller, [&](Unit& unit) { return unit.call(request); });
    }
    // By name with JSON, as the Web API does.
    Result<MessageReply> call(Caller const& caller, std::string_view name, json::Value const& body,
        std::optional<Lookup> bound = {})
    {
        return platform().call(caller, name, body, bound);
    }

    // Must succeed.
    Id made(Row row);
    Id made_by(Caller const& caller, Row row);
    Row row(Lookup target); // as the platform
    std::vector<Row> rows(Query const& query);
    bool may_read(Caller const& caller, Lookup target);
    // Jobs and followers until nothing is due.
    void drain();

    Id add_user(std::string const& name, std::vector<std::string> const& roles);
    Caller caller(Id user, Door door = Door::web_api);

    Caller m_daisy {}; // Salesperson, daisy@adventure-works.example
    Caller m_tom {}; // Salesperson
    Caller m_sam {}; // Sales Manager
    Caller m_ada {}; // System Administrator
    Caller m_mail {}; // Mail Service

private:
    void open();
    void add_company();

    ManualEnvironment m_environment { Timestamp::parse("2027-03-01T08:30:00Z").value() };
    std::unique_ptr<TemporaryFolder> m_files {};
    std::unique_ptr<FreshStore> m_store {};
    std::unique_ptr<Platform> m_platform {};
};

// "code" of a refusal, empty when it went well.
template<class T>
std::string refusal_of(Result<T> const& result)
{
    return result ? std::string {} : result.error().code;
}

}
