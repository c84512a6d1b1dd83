#include "tests/stories/world.h"

#include "server/apps.h"
#include "server/commands/all.h"
#include "server/configuration.h"
#include "server/demo_sign_in.h"
#include "server/public_address.h"
#include "server/verify_company.h"
#include "tests/stories/http_door.h"
#include "tests/stories/in_process_door.h"

#include <fstream>

namespace cashline::story {

namespace {

namespace fs = std::filesystem;

// The files that the rows of the prepared company name; the same for both databases.
fs::path const& demo_files()
{
    static TemporaryFolder const folder;
    return folder.path();
}

Result<void> prepare_demo(StoreOptions const& options)
{
    auto const platform = TRY(Platform::open(
        { .store = options, .files_path = demo_files().string(), .apps = all_apps() }));
    return server::install_demo(*platform);
}

// A story is played faster than a person fills in a form.
void let_forms_be_quick(fs::path const& folder)
{
    std::ofstream file(folder / "cashline.toml", std::ios::app);
    file << "[shop]\nfill_seconds_min = 0\n";
}

struct MailUser {
    Id user {};
    Client client {};
};

// As `cashline app-user add --name mail --role "Mail Service"` does.
Result<MailUser> add_mail_user(server::Company& company)
{
    server::CompanyContext context { company.platform(), company.data_path(), {} };
    json::Value const arguments { json::Object {
        { "name", "mail" }, { "role", json::Array { "Mail Service" } } } };
    auto const output =
        TRY(server::app_user_add_command().on_company(context, server::Arguments(arguments)));
    auto const document = TRY(json::parse(output.text));
    return MailUser { .user = Id::parse(document.text("user_id")).value_or(Id {}),
        .client = { std::string(document.text("client_id")),
            std::string(document.text("client_secret")) } };
}

}

std::string setting_name(::testing::TestParamInfo<Setting> const& info)
{
    auto const* database = info.param.dialect == Dialect::sqlite ? "sqlite" : "postgresql";
    auto const* way = info.param.way == Way::in_process ? "_in_process" : "_over_http";
    return std::string(database) + way;
}

std::unique_ptr<World> World::open(Setting const& setting)
{
    std::unique_ptr<World> world(new World);
    world->m_store = fresh_store(setting.dialect, { .name = "demo", .prepare_at = prepare_demo });
    if (!world->m_store) {
        return nullptr;
    }
    auto const started = world->start(setting);
    EXPECT_TRUE(started.has_value()) << started.error().code << ": " << started.error().text;
    return world;
}

Result<void> World::start(Setting const& setting)
{
    m_store->close();
    auto const& place = m_store->options();
    if (setting.dialect == Dialect::sqlite) {
        fs::copy_file(place.path, m_folder.path() / "cashline.db");
    }
    fs::copy(demo_files(), m_folder.path() / "files", fs::copy_options::recursive);
    TRY(server::write_configuration(m_folder.path().string(), place.postgresql));
    let_forms_be_quick(m_folder.path());
    m_company = TRY(server::Company::open({ .data_path = m_folder.path().string() }));
    return open_door(setting.way);
}

Result<void> World::open_door(Way way)
{
    auto const mail = TRY(add_mail_user(*m_company));
    if (way == Way::in_process) {
        m_door = std::make_unique<InProcessDoor>(platform(), mail.user);
        return {};
    }
    m_web = std::make_unique<server::WebServer>(*m_company, server::WebServerOptions {});
    TRY(m_web->start());
    TRY(server::ensure_public_address(
        platform(), "http://127.0.0.1:" + std::to_string(m_web->port())));
    platform().start_background();
    m_door = std::make_unique<HttpDoor>(platform(), m_web->port(), mail.client);
    return {};
}

World::~World()
{
    if (m_web) {
        m_web->stop();
        platform().stop_background();
    }
    // The company before the store that keeps its database.
    m_door.reset();
    m_web.reset();
    m_company.reset();
}

void World::expect_sound()
{
    auto const found = server::verify_company(platform());
    ASSERT_TRUE(found.has_value()) << found.error().code << ": " << found.error().text;
    for (auto const& finding : *found) {
        ADD_FAILURE() << finding.check << " " << finding.table << " " << finding.row.to_string()
                      << " " << finding.column << ": " << finding.text << " expected "
                      << finding.expected << ", found " << finding.found;
    }
}

}
