// The workspace's files under /app/: linked into the program, or from a folder. Every path that is
// no file answers the start page, with a nonce of its own for this one answer.
#pragma once

#include "platform/environment/environment.h"
#include "platform/web_api/http/router.h"
#include "platform/web_api/http/static_files.h"

#include <memory>

namespace cashline::workspace {

class Pages {
public:
    // `folder` wins over what is linked in; empty: only that.
    static Result<std::unique_ptr<Pages>> load(Environment& environment, std::string const& folder);

    bool is_empty() const { return m_files.find("index.html") == nullptr; }
    http::Response answer(http::Request const& request) const;
    void add_to(http::Router& router); // outlives the router

private:
    explicit Pages(Environment& environment);
    http::Response start_page(http::Request const& request) const;

    Environment& m_environment;
    http::StaticFiles m_files;
};

// Files packed by tools/pack; "pack_malformed".
Result<std::vector<http::EmbeddedFile>> unpack(std::string_view pack);
// What the build linked in; empty where the front end was not built.
std::string_view embedded_pack();

}
