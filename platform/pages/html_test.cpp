#include "platform/pages/html.h"

#include "core/text.h"

#include <gtest/gtest.h>

namespace cashline::pages {

TEST(HtmlToText, blocks_become_lines_and_blanks_collapse)
{
    EXPECT_EQ(html_to_text("<html><head><title>x</title></head><body><p>Dear  Mona,</p>\n"
                           "<p>we offer<br>40 boards.</p><div>Regards</div><div>Daisy</div>"),
        "Dear Mona,\n\nwe offer\n40 boards.\n\nRegards\nDaisy");
    EXPECT_EQ(html_to_text("<ul><li>one</li><li>two</li></ul>"), "- one\n- two");
    EXPECT_EQ(
        html_to_text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\nc");
}

TEST(HtmlToText, character_references_are_read_and_links_kept)
{
    EXPECT_EQ(html_to_text("5 &euro; &lt;b&gt; &#228;&#x1F3C4; &unknown; R&D &"),
        "5 € <b> ä🏄 &unknown; R&D &");
    EXPECT_EQ(html_to_text("<a href=\"https://x.example/q?a=1\">our offer</a>"),
        "our offer <https://x.example/q?a=1>");
    EXPECT_EQ(
        html_to_text("<A HREF='https://x.example'>https://x.example</A>"), "https://x.example");
    EXPECT_EQ(html_to_text("<a href=\"javascript:alert(1)\">click</a>"), "click");
}

TEST(HtmlToText, scripts_styles_and_comments_do_not_show)
{
    EXPECT_EQ(
        html_to_text("a<script>if (x</y>z) evil()</script><STYLE>b{}</Style ><!-- c -- > -->d"),
        "ad");
    EXPECT_EQ(html_to_text("a<script>never closed"), "a");
    EXPECT_EQ(html_to_text("a<!-- never closed"), "a");
}

TEST(HtmlToText, broken_and_hostile_html_ends_and_stays_text)
{
    EXPECT_EQ(html_to_text(""), "");
    EXPECT_EQ(html_to_text("3 < 4 <5"), "3 < 4 <5");
    EXPECT_EQ(html_to_text("a <b"), "a <b");
    EXPECT_EQ(html_to_text("&#0;&#xD800;&#99999999;"), "&#0;&#xD800;&#99999999;");
    EXPECT_TRUE(text::is_valid_utf8(html_to_text("\xFF<p>\xED\xA0\x80&#x80;")));
    EXPECT_EQ(html_to_text(std::string(3'000'000, 'x'), 1000).size(), 1000U);
    std::string many;
    for (int i = 0; i < 200'000; ++i) {
        many += "<div><a href=x><";
    }
    EXPECT_LE(html_to_text(many).size(), 1024U * 1024U);
    EXPECT_EQ(html_to_text(std::string(1'000'000, '<')).size(), 1'000'000U);
    std::string scripts = "<script>";
    for (int i = 0; i < 200'000; ++i) {
        scripts += "</";
    }
    EXPECT_EQ(html_to_text(scripts), "");
}

}
