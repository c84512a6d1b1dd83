#include "platform/web_api/http/static_files.h"

#include "core/text.h"
#include "platform/files/whole_file.h"
#include "platform/web_api/http/compression.h"
#include "platform/web_api/http/entity_tag.h"

#include <utility>

namespace cashline::http {

namespace {

std::shared_ptr<std::string const> share(std::string_view bytes)
{
    return bytes.empty() ? nullptr : std::make_shared<std::string const>(bytes);
}

bool has_extension(std::string_view path)
{
    auto const slash = path.rfind('/');
    return path.substr(slash == std::string_view::npos ? 0 : slash).contains('.');
}

Response not_found()
{
    return error_response(404, "file_not_found", "There is nothing at this address.");
}

}

StaticFiles::StaticFiles(StaticOptions options) : m_options(std::move(options)) { }

void StaticFiles::insert(EmbeddedFile const& file)
{
    m_files.insert_or_assign(std::string(file.path),
        File {
            .content_type = std::string(content_type_of(file.path)),
            .tag = tag_of(file.plain),
            .plain = std::make_shared<std::string const>(file.plain),
            .brotli = share(file.brotli),
            .gzip = share(file.gzip),
        });
}

void StaticFiles::add(std::span<EmbeddedFile const> files)
{
    for (auto const& file : files) {
        insert(file);
    }
}

Result<void> StaticFiles::add_folder(std::filesystem::path const& folder)
{
    std::error_code error;
    std::filesystem::recursive_directory_iterator entries(folder, error);
    for (; !error && entries != std::filesystem::recursive_directory_iterator {};
        entries.increment(error)) {
        auto const& path = entries->path();
        auto const is_form = path.extension() == ".br" || path.extension() == ".gz";
        if (!entries->is_regular_file() || is_form) {
            continue;
        }
        auto const read_form = [&](char const* suffix) -> Result<std::string> {
            auto const form = std::filesystem::path(path.string() + suffix);
            return std::filesystem::exists(form) ? read_whole_file(form) : Result<std::string>("");
        };
        auto const plain = TRY(read_whole_file(path));
        auto const brotli = TRY(read_form(".br"));
        auto const gzip = TRY(read_form(".gz"));
        auto const name = std::filesystem::relative(path, folder).generic_string();
        insert({ .path = name, .plain = plain, .brotli = brotli, .gzip = gzip });
    }
    if (error) {
        return internal("folder_unreadable",
            "The folder " + folder.string() + " cannot be read: " + error.message());
    }
    return {};
}

std::string const* StaticFiles::find(std::string_view path) const
{
    auto const found = m_files.find(path);
    return found == m_files.end() ? nullptr : found->second.plain.get();
}

StaticFiles::File const* StaticFiles::look_up(std::string_view path, std::string& name) const
{
    if (!path.starts_with(m_options.url_prefix)) {
        return nullptr;
    }
    name = path.substr(m_options.url_prefix.size());
    if (name.starts_with('/')) {
        name.erase(0, 1);
    }
    auto found = m_files.find(name);
    if (found == m_files.end() && !has_extension(name)) {
        name = m_options.fallback;
        found = m_files.find(name);
    }
    return found == m_files.end() ? nullptr : &found->second;
}

Response StaticFiles::answer(Request const& request) const
{
    if (request.method != "GET" && request.method != "HEAD") {
        auto refusal =
            error_response(405, "method_not_allowed", "Only GET and HEAD are possible here.");
        refusal.headers.add("Allow", "GET, HEAD");
        return refusal;
    }
    auto const path = request.decoded_path();
    std::string name;
    auto const* const file = path ? look_up(*path, name) : nullptr;
    if (!file) {
        return not_found();
    }
    auto const accepted = request.headers.value("Accept-Encoding");
    Response response;
    auto tag = file->tag;
    response.shared_body = file->plain;
    if (file->brotli && accepts_coding(accepted, "br")) {
        response.shared_body = file->brotli;
        response.headers.add("Content-Encoding", "br");
        tag += "-br";
    } else if (file->gzip && accepts_coding(accepted, "gzip")) {
        response.shared_body = file->gzip;
        response.headers.add("Content-Encoding", "gzip");
        tag += "-gz";
    }
    auto const is_hashed =
        !m_options.immutable_folder.empty() && name.starts_with(m_options.immutable_folder);
    tag = "\"" + tag + "\"";
    response.headers.add("Content-Type", file->content_type);
    response.headers.add("ETag", tag);
    response.headers.add(
        "Cache-Control", is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
    response.headers.add("Vary", "Accept-Encoding");
    response.headers.add("X-Content-Type-Options", "nosniff");
    if (matches_tag(request.headers.value("If-None-Match"), tag)) {
        response.status = 304;
        response.shared_body.reset();
        response.headers.remove("Content-Encoding");
    }
    return response;
}

std::string_view content_type_of(std::string_view path)
{
    static constexpr std::pair<std::string_view, std::string_view> types[] = {
        { ".html", "text/html; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".mjs", "text/javascript; charset=utf-8" },
        { ".css", "text/css; charset=utf-8" },
        { ".json", "application/json" },
        { ".map", "application/json" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
        { ".jpg", "image/jpeg" },
        { ".jpeg", "image/jpeg" },
        { ".gif", "image/gif" },
        { ".webp", "image/webp" },
        { ".ico", "image/x-icon" },
        { ".woff", "font/woff" },
        { ".woff2", "font/woff2" },
        { ".txt", "text/plain; charset=utf-8" },
        { ".xml", "application/xml" },
        { ".pdf", "application/pdf" },
        { ".wasm", "application/wasm" },
        { ".webmanifest", "application/manifest+json" },
    };
    for (auto const& [extension, type] : types) {
        if (path.ends_with(extension)) {
            return type;
        }
    }
    return "application/octet-stream";
}

}
