#include "core/text.h"
#include "tools/tidy/rules.h"

#include <algorithm>

namespace cashline::tidy {

namespace {

// What an include line names, with its opening bracket or quote: "core/text.h, <vector.
std::optional<std::string_view> included_by(std::string_view line)
{
    auto const directive = text::trim(line);
    if (!directive.starts_with('#')) {
        return {};
    }
    auto const command = text::trim(directive.substr(1));
    if (!command.starts_with("include")) {
        return {};
    }
    auto const name = text::trim(command.substr(7));
    auto const end = name.find_first_of(">\"", 1);
    if (name.empty() || end == std::string_view::npos) {
        return {};
    }
    return name.substr(0, end);
}

Dependencies::Folder const* folder_of(std::string_view path, Dependencies const& dependencies)
{
    Dependencies::Folder const* longest {};
    for (auto const& folder : dependencies.folders) {
        if (lies_in(path, folder.folder)
            && (!longest || folder.folder.size() > longest->folder.size())) {
            longest = &folder;
        }
    }
    return longest;
}

// "apps/sales/lead/lead_rules.cpp" → "apps/sales".
std::string_view app_of(std::string_view path)
{
    if (!path.starts_with("apps/")) {
        return {};
    }
    return path.substr(0, path.find('/', 5));
}

bool is_door_of_an_app(std::string_view header)
{
    return header == std::string(app_of(header)) + "/api.h" || header.ends_with("_table.h");
}

bool may_include(Dependencies::Folder const& from, std::string_view header)
{
    auto const contains_header = [&](std::string const& place) { return lies_in(header, place); };
    if (contains_header(from.folder)) {
        return true;
    }
    return std::ranges::any_of(from.allowed, contains_header)
        && std::ranges::none_of(from.refused, contains_header);
}

// The reason why a file may not include one of ours; empty if it may.
std::string refusal_of(
    SourceFile const& file, std::string_view header, Dependencies const& dependencies)
{
    if (header.starts_with("../") || header.starts_with("./") || !header.contains('/')) {
        return "includes are written from the project's root";
    }
    if (file.is_test()) {
        return {};
    }
    auto const* const from = folder_of(file.path, dependencies);
    if (!from) {
        return "tools/dependencies.txt has no line for this folder";
    }
    if (!may_include(*from, header)) {
        return from->folder + " may not include " + std::string(header);
    }
    auto const app = app_of(file.path);
    if (!app.empty() && header.starts_with("apps/") && app != app_of(header)
        && !is_door_of_an_app(header)) {
        return "of another app only api.h and its tables may be included";
    }
    return {};
}

// An owner is a folder, a file, or the end of file names.
bool owns(std::string const& owner, SourceFile const& file)
{
    return lies_in(file.path, owner) || (owner.starts_with('_') && file.path.ends_with(owner))
        || (owner == "tests" && file.is_test());
}

}

Result<Dependencies> parse_dependencies(std::string_view text)
{
    Dependencies dependencies;
    for (auto const line : text::split(text, '\n')) {
        if (text::trim(line).empty() || line.starts_with('#')) {
            continue;
        }
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) {
            return invalid(
                "dependencies_malformed", "A line without a colon: " + std::string(line));
        }
        auto const name = std::string(line.substr(0, colon));
        auto const places = words_of(line.substr(colon + 1));
        if (name.starts_with('<')) {
            dependencies.libraries.push_back({ name, places });
            continue;
        }
        auto& folder = dependencies.folders.emplace_back();
        folder.folder = name;
        for (auto const& place : places) {
            if (place.starts_with('!')) {
                folder.refused.push_back(place.substr(1));
            } else {
                folder.allowed.push_back(place);
            }
        }
    }
    return dependencies;
}

void check_includes(SourceFile const& file, Dependencies const& dependencies, Findings& findings)
{
    if (!file.is_cpp()) {
        return;
    }
    for (std::size_t line = 0; line < file.lines.size(); ++line) {
        auto const included = included_by(file.lines[line]);
        // A raw string may quote an include; its code is blank.
        if (!included || !file.code[line].contains('#')) {
            continue;
        }
        if (included->starts_with('"')) {
            if (auto reason = refusal_of(file, included->substr(1), dependencies);
                !reason.empty()) {
                findings.push_back({ file.path, line + 1, std::move(reason) });
            }
            continue;
        }
        for (auto const& library : dependencies.libraries) {
            auto const has_door = std::ranges::any_of(
                library.places, [&](std::string const& owner) { return owns(owner, file); });
            if (included->starts_with(library.prefix) && !has_door) {
                findings.push_back({ file.path, line + 1,
                    std::string(*included) + "> has one door, see tools/dependencies.txt" });
            }
        }
    }
}

}
