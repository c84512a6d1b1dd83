// The demo company as `serve` opens it, for one story: on either database, behind either door.
// Made once a process and copied.
#pragma once

#include "platform/store/store_testing.h"
#include "server/company.h"
#include "server/web_server.h"
#include "tests/stories/door.h"

#include <gtest/gtest.h>

namespace cashline::story {

enum class Way : std::uint8_t { in_process, over_http };

struct Setting {
    Dialect dialect {};
    Way way {};
};

inline auto every_setting()
{
    return ::testing::Values(Setting { Dialect::sqlite, Way::in_process },
        Setting { Dialect::sqlite, Way::over_http },
        Setting { Dialect::postgresql, Way::in_process },
        Setting { Dialect::postgresql, Way::over_http });
}
std::string setting_name(::testing::TestParamInfo<Setting> const& info);

class World {
public:
    // Nothing where the database is not installed.
    static std::unique_ptr<World> open(Setting const& setting);
    ~World();

    Door& door() { return *m_door; }
    Platform& platform() { return m_company->platform(); }
    // `cashline verify` on this company, its findings as failures.
    void expect_sound();

private:
    World() = default;
    Result<void> start(Setting const& setting);
    Result<void> open_door(Way way);

    std::unique_ptr<FreshStore> m_store {};
    TemporaryFolder m_folder {};
    std::unique_ptr<server::Company> m_company {};
    std::unique_ptr<server::WebServer> m_web {};
    std::unique_ptr<Door> m_door {};
};

}
