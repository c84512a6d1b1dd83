// Built front ends and other fixed files, served from memory: in the best form the client accepts,
// with strong entity tags, for ever where the name carries a hash. Nothing outside the set can be
// reached, since paths are looked up and never touch the disk while serving.
#pragma once

#include "core/result.h"
#include "platform/web_api/http/message.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace cashline::http {

// A file linked into the program; the compressed forms may be empty.
struct EmbeddedFile {
    std::string_view path {}; // "assets/app-4f3a.js", without a leading slash
    std::string_view plain {};
    std::string_view brotli {};
    std::string_view gzip {};
};

struct StaticOptions {
    std::string url_prefix { "/" }; // stripped from the request's path
    std::string fallback {}; // answers paths without a file extension: a page app's index.html
    std::string immutable_folder { "assets/" }; // names in it carry a hash of their content
};

class StaticFiles {
public:
    explicit StaticFiles(StaticOptions options = {});

    void add(std::span<EmbeddedFile const> files);
    // Every regular file below the folder; "a.js.br" and "a.js.gz" become forms of "a.js".
    Result<void> add_folder(std::filesystem::path const& folder);

    // GET and HEAD; 404 and 405 otherwise.
    Response answer(Request const& request) const;
    bool contains(std::string_view path) const { return m_files.contains(path); }
    // The bytes of a file, for pages that are filled in before they are sent; null when absent.
    std::string const* find(std::string_view path) const;

private:
    struct File {
        std::string content_type {};
        std::string tag {}; // hex of the plain form's hash
        std::shared_ptr<std::string const> plain {}; // shared with answers being written
        std::shared_ptr<std::string const> brotli {};
        std::shared_ptr<std::string const> gzip {};
    };

    void insert(EmbeddedFile const& file);
    File const* look_up(std::string_view path, std::string& name) const;

    StaticOptions const m_options;
    std::map<std::string, File, std::less<>> m_files {};
};

std::string_view content_type_of(std::string_view path); // by its extension

}
