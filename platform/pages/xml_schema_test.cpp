#include "platform/pages/xml_schema.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace cashline::xml {

namespace {

constexpr std::string_view note_schema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="note"><xs:complexType><xs:sequence>
    <xs:element name="to" type="xs:string"/>
    <xs:element name="amount" type="xs:decimal"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>)";

class Folder {
public:
    Folder()
    {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "cashline_xsd_XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~Folder() { std::filesystem::remove_all(m_path); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    std::string write(std::string_view name, std::string_view text) const
    {
        auto const path = m_path / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
        return path.string();
    }

private:
    std::filesystem::path m_path;
};

std::string schema_code(Result<Schema> const& schema)
{
    return schema ? "loaded" : schema.error().code;
}

std::string schema_including(std::string_view where)
{
    return R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation=")"
        + std::string(where) + R"("/><xs:element name="root" type="short"/></xs:schema>)";
}

constexpr std::string_view short_type = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="short"><xs:restriction base="xs:string">
    <xs:maxLength value="3"/>
  </xs:restriction></xs:simpleType>
</xs:schema>)";

}

TEST(XmlSchema, a_document_is_valid_or_says_where_it_is_not)
{
    auto const schema = Schema::parse(note_schema);
    ASSERT_TRUE(schema.has_value()) << schema.error().text;
    EXPECT_TRUE(schema->check("<note><to>Mona</to><amount>12.5</amount></note>")->empty());
    auto const findings = schema->check("<note>\n<to>Mona</to>\n<amount>much</amount></note>");
    ASSERT_TRUE(findings.has_value());
    ASSERT_FALSE(findings->empty());
    EXPECT_EQ(findings->front().line, 3);
    EXPECT_NE(findings->front().text.find("amount"), std::string::npos);
    EXPECT_FALSE(schema->check("<other/>")->empty());
}

TEST(XmlSchema, parts_are_read_from_its_own_folder_only)
{
    Folder const folder;
    folder.write("common/short.xsd", short_type);
    folder.write("secret.xsd", short_type);
    auto const schema =
        Schema::load(folder.write("main.xsd", schema_including("common/short.xsd")));
    ASSERT_TRUE(schema.has_value()) << schema.error().text;
    EXPECT_TRUE(schema->check("<root>abc</root>")->empty());
    EXPECT_FALSE(schema->check("<root>abcd</root>")->empty());
    EXPECT_EQ(
        schema_code(Schema::load(folder.write("common/up.xsd", schema_including("../secret.xsd")))),
        "xml_schema_invalid");
    EXPECT_EQ(schema_code(Schema::load(
                  folder.write("net.xsd", schema_including("http://127.0.0.1:1/short.xsd")))),
        "xml_schema_invalid");
    EXPECT_EQ(schema_code(Schema::parse(schema_including("/etc/passwd"))), "xml_schema_invalid");
    EXPECT_EQ(schema_code(Schema::load("/nowhere/at/all.xsd")), "xml_schema_invalid");
    EXPECT_EQ(schema_code(Schema::parse("<not-a-schema/>")), "xml_schema_invalid");
    EXPECT_EQ(schema_code(Schema::parse("broken <")), "xml_schema_invalid");
}

TEST(XmlSchema, hostile_documents_are_refused)
{
    auto const schema = Schema::parse(note_schema);
    ASSERT_TRUE(schema.has_value());
    auto const code = [&](std::string_view document) {
        auto const findings = schema->check(document);
        return findings ? std::string("checked") : findings.error().code;
    };
    EXPECT_EQ(code(""), "xml_malformed");
    EXPECT_EQ(code("<note><to>"), "xml_malformed");
    EXPECT_EQ(
        code(
            "<!DOCTYPE note [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><note><to>&x;</to></note>"),
        "xml_has_doctype");
    EXPECT_EQ(
        code("<!DOCTYPE note SYSTEM \"http://127.0.0.1:1/x.dtd\"><note/>"), "xml_has_doctype");
    std::string bomb = "<!DOCTYPE n [<!ENTITY a0 \"aaaaaaaaaa\">";
    for (int i = 1; i < 12; ++i) {
        auto const inner = "&a" + std::to_string(i - 1) + ";";
        bomb += "<!ENTITY a" + std::to_string(i) + " \"" + inner + inner + inner + inner + inner
            + inner + inner + inner + inner + inner + "\">";
    }
    EXPECT_NE(code(bomb + "]><note>&a11;</note>"), "checked");
    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += "<note>";
    }
    EXPECT_EQ(code(deep), "xml_malformed");
    std::string wrong = "<note>";
    for (int i = 0; i < 500; ++i) {
        wrong += "<x/>";
    }
    EXPECT_LE(schema->check(wrong + "</note>")->size(), 100U);
    EXPECT_EQ(code(std::string(40'000'000, 'x')), "xml_too_large");
}

}
