// HTTP requests and responses as the rest of the house sees them: plain values without sockets.
// Nothing here knows how bytes arrive or leave; server.h carries them.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::http {

class EventChannel;

struct Header {
    std::string name {};
    std::string value {};
};

// Headers in the order they were sent. Names compare ignoring ASCII case.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<Header> list) : m_list(list) { }

    std::optional<std::string_view> find(std::string_view name) const; // the first of that name
    std::string_view value(std::string_view name) const; // the first, or empty
    std::vector<std::string_view> all(std::string_view name) const;
    bool contains(std::string_view name) const { return find(name).has_value(); }
    // Whether a comma separated list under `name` holds the token, ignoring case.
    bool has_token(std::string_view name, std::string_view token) const;

    void add(std::string_view name, std::string_view value);
    void set(std::string_view name, std::string_view value); // replaces all of that name
    void remove(std::string_view name);

    std::size_t size() const { return m_list.size(); }
    auto begin() const { return m_list.begin(); }
    auto end() const { return m_list.end(); }

private:
    std::vector<Header> m_list {};
};

struct Request {
    std::string method {};
    std::string target {}; // origin form: path and raw query, as sent
    Headers headers {};
    std::string body {};
    std::string remote_address {}; // the peer, or the client a trusted proxy names
    std::string scheme { "http" }; // as the client used it
    std::string host {}; // with port, as the client used it
    std::string request_id {}; // a UUID; on every refusal as REQ_ID

    std::string_view path() const; // raw, before '?'
    std::string_view query() const; // raw, after '?', or empty
    // Percent-decoded once; nothing when an escape is broken or a NUL hides in it.
    std::optional<std::string> decoded_path() const;
    // The first query parameter of that name, decoded; nothing when absent.
    std::optional<std::string> query_value(std::string_view name) const;
    std::string origin() const { return scheme + "://" + host; }
};

struct Response {
    int status { 200 };
    Headers headers {};
    std::string body {};
    // Sent instead of `body` when set; shared because assets go out on many connections at once.
    std::shared_ptr<std::string const> shared_body {};
    // Turns the answer into a stream; shared with whoever pushes bytes into it.
    std::shared_ptr<EventChannel> events {};
    // Off for pages that carry a secret next to text the client chose (compression would leak it).
    bool may_compress { true };
    bool closes_connection {};

    std::string_view content() const { return shared_body ? *shared_body : body; }
};

// What is decided about a request when only its head is known.
struct Admission {
    std::size_t body_bytes_max {};
    std::optional<Response> refusal {};
};

// Called from any thread, exactly once. Destroyed uncalled, the client gets a 500.
using Respond = std::move_only_function<void(Response)>;
using Handler = std::function<void(Request, Respond)>;
using Admit = std::function<Admission(Request const&)>;

// {"error":{"code":…,"message":…}}: the Web API's form, which every refusal of this layer has.
Response error_response(int status, std::string_view code, std::string_view message);
Response content_response(int status, std::string_view content_type, std::string body);
Response redirect_response(std::string_view location, int status = 303);

std::string_view reason_phrase(int status);
bool is_token(std::string_view text); // RFC 9110 token
bool is_header_value(std::string_view text); // no CR, LF, NUL or other controls but tab
bool response_has_no_body(int status); // 1xx, 204, 304

}
