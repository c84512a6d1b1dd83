#include "server/demo/company_testing.h"

#include "server/apps.h"

namespace cashline {

namespace {

// The company is made once a process and copied for each test.
Result<void> prepare_company(StoreOptions const& options)
{
    ManualEnvironment environment { CompanyTest::morning() };
    auto const platform =
        TRY(Platform::open({ .store = options, .environment = &environment, .apps = all_apps() }));
    TRY(demo::install_base(*platform));
    TRY(platform->drain());
    return {};
}

}

void CompanyTest::SetUp()
{
    m_store = fresh_store(GetParam(), { .name = "company", .prepare_at = prepare_company });
    if (!m_store) {
        GTEST_SKIP() << "This database is not installed here.";
    }
    m_store->close();
    auto apps = all_apps();
    apps.emplace_back([this](Registry& registry) { register_more(registry); });
    auto opened = Platform::open(
        { .store = m_store->options(), .environment = &m_environment, .apps = std::move(apps) });
    ASSERT_TRUE(opened.has_value()) << opened.error().code << ": " << opened.error().text;
    m_platform = std::move(*opened);
}

Caller CompanyTest::as(std::string_view user_name, Door door)
{
    return m_platform->caller_of(demo::named("systemuser", user_name), door).value();
}

}
