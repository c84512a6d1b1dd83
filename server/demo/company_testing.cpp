#include "server/demo/company_testing.h"

#include "server/apps.h"

namespace cashline {

namespace {

// Companies are made once a process and copied for each test.
Result<void> prepare_company(
    StoreOptions const& options, std::function<Result<void>(Platform&)> const& install)
{
    ManualEnvironment environment { CompanyTest::morning() };
    auto const platform =
        TRY(Platform::open({ .store = options, .environment = &environment, .apps = all_apps() }));
    TRY(install(*platform));
    TRY(platform->drain());
    return {};
}

}

void CompanyTest::SetUp()
{
    auto const install = [this](Platform& platform) -> Result<void> {
        if (!is_empty()) {
            TRY(demo::install_base(platform));
        }
        return prepare(platform);
    };
    m_store = fresh_store(GetParam(),
        { .name = is_empty() ? "empty company" : company_name(),
            .prepare_at = [&](StoreOptions const& options) {
                return prepare_company(options, install);
            } });
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
