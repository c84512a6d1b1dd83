#include "platform/web_api/http/static_files.h"

#include "platform/web_api/http/compression.h"
#include "platform/web_api/http/security_headers.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace cashline::http {

namespace {

StaticFiles example()
{
    static constexpr EmbeddedFile files[] = {
        { .path = "index.html", .plain = "<!doctype html>" },
        { .path = "assets/app-4f3a.js", .plain = "let a", .brotli = "BR", .gzip = "GZ" },
    };
    StaticFiles result({ .url_prefix = "/app", .fallback = "index.html" });
    result.add(files);
    return result;
}

Response get(StaticFiles const& files, std::string target, Headers headers = {})
{
    return files.answer(
        { .method = "GET", .target = std::move(target), .headers = std::move(headers) });
}

std::string decompress(std::string_view bytes, ContentCoding coding)
{
    std::string out(1'000'000, '\0');
    auto size = out.size();
    auto const* const in = reinterpret_cast<std::uint8_t const*>(bytes.data());
    auto* const target = reinterpret_cast<std::uint8_t*>(out.data());
    if (coding == ContentCoding::zstd) {
        size = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
    } else if (coding == ContentCoding::brotli) {
        BrotliDecoderDecompress(bytes.size(), in, &size, target);
    } else {
        z_stream stream {};
        inflateInit2(&stream, 15 + 16);
        stream.next_in = const_cast<Bytef*>(in);
        stream.avail_in = static_cast<uInt>(bytes.size());
        stream.next_out = target;
        stream.avail_out = static_cast<uInt>(out.size());
        inflate(&stream, Z_FINISH);
        size = stream.total_out;
        inflateEnd(&stream);
    }
    out.resize(size);
    return out;
}

Response long_json()
{
    std::string body;
    for (auto count = 0; count < 500; ++count) {
        body += "{\"number\":" + std::to_string(count) + "}";
    }
    return content_response(200, "application/json; odata.metadata=minimal", body);
}

}

TEST(StaticFiles, serves_the_best_form_with_a_strong_tag)
{
    auto const files = example();
    auto const plain = get(files, "/app/assets/app-4f3a.js");
    EXPECT_EQ(plain.content(), "let a");
    EXPECT_EQ(plain.headers.value("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(plain.headers.value("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(plain.headers.value("X-Content-Type-Options"), "nosniff");
    auto const brotli =
        get(files, "/app/assets/app-4f3a.js", { { "Accept-Encoding", "gzip, br" } });
    EXPECT_EQ(brotli.content(), "BR");
    EXPECT_EQ(brotli.headers.value("Content-Encoding"), "br");
    EXPECT_NE(brotli.headers.value("ETag"), plain.headers.value("ETag"));
    auto const gzip =
        get(files, "/app/assets/app-4f3a.js", { { "Accept-Encoding", "gzip, br;q=0" } });
    EXPECT_EQ(gzip.content(), "GZ");
    auto const again = get(files, "/app/assets/app-4f3a.js",
        { { "If-None-Match", "\"x\", " + std::string(plain.headers.value("ETag")) } });
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.content().empty());
}

TEST(StaticFiles, page_addresses_get_the_page_and_missing_files_do_not)
{
    auto const files = example();
    for (auto const* target : { "/app", "/app/", "/app/leads/7?tab=x", "/app/index.html" }) {
        EXPECT_EQ(get(files, target).content(), "<!doctype html>") << target;
        EXPECT_EQ(get(files, target).headers.value("Cache-Control"), "no-cache") << target;
    }
    for (auto const* target : { "/app/assets/gone.js", "/app/../secret.txt",
             "/app/%2e%2e/secret.txt", "/app/%00.html", "/other" }) {
        EXPECT_EQ(get(files, target).status, 404) << target;
    }
    EXPECT_EQ(files.answer({ .method = "POST", .target = "/app" }).status, 405);
}

TEST(StaticFiles, reads_a_folder_with_its_compressed_forms)
{
    auto const folder =
        std::filesystem::temp_directory_path() / ("cashline-static-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder / "assets");
    std::ofstream(folder / "index.html") << "home";
    std::ofstream(folder / "assets/a.css") << "body {}";
    std::ofstream(folder / "assets/a.css.br") << "smaller";
    StaticFiles files;
    ASSERT_TRUE(files.add_folder(folder));
    EXPECT_EQ(get(files, "/index.html").content(), "home");
    EXPECT_EQ(get(files, "/assets/a.css", { { "Accept-Encoding", "br" } }).content(), "smaller");
    EXPECT_FALSE(files.contains("assets/a.css.br"));
    std::filesystem::remove_all(folder);
    EXPECT_FALSE(files.add_folder(folder));
}

TEST(Compression, round_trips_in_the_best_accepted_coding)
{
    auto const original = long_json().body;
    struct Case {
        std::string_view accept;
        std::string_view coding;
        ContentCoding value;
    };
    for (auto const& [accept, coding, value] : {
             Case { "gzip, deflate, br, zstd", "zstd", ContentCoding::zstd },
             Case { "gzip, deflate, br", "br", ContentCoding::brotli },
             Case { "gzip;q=1.0, br;q=0, *;q=0", "gzip", ContentCoding::gzip },
             Case { "*", "zstd", ContentCoding::zstd },
         }) {
        auto response = long_json();
        response.headers.add("ETag", "\"abc\"");
        compress_response(accept, response);
        EXPECT_EQ(response.headers.value("Content-Encoding"), coding) << accept;
        EXPECT_EQ(response.headers.value("Vary"), "Accept-Encoding");
        EXPECT_EQ(response.headers.value("ETag"), "W/\"abc\"");
        EXPECT_LT(response.body.size(), original.size() / 2);
        EXPECT_EQ(decompress(response.body, value), original) << accept;
    }
}

TEST(Compression, leaves_alone_what_should_not_be_touched)
{
    auto const is_untouched = [](Response response, std::string_view accept = "zstd") {
        compress_response(accept, response);
        return !response.headers.contains("Content-Encoding");
    };
    EXPECT_FALSE(is_untouched(long_json()));
    EXPECT_TRUE(is_untouched(long_json(), "identity"));
    EXPECT_TRUE(is_untouched(long_json(), "zstd;q=0.0, br;q=0"));
    EXPECT_TRUE(is_untouched(content_response(200, "application/json", "{}")));
    EXPECT_TRUE(is_untouched(content_response(200, "image/png", std::string(9'000, 'x'))));
    auto secret = long_json();
    secret.may_compress = false;
    EXPECT_TRUE(is_untouched(secret));
    auto partial = long_json();
    partial.status = 206;
    EXPECT_TRUE(is_untouched(partial));
}

TEST(SecurityHeaders, admit_only_what_carries_the_nonce)
{
    ManualEnvironment environment(Timestamp {}, 7);
    auto const nonce = make_nonce(environment);
    EXPECT_NE(nonce, make_nonce(environment));
    EXPECT_EQ(nonce.size(), 24U);
    Response response;
    add_page_headers({ .scheme = "https" }, response, { .nonce = nonce });
    auto const policy = response.headers.value("Content-Security-Policy");
    EXPECT_TRUE(policy.contains("script-src 'self' 'nonce-" + nonce + "';")) << policy;
    EXPECT_TRUE(policy.contains("frame-ancestors 'none'"));
    EXPECT_FALSE(policy.contains("unsafe"));
    EXPECT_EQ(response.headers.value("X-Content-Type-Options"), "nosniff");
    EXPECT_TRUE(response.headers.contains("Strict-Transport-Security"));
}

}
