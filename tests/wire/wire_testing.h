// Requests and answers of the Web API as text, without sockets, on the demo company of either
// database.
#pragma once

#include "platform/web_api/odata/service.h"
#include "server/demo/company_testing.h"

namespace cashline {

class WireTest : public CompanyTest {
protected:
    void SetUp() override;
    void TearDown() override;

    struct Ask {
        std::string method { "GET" };
        std::string path {}; // behind the root
        std::string body {};
        http::Headers headers {};
        std::string user { "ada" };
        std::string root { "/api/data/v9.2/" };
    };
    http::Response ask(Ask const& ask);
    http::Response get(std::string const& path, http::Headers headers = {});
    json::Value json_of(http::Response const& response);
    std::string code_of(http::Response const& response); // "404 0x80040217"
    // Creates a row and answers its id.
    std::string made(std::string const& set, std::string const& body);

    static constexpr std::string_view base = "https://crm.example/api/data/v9.2";

private:
    std::unique_ptr<http::WorkerPool> m_pool {};
    std::unique_ptr<odata::Service> m_service {};
};

}
