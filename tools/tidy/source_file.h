// A source file as the rules look at it: its lines as written, and the same lines with comments and
// the insides of strings blanked out, so that a rule about code never fires on prose.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::tidy {

struct SourceFile {
    std::string path {}; // from the project's root
    std::vector<std::string> lines {};
    std::vector<std::string> code {}; // as many lines, each as long as its original

    bool is_cpp() const;
    bool is_header() const;
    bool is_web() const;
    // Stands in tests/ or beside the code it tests.
    bool is_test() const;
};

SourceFile make_source_file(std::string path, std::string_view text);

bool is_word(char character); // may stand in a name
bool has_word(std::string_view text, std::string_view word);
std::vector<std::string> words_of(std::string_view text); // between blanks

// Whether a path is, or lies in, a folder or file of that name; "." is everything.
bool lies_in(std::string_view path, std::string_view place);

}
