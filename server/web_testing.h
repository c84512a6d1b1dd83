// The server's routes on the demo company, without sockets: sign-in, Web API, documents, files and
// the shop, as a browser or a program meets them.
#pragma once

#include "platform/web_api/events/event_stream.h"
#include "platform/web_api/odata/service.h"
#include "platform/web_api/sign_in/endpoints.h"
#include "server/demo/company_testing.h"

namespace cashline {

class WebTest : public CompanyTest {
public:
    WebTest();
    ~WebTest() override;

protected:
    void SetUp() override;
    void TearDown() override;

    struct Ask {
        std::string method { "GET" };
        std::string target {};
        std::string body {};
        http::Headers headers {};
    };
    // With the cookie of whoever signed in last, and its CSRF token with writes.
    http::Response ask(Ask ask);
    http::Response get(std::string const& target, http::Headers headers = {})
    {
        return ask({ .target = target, .headers = std::move(headers) });
    }
    http::Response post(std::string const& target, std::string const& body)
    {
        return ask({ .method = "POST", .target = target, .body = body });
    }
    http::Response sign_in(std::string const& name, std::string const& password = "right words");
    void sign_out_here(); // forgets the cookie only
    std::string const& cookie() const { return m_cookie; }
    json::Value json_of(http::Response const& response);
    std::string code_of(http::Response const& response); // "404 0x80040217"
    // A program with a role: {client_id, client_secret}.
    std::pair<std::string, std::string> program(std::string const& role);
    std::string token_of(std::pair<std::string, std::string> const& client);

    std::string m_address { "192.0.2.7" };

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts {};
    std::string m_cookie {};
    std::string m_csrf {};
};

}
