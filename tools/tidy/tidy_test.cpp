#include "tools/tidy/rules.h"

#include <gtest/gtest.h>

namespace cashline::tidy {

namespace {

constexpr auto dependencies_text = R"(# comment
core:
platform/store: core
platform: core platform
apps/parties: core platform !platform/store
apps/sales: core platform !platform/store apps/parties
server: core platform apps
<sqlite3: platform/store
<rapidcheck: _law.cpp
)";

constexpr auto bans_text = R"(# comment
system_clock time( | . | platform/environment tests | Use the Environment.
double | apps core/money | tests | Use Decimal.
new delete | . | bench | Use values.
)";

std::string texts(Findings const& findings)
{
    std::string text;
    for (auto const& finding : findings) {
        text += finding.path + ":" + std::to_string(finding.line) + ": " + finding.text + "\n";
    }
    return text;
}

std::string include_findings(char const* path, char const* line)
{
    Findings findings;
    check_includes(
        make_source_file(path, line), parse_dependencies(dependencies_text).value(), findings);
    return texts(findings);
}

std::string word_findings(char const* path, char const* text)
{
    Findings findings;
    check_banned_words(make_source_file(path, text), parse_bans(bans_text).value(), findings);
    return texts(findings);
}

std::string shape_findings(char const* path, std::string const& text)
{
    Findings findings;
    check_shape(make_source_file(path, text), findings);
    return texts(findings);
}

std::string repeated(std::string const& line, int count)
{
    std::string text;
    for (; count > 0; --count) {
        text += line;
    }
    return text;
}

}

TEST(Tidy, lets_includes_follow_the_order_of_the_layers)
{
    for (auto const& [path, line] : std::vector<std::pair<char const*, char const*>> {
             { "core/text.cpp", "#include \"core/text.h\"" },
             { "platform/query/query.cpp", "#include \"platform/store/sql.h\"" },
             { "apps/sales/lead/lead.cpp", "#include \"apps/parties/api.h\"" },
             { "apps/sales/lead/lead.cpp", "#include \"apps/parties/account/account_table.h\"" },
             { "apps/sales/lead/lead.cpp", "#include \"apps/sales/quote/quote.h\"" },
             { "apps/sales/lead/lead_test.cpp", "#include \"apps/finance/inside.h\"" },
             { "server/main.cpp", "#include \"apps/sales/api.h\"" },
             { "platform/store/sqlite.cpp", "#include <sqlite3.h>" },
             { "core/money_law.cpp", "#include <rapidcheck/gtest.h>" } }) {
        EXPECT_EQ(include_findings(path, line), "") << path;
    }
}

TEST(Tidy, refuses_includes_against_the_order)
{
    for (auto const& [path, line] : std::vector<std::pair<char const*, char const*>> {
             { "core/text.cpp", "#include \"platform/store/sql.h\"" },
             { "platform/store/store.cpp", "#include \"platform/query/query.h\"" },
             { "platform/query/query.cpp", "#include \"apps/sales/api.h\"" },
             { "apps/sales/lead/lead.cpp", "#include \"apps/finance/api.h\"" },
             { "apps/sales/lead/lead.cpp", "#include \"platform/store/sql.h\"" },
             { "apps/sales/lead/lead.cpp", "  #  include \"apps/finance/api.h\"" },
             { "apps/sales/lead/lead.cpp", "#include \"apps/parties/account/account_rules.h\"" },
             { "apps/sales/lead/lead.cpp", "#include \"../../parties/api.h\"" },
             { "apps/sales/lead/lead.cpp", "#include \"lead.h\"" },
             { "elsewhere/file.cpp", "#include \"core/text.h\"" },
             { "platform/query/query.cpp", "#include <sqlite3.h>" },
             { "core/money_test.cpp", "#include <rapidcheck.h>" } }) {
        EXPECT_NE(include_findings(path, line), "") << path << ": " << line;
    }
}

TEST(Tidy, bans_words_where_they_do_harm)
{
    EXPECT_EQ(word_findings("apps/sales/a.cpp", "auto now = std::chrono::system_clock::now();"),
        "apps/sales/a.cpp:1: \"system_clock\": Use the Environment.\n");
    EXPECT_NE(word_findings("apps/sales/a.cpp", "x = std::time(nullptr);"), "");
    EXPECT_NE(word_findings("apps/sales/a.cpp", "double price;"), "");
    EXPECT_NE(word_findings("core/money.h", "double price;"), "");
    EXPECT_NE(word_findings("core/a.cpp", "auto* a = new int;"), "");
    EXPECT_NE(word_findings("core/a.cpp", "delete a;"), "");
}

TEST(Tidy, leaves_other_words_alone)
{
    EXPECT_EQ(word_findings("platform/environment/a.cpp", "system_clock::now();"), "");
    EXPECT_EQ(word_findings("apps/sales/a_test.cpp", "system_clock::now();"), "");
    EXPECT_EQ(word_findings("core/moneyless.h", "double price;"), "");
    EXPECT_EQ(word_findings("apps/a.cpp", "doubled(row.time(1), local_time(2)); // double"), "");
    EXPECT_EQ(word_findings("apps/a.cpp", "f(\"a new \\\"double\", R\"(time( \")\", 'd');"), "");
    EXPECT_EQ(word_findings("apps/a.cpp", "/* new\n double */ auto new_id = 1'000;"), "");
    EXPECT_EQ(word_findings("core/a.h", "A(A const&) = delete;"), "");
    EXPECT_EQ(word_findings("core/a.cpp", "std::unique_ptr<A> a(new A);"), "");
}

TEST(Tidy, measures_functions_files_and_lines)
{
    auto const function = [](int lines) {
        return "namespace a {\ntemplate<class T, class U>\nint f(int x)\n{\n"
            + repeated("    if (x) { g([] { return 1; }); }\n", lines - 2) + "}\n}\n";
    };
    EXPECT_EQ(shape_findings("core/a.cpp", function(70)), "");
    EXPECT_EQ(shape_findings("core/a.cpp", function(71)),
        "core/a.cpp:4: a function of 71 lines, at most 70\n");
    EXPECT_EQ(
        shape_findings("core/a.cpp", "struct A {\n" + repeated("int a;\n", 100) + "};\n"), "");
    EXPECT_EQ(shape_findings("core/a.cpp", repeated("\n", 600)), "");
    EXPECT_NE(shape_findings("core/a.cpp", repeated("\n", 601)), "");
    EXPECT_NE(shape_findings("web/shell/a.tsx", repeated("\n", 601)), "");
    EXPECT_EQ(shape_findings("core/a.cpp", "// " + repeated("é", 97)), "");
    EXPECT_NE(shape_findings("core/a.cpp", "// " + repeated("é", 98)), "");
}

TEST(Tidy, counts_parameters)
{
    EXPECT_EQ(
        shape_findings("core/a.cpp", "int f(int a, std::map<A, B> b, int c, F<int(A, B)> d) { }"),
        "");
    EXPECT_NE(
        shape_findings("core/a.cpp", "int f(int a, int b, int c,\n    int d, int e)\n{\n}"), "");
    EXPECT_EQ(
        shape_findings("core/a.cpp", "int f(int a, int b, int c, int d, int e) override\n{\n}"),
        "");
    EXPECT_NE(shape_findings("core/a.h",
                  "#pragma once\nstruct A { int operator()(int a, int b, int c, int d, int e) { "
                  "return 1; } };"),
        "");
}

TEST(Tidy, wants_a_pragma_and_numbers_on_open_work)
{
    EXPECT_EQ(shape_findings("core/a.h", "#pragma once\n"), "");
    EXPECT_NE(shape_findings("core/a.h", "// #pragma once\n"), "");
    EXPECT_EQ(shape_findings("core/a.cpp",
                  "// TO"
                  "DO #12: more"),
        "");
    EXPECT_NE(shape_findings("core/a.cpp",
                  "// TO"
                  "DO: more"),
        "");
    EXPECT_NE(shape_findings("web/a.ts",
                  "// FIX"
                  "ME later"),
        "");
}

TEST(Tidy, refuses_rule_files_it_cannot_read)
{
    EXPECT_EQ(parse_dependencies("core").error().code, "dependencies_malformed");
    EXPECT_EQ(parse_bans("a | b | c").error().code, "bans_malformed");
}

}
