#include "platform/pages/xml.h"

#include <gtest/gtest.h>

namespace cashline::xml {

namespace {

std::string refused(std::string_view bytes, ReadLimits const& limits = {})
{
    auto const out = read(bytes, limits);
    return out ? "read" : out.error().code;
}

Element parsed(std::string_view bytes)
{
    auto const out = read(bytes);
    EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().text);
    return out.value_or(Element {});
}

}

TEST(Xml, a_tree_is_written_with_everything_escaped)
{
    Element invoice("Invoice");
    invoice.set("xmlns:cbc", "urn:x");
    invoice.add("cbc:ID", "A&B <1>");
    invoice.add("cbc:Amount", "12.50").set("currencyID", "\"EUR\"\n");
    EXPECT_EQ(write(invoice, Indent::none),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<Invoice xmlns:cbc=\"urn:x\"><cbc:ID>A&amp;B &lt;1&gt;</cbc:ID>"
        "<cbc:Amount currencyID=\"&quot;EUR&quot;&#10;\">12.50</cbc:Amount></Invoice>");
}

TEST(Xml, what_is_written_is_read_back)
{
    Element root("a:root");
    root.set("xmlns:a", "urn:a").set("xmlns", "urn:default");
    auto& child = root.add("child");
    child.add("leaf", " Käse & 🏄 ").set("x", "1 < 2");
    child.add("empty");
    auto const read_back = parsed(write(root));
    EXPECT_EQ(read_back.name, "a:root");
    EXPECT_EQ(read_back.local_name(), "root");
    EXPECT_EQ(read_back.namespace_uri, "urn:a");
    ASSERT_EQ(read_back.children.size(), 1U);
    EXPECT_EQ(read_back.children[0].namespace_uri, "urn:default");
    EXPECT_EQ(read_back.find("child/leaf")->text, " Käse & 🏄 ");
    EXPECT_EQ(read_back.text_at("child/leaf"), "Käse & 🏄");
    EXPECT_EQ(read_back.find("child/leaf")->attribute("x"), "1 < 2");
    EXPECT_EQ(read_back.text_at("child/nobody"), "");
    EXPECT_EQ(read_back.find("nobody/leaf"), nullptr);
    EXPECT_EQ(read_back.children[0].all("leaf").size(), 1U);
    EXPECT_EQ(write(read_back), write(root));
}

TEST(Xml, characters_xml_cannot_hold_do_not_reach_it)
{
    Element root("r", std::string("a\0b\x01\xFFz", 6));
    EXPECT_EQ(write(root, Indent::none),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r>a b \uFFFDz</r>");
}

TEST(Xml, other_encodings_cdata_and_comments_are_understood)
{
    EXPECT_EQ(parsed("<?xml version='1.0' encoding='ISO-8859-1'?><r>gr\xFC\xDF</r>").text, "grüß");
    EXPECT_EQ(parsed("<r><!-- no -->a<![CDATA[<b>]]>c<?pi x?></r>").text, "a<b>c");
    EXPECT_EQ(parsed(std::string_view("\xFF\xFE<\0r\0/\0>\0", 10)).name, "r");
}

TEST(Xml, broken_and_hostile_files_are_refused)
{
    EXPECT_EQ(refused(""), "xml_malformed");
    EXPECT_EQ(refused("hello"), "xml_malformed");
    EXPECT_EQ(refused("<a><b></a>"), "xml_malformed");
    EXPECT_EQ(refused("<a>"), "xml_malformed");
    EXPECT_EQ(refused("<a/><b/>"), "xml_malformed");
    EXPECT_EQ(refused("<a x=1/>"), "xml_malformed");
    EXPECT_EQ(refused("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"), "xml_has_doctype");
    EXPECT_EQ(refused("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
        "xml_has_doctype");
    EXPECT_EQ(parsed("<a>&x;</a>").text, "&x;"); // Unknown entities stay what they are.
    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += "<a>";
    }
    EXPECT_EQ(refused(deep), "xml_malformed"); // Never closed.
    for (int i = 0; i < 100'000; ++i) {
        deep += "</a>";
    }
    EXPECT_EQ(refused(deep), "xml_too_deep");
    EXPECT_EQ(
        refused("<a>" + std::string(2000, 'x') + "</a>", { .bytes_max = 1000 }), "xml_too_large");
    EXPECT_EQ(refused("<a><b/><b/><b/></a>", { .elements_max = 3 }), "xml_too_large");
    EXPECT_EQ(parsed("<a>" + std::string(1'000'000, 'x') + "</a>").text.size(), 1'000'000U);
}

}
