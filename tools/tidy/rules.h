// The rules of the house that a machine can check. Each looks at one file and names its findings;
// what is allowed where stands in tools/dependencies.txt and tools/banned.txt, not in the code.
#pragma once

#include "core/result.h"
#include "tools/tidy/source_file.h"

namespace cashline::tidy {

struct Finding {
    std::string path {};
    std::size_t line {}; // from 1
    std::string text {};
};

using Findings = std::vector<Finding>;

// tools/dependencies.txt.
struct Dependencies {
    struct Folder {
        std::string folder {};
        std::vector<std::string> allowed {};
        std::vector<std::string> refused {};
    };
    struct Library {
        std::string prefix {}; // "<sqlite3"
        std::vector<std::string> places {};
    };
    std::vector<Folder> folders {};
    std::vector<Library> libraries {};
};

Result<Dependencies> parse_dependencies(std::string_view text);

// One line of tools/banned.txt.
struct Ban {
    std::vector<std::string> words {};
    std::vector<std::string> places {};
    std::vector<std::string> exceptions {};
    std::string advice {};
};

Result<std::vector<Ban>> parse_bans(std::string_view text);

void check_includes(SourceFile const&, Dependencies const&, Findings&);
void check_banned_words(SourceFile const&, std::vector<Ban> const&, Findings&);
// Lengths of file, functions, lines and parameter lists; #pragma once; open work without an issue.
void check_shape(SourceFile const&, Findings&);

}
