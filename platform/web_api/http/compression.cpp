#include "platform/web_api/http/compression.h"

#include "core/text.h"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace cashline::http {

namespace {

// Below this the head outweighs what could be saved.
constexpr std::size_t bytes_min = 2 * 1'024;
constexpr int zstd_level = 1;
constexpr int brotli_level = 1;
constexpr int gzip_level = 1;
constexpr int gzip_window = 15 + 16; // 16 asks zlib for the gzip wrapper

bool shrinks(std::string_view content_type)
{
    auto const type = text::to_lower_ascii(content_type.substr(0, content_type.find(';')));
    static constexpr std::array<std::string_view, 5> exact { "application/json", "application/xml",
        "application/javascript", "application/manifest+json", "image/svg+xml" };
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml")
        || std::ranges::find(exact, type) != exact.end();
}

bool is_candidate(Response const& response)
{
    return response.may_compress && !response.events && response.content().size() >= bytes_min
        && response.status != 206 && !response_has_no_body(response.status)
        && !response.headers.contains("Content-Encoding")
        && !response.headers.has_token("Cache-Control", "no-transform")
        && shrinks(response.headers.value("Content-Type"));
}

std::optional<ContentCoding> choose(std::string_view accept_encoding)
{
    if (accepts_coding(accept_encoding, "zstd")) {
        return ContentCoding::zstd;
    }
    if (accepts_coding(accept_encoding, "br")) {
        return ContentCoding::brotli;
    }
    if (accepts_coding(accept_encoding, "gzip")) {
        return ContentCoding::gzip;
    }
    return std::nullopt;
}

std::string_view name_of(ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::identity:
        return "identity";
    case ContentCoding::gzip:
        return "gzip";
    case ContentCoding::brotli:
        return "br";
    case ContentCoding::zstd:
        return "zstd";
    }
    std::unreachable();
}

std::string compress_zstd(std::string_view bytes)
{
    struct Free {
        void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    };
    // A context costs more than a small body; one stays with each worker.
    thread_local std::unique_ptr<ZSTD_CCtx, Free> const context(ZSTD_createCCtx());
    if (!context) {
        return {};
    }
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    auto const size = ZSTD_compressCCtx(
        context.get(), out.data(), out.size(), bytes.data(), bytes.size(), zstd_level);
    out.resize(ZSTD_isError(size) != 0 ? 0 : size);
    return out;
}

std::string compress_brotli(std::string_view bytes)
{
    auto size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    auto const is_done = BrotliEncoderCompress(brotli_level, BROTLI_DEFAULT_WINDOW,
        BROTLI_MODE_TEXT, bytes.size(), reinterpret_cast<std::uint8_t const*>(bytes.data()), &size,
        reinterpret_cast<std::uint8_t*>(out.data()));
    out.resize(is_done == BROTLI_TRUE ? size : 0);
    return out;
}

std::string compress_gzip(std::string_view bytes)
{
    if (bytes.size() > std::numeric_limits<uInt>::max() / 2) {
        return {};
    }
    z_stream stream {};
    auto const is_ready = deflateInit2(
        &stream, gzip_level, Z_DEFLATED, gzip_window, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
    if (is_ready != Z_OK) {
        return {};
    }
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // only read
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    auto const result = deflate(&stream, Z_FINISH);
    out.resize(result == Z_STREAM_END ? stream.total_out : 0);
    deflateEnd(&stream);
    return out;
}

// "0", "0.", "0.0" … refuse; anything else accepts.
bool is_zero_weight(std::string_view parameters)
{
    auto const mark = parameters.find("q=");
    if (mark == std::string_view::npos) {
        return false;
    }
    auto const weight = text::trim(parameters.substr(mark + 2));
    return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding)
{
    auto by_star = false;
    for (auto const item : text::split(accept_encoding, ',')) {
        auto const semicolon = std::min(item.find(';'), item.size());
        auto const name = text::trim(item.substr(0, semicolon));
        auto const is_wanted = !is_zero_weight(item.substr(semicolon));
        if (text::equals_ignoring_ascii_case(name, coding)) {
            return is_wanted;
        }
        by_star = by_star || (name == "*" && is_wanted);
    }
    return by_star;
}

std::string compress(std::string_view bytes, ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::identity:
        return std::string(bytes);
    case ContentCoding::gzip:
        return compress_gzip(bytes);
    case ContentCoding::brotli:
        return compress_brotli(bytes);
    case ContentCoding::zstd:
        return compress_zstd(bytes);
    }
    std::unreachable();
}

void compress_response(std::string_view accept_encoding, Response& response)
{
    if (!is_candidate(response)) {
        return;
    }
    // Even the plain form says so, or a cache would give it to everyone.
    if (!response.headers.has_token("Vary", "Accept-Encoding")) {
        response.headers.add("Vary", "Accept-Encoding");
    }
    auto const coding = choose(accept_encoding);
    if (!coding) {
        return;
    }
    auto compressed = compress(response.content(), *coding);
    if (compressed.empty() || compressed.size() >= response.content().size()) {
        return;
    }
    response.body = std::move(compressed);
    response.shared_body.reset();
    response.headers.set("Content-Encoding", name_of(*coding));
    // A strong tag promises these very bytes, which depend on the coding now.
    auto const tag = std::string(response.headers.value("ETag"));
    if (tag.starts_with('"')) {
        response.headers.set("ETag", "W/" + tag);
    }
}

}
