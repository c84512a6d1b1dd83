// pack FOLDER FILE: the files below a folder as one file to be linked into the program, each plain
// and in the compressed forms that pay (platform/web_api/workspace/pages.cpp reads it). Without the
// folder the pack is empty.
#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string read_file(fs::path const& path)
{
    std::ifstream file(path, std::ios::binary);
    return { std::istreambuf_iterator<char>(file), {} };
}

void append(std::string& pack, std::string_view text)
{
    std::uint64_t const size = text.size();
    pack.append(reinterpret_cast<char const*>(&size), sizeof size);
    pack += text;
}

bool is_text(fs::path const& path)
{
    static constexpr std::string_view extensions[] = { ".html", ".js", ".mjs", ".css", ".json",
        ".svg", ".txt", ".xml", ".map", ".webmanifest", ".wasm" };
    return std::ranges::find(extensions, path.extension().string()) != std::end(extensions);
}

// Empty when it would not be smaller.
std::string brotli(std::string const& plain)
{
    std::string out(BrotliEncoderMaxCompressedSize(plain.size()), '\0');
    auto size = out.size();
    auto const is_done = BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW,
        BROTLI_MODE_TEXT, plain.size(), reinterpret_cast<std::uint8_t const*>(plain.data()), &size,
        reinterpret_cast<std::uint8_t*>(out.data()));
    out.resize(is_done && size < plain.size() ? size : 0);
    return out;
}

std::string gzip(std::string const& plain)
{
    z_stream stream {};
    constexpr auto window_with_gzip_head = 15 + 16;
    deflateInit2(
        &stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_with_gzip_head, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    auto const is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(is_done && stream.total_out < plain.size() ? stream.total_out : 0);
    deflateEnd(&stream);
    return out;
}

std::string packed(fs::path const& folder)
{
    std::vector<fs::path> paths;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            paths.push_back(entry.path());
        }
    }
    std::ranges::sort(paths);
    std::string pack = "CLWEB1\n";
    for (auto const& path : paths) {
        auto const plain = read_file(path);
        append(pack, fs::relative(path, folder).generic_string());
        append(pack, plain);
        append(pack, is_text(path) ? brotli(plain) : "");
        append(pack, is_text(path) ? gzip(plain) : "");
    }
    return pack;
}

}

int main(int count, char** words)
{
    if (count != 3) {
        std::fputs("usage: pack FOLDER FILE\n", stderr);
        return 2;
    }
    fs::path const folder = words[1];
    auto const pack = fs::exists(folder / "index.html") ? packed(folder) : std::string {};
    std::ofstream file(words[2], std::ios::binary);
    file << pack;
    file.close();
    return file ? 0 : 1;
}
