#include "core/json.h"

#include <gtest/gtest.h>

#include <clocale>

namespace cashline::json {

namespace {

// The document as it is written back, or the code of the refusal.
std::string round_trip(std::string_view text)
{
    auto const value = parse(text);
    return value ? value->to_string() : value.error().code;
}

std::string nested(int depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}

TEST(JSON, keeps_the_digits_of_numbers)
{
    for (auto const* const text :
        { "123456789012345.6780", "[0.10,1,-2.50]", "{\"a\":12.3400}", "0" }) {
        EXPECT_EQ(round_trip(text), text);
    }
    EXPECT_EQ(round_trip("1.5e2"), "150");
    EXPECT_EQ(round_trip("-0"), "0");
    EXPECT_EQ(round_trip("99999999999999999999999999999999999999").size(), 38U);
}

TEST(JSON, refuses_numbers_it_cannot_hold)
{
    for (auto const* const text :
        { "1e400", "1e-400", "[100000000000000000000000000000000000000]" }) {
        EXPECT_EQ(round_trip(text), "json_number_out_of_range") << text;
    }
}

TEST(JSON, accepts_every_kind_of_root)
{
    for (auto const* const text : { "null", "true", "false", "\"a\"", "[]", "{}", "[[],{}]" }) {
        EXPECT_EQ(round_trip(text), text);
    }
    EXPECT_EQ(round_trip(" \r\n\t{ \"a\" : [ 1 , null ] } \n"), "{\"a\":[1,null]}");
}

TEST(JSON, refuses_malformed_documents)
{
    for (auto const* const text : { "", " ", "{", "}", "[", "]", "[1", "{\"a\"", "{\"a\":",
             "{\"a\":1", "[1,]", "[,1]", "[1,,2]", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}",
             "{\"a\" 1}", "{1:2}", "[1 2]", "\"a", "\"a\"b", "'a'", "\"\\x\"", "\"\\u12\"",
             "\"\n\"", "\"\t\"", "tru", "truex", "nul", "nulll", "TRUE", "NaN", "Infinity", "-",
             "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x1", "1_0", "1a", "[1}", "{\"a\":1]",
             "//x\n1", "/**/1", "\xff", "\"\xc3\"", "\xef\xbb\xbf{}", "[\"a\",\n1", "undefined" }) {
        EXPECT_EQ(round_trip(text), "json_malformed") << text;
    }
}

TEST(JSON, refuses_anything_after_the_root)
{
    for (auto const* const text : { "1 2", "1,2", "{}{}", "{} x", "[]]", "[1],[2]", "1]", "1],[2",
             "null null", "{},", "\"a\",\"b\"", "[]\xff" }) {
        EXPECT_EQ(round_trip(text), "json_malformed") << text;
    }
    EXPECT_EQ(round_trip(std::string_view("{}\0", 3)), "json_malformed");
}

TEST(JSON, refuses_half_surrogate_pairs)
{
    EXPECT_EQ(round_trip("\"\\ud83c\\udfc4\""), "\"🏄\"");
    for (auto const* const text :
        { "\"\\ud83c\"", "\"\\udfc4\"", "\"\\ud83cx\"", "\"\\ud83c\\u0041\"" }) {
        EXPECT_EQ(round_trip(text), "json_malformed") << text;
    }
}

TEST(JSON, refuses_a_key_twice_in_one_object)
{
    EXPECT_EQ(round_trip("{\"a\":1,\"b\":2,\"a\":1}"), "json_duplicate_key");
    EXPECT_EQ(round_trip("[{\"a\":{\"b\":1,\"\\u0062\":2}}]"), "json_duplicate_key");
    EXPECT_EQ(round_trip("[{\"a\":1},{\"a\":1}]"), "[{\"a\":1},{\"a\":1}]");
}

TEST(JSON, nests_64_levels_and_no_more)
{
    EXPECT_EQ(round_trip(nested(64)), nested(64));
    EXPECT_EQ(round_trip(nested(65)), "json_too_deep");
    EXPECT_EQ(round_trip(nested(100'000)).substr(0, 5), "json_");
    std::string objects;
    for (int depth = 0; depth < 65; ++depth) {
        objects += "{\"a\":";
    }
    EXPECT_EQ(round_trip(objects + "1" + std::string(65, '}')), "json_too_deep");
}

TEST(JSON, says_where_a_document_goes_wrong)
{
    auto const refused = parse("{\"a\":1,\"b\":nope}");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().fault, Fault::invalid);
    EXPECT_NE(refused.error().text.find("near byte"), std::string::npos) << refused.error().text;
}

TEST(JSON, does_not_look_at_the_locale)
{
    std::string const before = std::setlocale(LC_ALL, nullptr);
    for (auto const* const name : { "de_DE.UTF-8", "C.UTF-8", "tr_TR.UTF-8" }) {
        if (std::setlocale(LC_ALL, name)) {
            EXPECT_EQ(round_trip("[1.5,\"I\"]"), "[1.5,\"I\"]");
        }
    }
    std::setlocale(LC_ALL, before.c_str());
}

TEST(JSON, value_answers_by_kind)
{
    auto const value =
        parse(R"({"name":"Surfboard","price":48.5,"count":3,"sold":true,"tags":["a"],"x":{}})");
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(value->text("name"), "Surfboard");
    EXPECT_EQ(value->text("count", "none"), "none");
    EXPECT_EQ(value->integer("count"), 3);
    EXPECT_EQ(value->integer("price", -1), -1);
    EXPECT_TRUE(value->flag("sold"));
    EXPECT_EQ(value->array("tags").size(), 1U);
    EXPECT_TRUE(value->array("name").empty());
    EXPECT_TRUE(value->object("x").empty());
    EXPECT_EQ(value->find("missing"), nullptr);
    EXPECT_EQ(value->find("price")->as_integer(), std::nullopt);
    EXPECT_EQ(value->find("name")->as_number(), nullptr);
}

TEST(JSON, value_is_built_in_order)
{
    Value value;
    value.set("b", 1);
    value.set("a", Array { "x", nullptr, false });
    value.set("b", Decimal { 250, 2 });
    EXPECT_EQ(value.to_string(), R"({"b":2.50,"a":["x",null,false]})");
    EXPECT_EQ(parse(value.to_string()).value(), value);
}

TEST(JSONWriter, separates_and_escapes)
{
    std::string out;
    Writer writer { out };
    writer.begin_object().key("a").begin_array().number(1).number(Decimal { 12'3400, 4 }).null();
    writer.boolean(false)
        .end_array()
        .key("b\"")
        .string("x\n\x01\\")
        .key("c")
        .raw("[2]")
        .end_object();
    EXPECT_EQ(out, R"({"a":[1,12.3400,null,false],"b\"":"x\n\u0001\\","c":[2]})");
}

TEST(JSONWriter, never_writes_two_hyphens)
{
    auto const text = Value { "--batchresponse_1 --- a-b" }.to_string();
    EXPECT_EQ(text, R"("\u002d\u002dbatchresponse_1 \u002d\u002d- a-b")");
    EXPECT_EQ(parse(text).value(), Value { "--batchresponse_1 --- a-b" });
}

}
