// The multipart answer of $batch, in the exact form that clients' own parsers can digest
// (web-api.md 4.3; 5, traps 21 to 25).
#pragma once

#include "platform/environment/environment.h"
#include "platform/web_api/http/message.h"

#include <string>

namespace cashline::odata {

class BatchResponse {
public:
    explicit BatchResponse(Environment& environment);

    void add(http::Response const& response);
    void clear(); // what was added so far is not told
    struct Part {
        http::Response response {};
        std::string content_id {};
    };
    void add_change_set(std::vector<Part> const& parts);

    http::Response finish(int status) &&;

private:
    std::string m_boundary;
    std::string m_change_set; // boundaries of change sets begin so
    int m_change_sets {};
    std::string m_body {};
};

}
