// tidy ROOT: checks the house rules on every source file below ROOT and prints each finding as
// "file:line: rule". Ends with 1 when there is one.

#include "tools/tidy/rules.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cashline::tidy {

namespace {

namespace fs = std::filesystem;

std::string read(fs::path const& path)
{
    std::ifstream file { path, std::ios::binary };
    return { std::istreambuf_iterator<char> { file }, {} };
}

bool is_ours(fs::directory_entry const& entry)
{
    auto const name = entry.path().filename().string();
    return name != "node_modules" && name != "dist" && name != "build" && !name.starts_with('.');
}

std::vector<SourceFile> read_sources(fs::path const& root)
{
    std::vector<SourceFile> files;
    for (auto const* const folder :
        { "core", "platform", "apps", "server", "tests", "bench", "tools", "web" }) {
        if (!fs::exists(root / folder)) {
            continue;
        }
        for (fs::recursive_directory_iterator entry { root / folder }, end; entry != end; ++entry) {
            if (!is_ours(*entry)) {
                entry.disable_recursion_pending();
                continue;
            }
            SourceFile const name { .path = entry->path().lexically_relative(root).string() };
            if (entry->is_regular_file() && (name.is_cpp() || name.is_web())) {
                files.push_back(make_source_file(name.path, read(entry->path())));
            }
        }
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

void check_readmes(fs::path const& root, Findings& findings)
{
    if (!fs::exists(root / "apps")) {
        return;
    }
    for (auto const& app : fs::directory_iterator { root / "apps" }) {
        if (app.is_directory() && !fs::exists(app.path() / "README.md")) {
            auto const path = app.path().lexically_relative(root).string();
            findings.push_back({ path, 1, "an app needs a README.md that says what it owns" });
        }
    }
}

Result<Findings> check(fs::path const& root)
{
    auto const dependencies = TRY(parse_dependencies(read(root / "tools/dependencies.txt")));
    auto const bans = TRY(parse_bans(read(root / "tools/banned.txt")));
    if (dependencies.folders.empty() || bans.empty()) {
        return missing("rules_missing", "tools/dependencies.txt or tools/banned.txt is not there.");
    }
    Findings findings;
    for (auto const& file : read_sources(root)) {
        check_includes(file, dependencies, findings);
        check_banned_words(file, bans, findings);
        check_shape(file, findings);
    }
    check_readmes(root, findings);
    return findings;
}

}

}

int main(int count, char** arguments)
{
    auto const findings = cashline::tidy::check(count > 1 ? arguments[1] : ".");
    if (!findings) {
        std::fprintf(stderr, "tidy: %s\n", findings.error().text.c_str());
        return 2;
    }
    for (auto const& finding : *findings) {
        std::printf("%s:%zu: %s\n", finding.path.c_str(), finding.line, finding.text.c_str());
    }
    return findings->empty() ? 0 : 1;
}
