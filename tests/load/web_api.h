// The Web API as a load calls it: rows, messages, change sets, by an application user's token.
#pragma once

#include "core/json.h"
#include "core/result.h"
#include "tests/load/http_client.h"
#include "tests/load/server_process.h"

#include <filesystem>

namespace cashline::load {

struct Application {
    std::string client_id {};
    std::string client_secret {};
};

// `cashline app-user add` on the data folder, whether a server runs on it or not.
Result<Application> add_application(ServerOptions const& server, std::string const& role);

// One part of a change set.
struct Change {
    std::string method {};
    std::string path {}; // behind /api/data/v9.2/
    json::Value body {};
};

class WebAPI {
public:
    explicit WebAPI(std::uint16_t port) : m_client(port) { }

    // Empty when the token endpoint refuses or cannot be reached. Many clients may share one token.
    std::string ask_token(Application const& application);
    // Asks for a token and uses it; false when there is none.
    bool sign_in(Application const& application);
    Answer create(std::string_view set, json::Value const& row);
    // PATCH of a row that must exist.
    Answer update(std::string_view path, json::Value const& columns);
    Answer remove(std::string_view path);
    Answer retrieve(std::string_view path);
    Answer call(std::string_view message, json::Value const& body);
    // All of them or none, in one $batch; the status is that of the change that failed.
    Answer change_set(std::vector<Change> const& changes);
    HttpClient& http() { return m_client; }

private:
    HttpClient m_client;
};

// The rows of a list, or the row itself; null when the answer is no success or no JSON.
json::Value document_of(Answer const& answer);
// The id at the end of OData-EntityId; empty when there is none.
std::string created_id(Answer const& answer);

}
