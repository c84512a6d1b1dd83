// The demo company on a fresh store, and its people as callers: what every story starts from.
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/store/store_testing.h"
#include "server/demo/demo_company.h"

#include <gtest/gtest.h>

namespace cashline {

class CompanyTest : public ::testing::TestWithParam<Dialect> {
public:
    static Timestamp morning() { return Timestamp::parse("2027-03-01T09:00:00Z").value(); }

protected:
    void SetUp() override;
    // What a test puts beside the apps of the build, such as ports that answer as it says.
    virtual void register_more(Registry&) { }
    // A company without anything of the demo, as "serve --empty" makes it.
    virtual bool is_empty() const { return false; }
    // What a class of tests adds to the company, made once a process under a name of its own.
    virtual std::string company_name() const { return "company"; }
    virtual Result<void> prepare(Platform&) const { return {}; }

    Platform& platform() { return *m_platform; }
    ManualEnvironment& environment() { return m_environment; }
    Caller as(std::string_view user_name, Door door = Door::web_api);

private:
    // Another seed than the one the company was made with: ids must not meet.
    ManualEnvironment m_environment { morning(), 2 };
    std::unique_ptr<FreshStore> m_store {};
    std::unique_ptr<Platform> m_platform {};
};

}
