// The web side of a running company: routes, sign-in, Web API, pages, health and metrics.
#pragma once

#include "server/company.h"

#include <memory>
#include <string>

namespace cashline::server {

struct WebServerOptions {
    std::string host { "127.0.0.1" };
    std::uint16_t port {};
    std::string web_path {}; // the workspace's files on disk instead of the embedded ones
    bool trusts_forwarded {};
};

class WebServer {
public:
    WebServer(Company& company, WebServerOptions options);
    ~WebServer();

    Result<void> start();
    std::uint16_t port() const;
    // Lets what runs finish.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}
