#include "server/demo/company_testing.h"

#include "server/apps.h"

namespace cashline {

void CompanyTest::SetUp()
{
    m_store = fresh_store(GetParam());
    if (!m_store) {
        GTEST_SKIP() << "This database is not installed here.";
    }
    m_store->close();
    auto opened = Platform::open(
        { .store = m_store->options(), .environment = &m_environment, .apps = all_apps() });
    ASSERT_TRUE(opened.has_value()) << opened.error().code << ": " << opened.error().text;
    m_platform = std::move(*opened);
    auto const installed = demo::install_base(*m_platform);
    ASSERT_TRUE(installed.has_value()) << installed.error().code << ": " << installed.error().text;
}

Caller CompanyTest::as(std::string_view user_name, Door door)
{
    return m_platform->caller_of(demo::named("systemuser", user_name), door).value();
}

}
