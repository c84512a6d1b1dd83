#include "platform/pages/clean_text.h"

#include <gtest/gtest.h>

namespace cashline::pages {

TEST(CleanText, valid_text_stays_as_it_is)
{
    EXPECT_EQ(clean_text("Käse 中文 🏄\tok\n"), "Käse 中文 🏄\tok\n");
}

TEST(CleanText, broken_bytes_become_the_replacement_character)
{
    EXPECT_EQ(clean_text("a\xFF"
                         "b"),
        "a\uFFFDb");
    EXPECT_EQ(clean_text("\xC0\xAF"), "\uFFFD\uFFFD"); // An overlong slash.
    EXPECT_EQ(clean_text("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD"); // A surrogate.
    EXPECT_EQ(clean_text("\xF0\x9F\x8F"), "\uFFFD\uFFFD\uFFFD"); // Cut short.
}

TEST(CleanText, line_ends_are_one_and_controls_are_spaces)
{
    EXPECT_EQ(clean_text("a\r\nb\rc\x01"
                         "d"),
        "a\nb\nc d");
    EXPECT_EQ(clean_line("  a\r\nBcc: x\t "), "a Bcc: x");
    EXPECT_EQ(clean_text(std::string_view("a\0b", 3)), "a b");
}

TEST(CleanText, a_prefix_never_splits_a_code_point)
{
    EXPECT_EQ(utf8_prefix("a🏄b", 4), "a");
    EXPECT_EQ(utf8_prefix("a🏄b", 5), "a🏄");
    EXPECT_EQ(utf8_prefix("abc", 9), "abc");
}

}
