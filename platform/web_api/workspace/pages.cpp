#include "platform/web_api/workspace/pages.h"

#include "platform/web_api/http/security_headers.h"

#include <cstring>

extern "C" {
extern char const cashline_web_pack_begin[];
extern char const cashline_web_pack_end[];
}

namespace cashline::workspace {

namespace {

constexpr std::string_view magic = "CLWEB1\n";
constexpr std::string_view nonce_place = "__CSP_NONCE__";
constexpr std::string_view prefix = "/app";

// Takes texts with their lengths (64 bits, little endian) in front off a pack.
class PackReader {
public:
    explicit PackReader(std::string_view rest) : m_rest(rest) { }
    bool is_at_end() const { return m_rest.empty(); }
    std::optional<std::string_view> take()
    {
        std::uint64_t size = 0;
        if (m_rest.size() < sizeof size) {
            return std::nullopt;
        }
        std::memcpy(&size, m_rest.data(), sizeof size);
        m_rest.remove_prefix(sizeof size);
        if (size > m_rest.size()) {
            return std::nullopt;
        }
        auto const text = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return text;
    }

private:
    std::string_view m_rest;
};

bool has_extension(std::string_view path) { return path.substr(path.rfind('/') + 1).contains('.'); }

}

Result<std::vector<http::EmbeddedFile>> unpack(std::string_view pack)
{
    std::vector<http::EmbeddedFile> files;
    if (pack.empty()) {
        return files;
    }
    if (!pack.starts_with(magic)) {
        return internal("pack_malformed", "The workspace's files in this program are damaged.");
    }
    PackReader reader(pack.substr(magic.size()));
    while (!reader.is_at_end()) {
        auto const path = reader.take();
        auto const plain = reader.take();
        auto const brotli = reader.take();
        auto const gzip = reader.take();
        if (!path || !plain || !brotli || !gzip) {
            return internal("pack_malformed", "The workspace's files in this program are damaged.");
        }
        files.push_back({ .path = *path, .plain = *plain, .brotli = *brotli, .gzip = *gzip });
    }
    return files;
}

std::string_view embedded_pack()
{
    return { cashline_web_pack_begin,
        static_cast<std::size_t>(cashline_web_pack_end - cashline_web_pack_begin) };
}

Pages::Pages(Environment& environment)
    : m_environment(environment)
    , m_files({ .url_prefix = std::string(prefix), .fallback = "index.html" })
{
}

Result<std::unique_ptr<Pages>> Pages::load(Environment& environment, std::string const& folder)
{
    std::unique_ptr<Pages> pages(new Pages(environment));
    if (!folder.empty()) {
        TRY(pages->m_files.add_folder(folder));
        return pages;
    }
    auto const files = TRY(unpack(embedded_pack()));
    pages->m_files.add(files);
    return pages;
}

http::Response Pages::answer(http::Request const& request) const
{
    auto const path = request.decoded_path().value_or("");
    auto const name = path.substr(std::min(path.size(), prefix.size()));
    auto const is_page = !has_extension(name) || name == "/index.html";
    if (is_page && (request.method == "GET" || request.method == "HEAD") && !is_empty()) {
        return start_page(request);
    }
    return m_files.answer(request);
}

http::Response Pages::start_page(http::Request const& request) const
{
    auto const nonce = http::make_nonce(m_environment);
    auto body = *m_files.find("index.html");
    for (auto at = body.find(nonce_place); at != std::string::npos;
        at = body.find(nonce_place, at + nonce.size())) {
        body.replace(at, nonce_place.size(), nonce);
    }
    auto response = http::content_response(200, "text/html; charset=utf-8", std::move(body));
    response.headers.add("Cache-Control", "no-cache");
    http::add_page_headers(
        request, response, { .nonce = nonce, .allows_inline_style_attributes = true });
    return response;
}

void Pages::add_to(http::Router& router)
{
    router.add({ .prefix = std::string(prefix),
        .handler =
            http::answer_with([this](http::Request const& request) { return answer(request); }),
        .work = std::nullopt });
}

}
