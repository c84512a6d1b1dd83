// The client and the process control that faults and bench rely on, against the real program.
#include "platform/store/store_testing.h"
#include "tests/load/web_api.h"

#include <gtest/gtest.h>

namespace cashline::load {

namespace {

class Load : public ::testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_FALSE(m_options.program.empty()) << "The program is not built.";
        auto started = ServerProcess::start(m_options);
        ASSERT_TRUE(started.has_value()) << started.error().text;
        m_server.emplace(std::move(*started));
    }

    TemporaryFolder m_folder {};
    ServerOptions m_options { .data = m_folder.path() / "data", .more = { "--empty" } };
    std::optional<ServerProcess> m_server {};
};

TEST_F(Load, rows_and_change_sets_go_through_the_web_api)
{
    auto const application = add_application(m_options, "System Administrator");
    ASSERT_TRUE(application.has_value()) << application.error().text;
    WebAPI api(m_server->port());
    ASSERT_TRUE(api.sign_in(*application));
    auto const made =
        api.create("leads", json::Object { { "subject", "One" }, { "lastname", "Load" } });
    EXPECT_EQ(made.status, 204) << made.body;
    auto const path = "leads(" + created_id(made) + ")";
    EXPECT_EQ(api.update(path, json::Object { { "subject", "Two" } }).status, 204);
    EXPECT_EQ(document_of(api.retrieve(path + "?$select=subject")).text("subject"), "Two");
    auto const both = api.change_set(
        { { "POST", "leads", json::Object { { "subject", "Three" }, { "lastname", "Load" } } },
            { "PATCH", path, json::Object { { "subject", "Four" } } } });
    EXPECT_EQ(both.status, 200) << both.body;
    EXPECT_EQ(document_of(api.retrieve("leads?$select=subject")).array("value").size(), 2U);
    EXPECT_EQ(api.remove(path).status, 204);
    EXPECT_EQ(api.retrieve(path).status, 404);
}

TEST_F(Load, a_request_to_a_killed_server_has_no_known_end)
{
    WebAPI api(m_server->port());
    EXPECT_EQ(api.http().get("/health").status, 200);
    m_server->kill_now();
    EXPECT_FALSE(api.http().get("/health").is_known());
    auto again = ServerProcess::start({ .data = m_options.data });
    ASSERT_TRUE(again.has_value()) << again.error().text;
    EXPECT_EQ(again->stop(), 0);
}

}

}
