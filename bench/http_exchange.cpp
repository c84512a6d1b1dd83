#include "bench/http_exchange.h"

#include "core/text.h"

#include <algorithm>
#include <charconv>

namespace cashline::bench {

std::string to_bytes(HttpRequest const& request)
{
    std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (auto const& header : request.headers) {
        bytes += header.name + ": " + header.value + "\r\n";
    }
    if (request.method != "GET") {
        bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return bytes + "\r\n" + request.body;
}

std::size_t ResponseReader::put(std::string_view bytes)
{
    std::size_t taken = 0;
    if (!m_has_head) {
        // The end of the head may have been cut in two.
        auto const before = m_head.size();
        m_head += bytes;
        auto const end = m_head.find("\r\n\r\n", before < 3 ? 0 : before - 3);
        if (end == std::string::npos) {
            return bytes.size();
        }
        m_head.resize(end + 4);
        taken = m_head.size() - before;
        read_head();
    }
    auto const count = std::min(bytes.size() - taken, m_body_length - m_body_bytes);
    m_body += bytes.substr(taken, count);
    m_body_bytes += count;
    return taken + count;
}

void ResponseReader::read_head()
{
    m_has_head = true;
    auto const number = [](std::string_view text, auto& value) {
        std::from_chars(text.data(), text.data() + text.size(), value);
    };
    auto const space = m_head.find(' ');
    number(std::string_view(m_head).substr(space + 1), m_status);
    number(header("Content-Length"), m_body_length);
}

std::string_view ResponseReader::header(std::string_view name) const
{
    std::string_view rest(m_head);
    while (!rest.empty()) {
        auto const end = rest.find("\r\n");
        auto const line = rest.substr(0, end);
        auto const colon = line.find(':');
        if (colon != std::string_view::npos
            && text::equals_ignoring_ascii_case(line.substr(0, colon), name)) {
            return text::trim(line.substr(colon + 1));
        }
        rest = end == std::string_view::npos ? std::string_view {} : rest.substr(end + 2);
    }
    return {};
}

void ResponseReader::begin_next()
{
    m_head.clear();
    m_body.clear();
    m_body_length = m_body_bytes = 0;
    m_status = 0;
    m_has_head = false;
}

}
