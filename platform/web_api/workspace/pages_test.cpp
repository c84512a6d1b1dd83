#include "platform/store/store_testing.h"
#include "platform/web_api/workspace/pages.h"

#include <gtest/gtest.h>

#include <fstream>

namespace cashline::workspace {

namespace {

class WorkspacePages : public ::testing::Test {
protected:
    void write(std::string const& name, std::string const& content)
    {
        auto const path = m_folder.path() / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << content;
    }
    http::Response get(std::string const& target, std::string const& method = "GET")
    {
        if (!m_pages) {
            write("index.html",
                "<style nonce=\"__CSP_NONCE__\"></style><script src=\"/app/assets/app-1.js\">");
            write("assets/app-1.js", "run()");
            write("favicon.svg", "<svg/>");
            m_pages = Pages::load(m_environment, m_folder.path().string()).value();
        }
        return m_pages->answer({ .method = method, .target = target });
    }

    TemporaryFolder m_folder {};
    ManualEnvironment m_environment { Timestamp {} };
    std::unique_ptr<Pages> m_pages {};
};

TEST_F(WorkspacePages, every_path_that_is_no_file_is_the_start_page)
{
    for (auto const* path : { "/app", "/app/", "/app/t/lead", "/app/office/orders/1",
             "/app/index.html", "/app/?from=mail" }) {
        auto const page = get(path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_TRUE(page.headers.value("Content-Type").starts_with("text/html")) << path;
        EXPECT_EQ(page.headers.value("Cache-Control"), "no-cache") << path;
    }
}

TEST_F(WorkspacePages, the_start_page_has_a_nonce_of_its_own_each_time)
{
    auto const nonce_of = [](http::Response const& page) {
        auto const body = std::string(page.content());
        auto const at = body.find("nonce=\"") + 7;
        return body.substr(at, body.find('"', at) - at);
    };
    auto const first = get("/app/");
    auto const nonce = nonce_of(first);
    EXPECT_GE(nonce.size(), 16U);
    EXPECT_FALSE(first.content().contains("__CSP_NONCE__"));
    auto const policy = first.headers.value("Content-Security-Policy");
    EXPECT_TRUE(policy.contains("'nonce-" + nonce + "'")) << policy;
    EXPECT_TRUE(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"));
    EXPECT_NE(nonce_of(get("/app/")), nonce);
}

TEST_F(WorkspacePages, files_with_a_hash_in_their_name_stay_for_ever)
{
    auto const script = get("/app/assets/app-1.js");
    EXPECT_EQ(script.status, 200);
    EXPECT_EQ(script.content(), "run()");
    EXPECT_TRUE(script.headers.value("Content-Type").contains("javascript"));
    EXPECT_TRUE(script.headers.value("Cache-Control").contains("immutable"));
    EXPECT_FALSE(get("/app/favicon.svg").headers.value("Cache-Control").contains("immutable"));
}

TEST_F(WorkspacePages, what_is_not_there_is_not_found_and_nothing_outside_is_reached)
{
    EXPECT_EQ(get("/app/assets/app-2.js").status, 404);
    EXPECT_EQ(get("/app/../etc/passwd.txt").status, 404);
    EXPECT_EQ(get("/app/%2e%2e/%2e%2e/etc/passwd.txt").status, 404);
    EXPECT_EQ(get("/app/assets/app-1.js", "POST").status, 405);
}

TEST_F(WorkspacePages, a_program_without_them_has_no_start_page)
{
    auto const pages = Pages::load(m_environment, (m_folder.path() / "none").string());
    if (pages) {
        EXPECT_TRUE((*pages)->is_empty());
    }
    EXPECT_FALSE(unpack("not a pack").has_value());
    EXPECT_TRUE(unpack("").value().empty());
}

TEST_F(WorkspacePages, what_the_build_linked_in_is_whole)
{
    auto const files = unpack(embedded_pack());
    ASSERT_TRUE(files.has_value()) << files.error().text;
    for (auto const& file : *files) {
        EXPECT_FALSE(file.path.empty());
        EXPECT_FALSE(file.plain.empty()) << file.path;
    }
}

}

}
