#include "server/demo/company_testing.h"

#include "server/apps.h"

namespace cashline {

namespace {

// Companies are made once a process and copied for each test.
Result<void> prepare(StoreOptions const& options, Result<void> (*install)(Platform&))
{
    ManualEnvironment environment { CompanyTest::morning() };
    auto const platform =
        TRY(Platform::open({ .store = options, .environment = &environment, .apps = all_apps() }));
    TRY(install(*platform));
    TRY(platform->drain());
    return {};
}

Result<void> prepare_company(StoreOptions const& options)
{
    return prepare(options, demo::install_base);
}

Result<void> prepare_empty_company(StoreOptions const& options)
{
    return prepare(options, [](Platform&) -> Result<void> { return {}; });
}

}

void CompanyTest::SetUp()
{
    m_store = is_empty()
        ? fresh_store(GetParam(), { .name = "empty company", .prepare_at = prepare_empty_company })
        : fresh_store(GetParam(), { .name = "company", .prepare_at = prepare_company });
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
