#include "core/text.h"

#include <gtest/gtest.h>

namespace cashline::text {

TEST(Fold, ignores_case_accents_and_width)
{
    EXPECT_EQ(fold("Müller GmbH"), "muller gmbh");
    EXPECT_EQ(fold("ÅNGSTRÖM"), fold("a\u030angstro\u0308m"));
    EXPECT_EQ(fold("Straße"), "strasse");
    EXPECT_EQ(fold("ＡＢＣ"), "abc");
    EXPECT_EQ(fold("ﬁrm"), "firm");
    EXPECT_EQ(fold("İstanbul"), "istanbul");
    EXPECT_EQ(fold("soft\u00adhyphen"), "softhyphen");
    EXPECT_EQ(fold("ΣΊΣΥΦΟΣ"), fold("σίσυφος"));
}

TEST(Fold, keeps_marks_that_make_another_word)
{
    EXPECT_NE(fold("か"), fold("が"));
    EXPECT_NE(fold("क"), fold("कि"));
}

TEST(Fold, of_every_character_is_stable)
{
    int unstable = 0;
    for (char32_t code = 1; code < 0x110000; ++code) {
        if (code >= 0xd800 && code < 0xe000) {
            continue;
        }
        std::string utf8;
        auto const put = [&](char32_t byte) { utf8 += static_cast<char>(byte); };
        if (code < 0x80) {
            put(code);
        } else if (code < 0x800) {
            put(0xc0 | (code >> 6));
            put(0x80 | (code & 63));
        } else if (code < 0x10000) {
            put(0xe0 | (code >> 12));
            put(0x80 | (code >> 6 & 63));
            put(0x80 | (code & 63));
        } else {
            put(0xf0 | (code >> 18));
            put(0x80 | (code >> 12 & 63));
            put(0x80 | (code >> 6 & 63));
            put(0x80 | (code & 63));
        }
        auto const once = fold(utf8);
        unstable += fold(once) == once ? 0 : 1;
    }
    EXPECT_EQ(unstable, 0);
}

TEST(Text, tells_utf8_from_other_bytes)
{
    EXPECT_TRUE(is_valid_utf8("añ€🏄"));
    for (auto const bytes : { "\xff", "\xc3", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80" }) {
        EXPECT_FALSE(is_valid_utf8(bytes));
    }
}

TEST(Text, counts_and_cuts_in_utf16_units)
{
    EXPECT_EQ(length_utf16("añ€🏄"), 5U);
    EXPECT_EQ(truncate_utf16("añ€🏄!", 4), "añ€");
    EXPECT_EQ(truncate_utf16("añ€🏄!", 5), "añ€🏄");
    EXPECT_EQ(truncate_utf16("abc", 10), "abc");
    EXPECT_EQ(truncate_utf16("🏄", 1), "");
}

TEST(Text, trims_and_splits)
{
    EXPECT_EQ(trim(" \t a b\r\n"), "a b");
    EXPECT_EQ(trim(" \n"), "");
    EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view> { "a", "", "b" }));
    EXPECT_EQ(split("", ','), (std::vector<std::string_view> { "" }));
    EXPECT_TRUE(equals_ignoring_ascii_case("Content-Type", "content-TYPE"));
    EXPECT_FALSE(equals_ignoring_ascii_case("a", "ab"));
}

TEST(Text, knows_addresses_that_mail_can_reach)
{
    for (auto const* const address :
        { "amelia@northwind.example", "a.b+c@x-y.co.uk", "ü@bücher.de", "o'brien@example.org" }) {
        EXPECT_TRUE(is_email_address(address)) << address;
    }
    for (auto const* const address : { "", "@", "a@", "@b.c", "a@b", "a b@c.de", "a@b..c",
             "a@-b.de", "a..b@c.de", ".a@b.de", "a.@b.de", "A <a@b.de>", "a@b.de ",
             "a@b.de\r\nBcc: x@y.z", "a,b@c.de", "a@b@c.de", "a@[127.0.0.1]", "\xff@b.de" }) {
        EXPECT_FALSE(is_email_address(address)) << address;
    }
    EXPECT_FALSE(is_email_address(std::string(65, 'a') + "@b.de"));
    EXPECT_FALSE(is_email_address("a@" + std::string(250, 'b') + ".de"));
}

TEST(Text, escapes_for_html_and_addresses)
{
    EXPECT_EQ(escape_html("<a href=\"x\">'&'</a>"),
        "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    EXPECT_EQ(percent_encode("a b/ü~"), "a%20b%2F%C3%BC~");
    EXPECT_EQ(percent_decode("a%20b%2f%C3%BC+"), "a b/ü+");
    EXPECT_EQ(percent_decode("a+b", true), "a b");
    for (auto const* const text : { "%", "%2", "%zz", "a%f", "%-1" }) {
        EXPECT_FALSE(percent_decode(text)) << text;
    }
}

TEST(Text, speaks_base64_and_hex)
{
    EXPECT_EQ(base64_encode("any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
    EXPECT_EQ(base64_decode("YW55IGNhcm5hbCBwbGVhcw"), "any carnal pleas");
    EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
    EXPECT_EQ(base64url_decode("-_8"), "\xfb\xff");
    EXPECT_EQ(to_hex(std::string_view("\x00\xab", 2)), "00ab");
    for (auto const* const text : { "A", "AA=", "A===", "A A=", "AB==", "-_8", "====", "AAAA=" }) {
        EXPECT_FALSE(base64_decode(text)) << text;
    }
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
        EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
        EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
    }
}

TEST(Text, makes_labels)
{
    EXPECT_EQ(humanise("estimated_close_date"), "Estimated close date");
    EXPECT_EQ(humanise(""), "");
}

}
