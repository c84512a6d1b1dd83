#include "platform/pages/template.h"

#include <gtest/gtest.h>

namespace cashline::pages {

namespace {

json::Value data_of(std::string_view text)
{
    auto value = json::parse(text);
    EXPECT_TRUE(value.has_value());
    return value.value_or(json::Value {});
}

std::string rendered(
    std::string_view text, std::string_view data, TemplateOptions const& options = {})
{
    auto const out = render(text, data_of(data), options);
    return out ? *out : "refused: " + out.error().code;
}

std::string check(std::string_view text, PlaceholderRules const& rules)
{
    auto const checked = check_placeholders(text, rules);
    return checked ? "ok" : checked.error().code;
}

}

TEST(Template, values_are_escaped_unless_asked_otherwise)
{
    EXPECT_EQ(rendered("<b>{{name}}</b>", R"({"name":"<script>\"&'"})"),
        "<b>&lt;script&gt;&quot;&amp;&apos;</b>");
    EXPECT_EQ(rendered("{{{name}}}{{&name}}", R"({"name":"<i>"})"), "<i><i>");
    EXPECT_EQ(rendered("{{name}}", R"({"name":"R&D"})", { .escaping = Escaping::none }), "R&D");
}

TEST(Template, numbers_keep_their_digits)
{
    EXPECT_EQ(rendered("{{total}} {{n}}", R"({"total":12.3400,"n":-7})"), "12.3400 -7");
}

TEST(Template, sections_repeat_over_lists_and_see_outer_names)
{
    EXPECT_EQ(
        rendered("{{#lines}}\n- {{product}} {{currency}}\n{{/lines}}\n{{^lines}}none{{/lines}}",
            R"({"currency":"EUR","lines":[{"product":"Fin"},{"product":"Leash"}]})"),
        "- Fin EUR\n- Leash EUR\n");
    EXPECT_EQ(rendered("{{#lines}}x{{/lines}}{{^lines}}none{{/lines}}", R"({"lines":[]})"), "none");
    EXPECT_EQ(rendered("{{#tags}}[{{.}}]{{/tags}}", R"({"tags":["a","<"]})"), "[a][&lt;]");
    EXPECT_EQ(rendered("{{a.b.c}}", R"({"a":{"b":{"c":"deep"}}})"), "deep");
}

TEST(Template, null_false_and_empty_text_are_empty_for_sections)
{
    for (auto const* data : { R"({"x":null})", R"({"x":false})", R"({"x":""})", R"({})" }) {
        EXPECT_EQ(rendered("{{#x}}yes{{/x}}{{^x}}no{{/x}}{{x}}", data), "no") << data;
    }
    EXPECT_EQ(rendered("{{#x}}yes{{/x}}", R"({"x":true})"), "yes");
}

TEST(Template, partials_come_from_the_caller_only)
{
    TemplateOptions const options { .partials = { { "head", "<h1>{{title}}</h1>{{>rule}}" },
                                        { "rule", "<hr>" } } };
    EXPECT_EQ(rendered("{{>head}}!", R"({"title":"A&B"})", options), "<h1>A&amp;B</h1><hr>!");
    // A value with a template's look stays text, and data cannot offer partials.
    EXPECT_EQ(rendered("{{name}}", R"({"name":"{{secret}}","secret":"s"})"), "{{secret}}");
    EXPECT_EQ(rendered("{{>name}}", R"({"name":"{{secret}}","secret":"s"})"),
        "refused: template_unknown_partial");
}

TEST(Template, broken_templates_are_refused_with_their_line)
{
    struct Case {
        std::string text;
        std::string code;
    };
    std::string deep;
    for (int i = 0; i < 40; ++i) {
        deep += "{{#a}}";
    }
    for (auto const& [text, code] : std::vector<Case> {
             { "Hello {{name", "template_unclosed_tag" },
             { "Hello {{{name}}", "template_unclosed_tag" },
             { "{{", "template_unclosed_tag" },
             { "{{#a}}x", "template_unclosed_section" },
             { "{{#a}}{{#b}}{{/a}}{{/b}}", "template_unclosed_section" },
             { "x{{/a}}", "template_unexpected_end" },
             { "{{}}", "template_bad_name" },
             { "{{a b}}", "template_bad_name" },
             { "{{a..b}}", "template_bad_name" },
             { "{{=<% %>=}}<%name%>", "template_delimiters" },
             { "{{>nobody}}", "template_unknown_partial" },
             { deep, "template_too_deep" },
             { std::string(300'000, ' '), "template_too_large" },
         }) {
        auto const out = Template::compile(text);
        ASSERT_FALSE(out.has_value()) << text.substr(0, 40);
        EXPECT_EQ(out.error().code, code) << text.substr(0, 40);
    }
    EXPECT_NE(Template::compile("a\nb\n{{#x}}").error().text.find("line 3"), std::string::npos);
}

TEST(Template, partials_that_include_themselves_or_double_are_refused)
{
    EXPECT_EQ(rendered("{{>a}}", "{}", { .partials = { { "a", "{{>b}}" }, { "b", "{{>a}}" } } }),
        "refused: template_partial_cycle");
    TemplateOptions bomb { .partials = { { "p0", std::string(1000, 'x') } } };
    for (int i = 1; i < 8; ++i) {
        std::string text;
        for (int j = 0; j < 10; ++j) {
            text += "{{>p" + std::to_string(i - 1) + "}}";
        }
        bomb.partials["p" + std::to_string(i)] = text;
    }
    EXPECT_EQ(rendered("{{>p7}}", "{}", bomb), "refused: template_too_large");
}

TEST(Template, sections_that_multiply_end_at_the_limit)
{
    json::Array items(300, json::Value { "x" });
    json::Value data;
    data.set("a", items);
    auto const out = render("{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{.}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}",
        data, { .output_max = 100'000 });
    ASSERT_FALSE(out.has_value());
    EXPECT_EQ(out.error().code, "template_output_too_large");
}

TEST(Template, a_compiled_template_renders_again_and_again)
{
    auto const page = Template::compile("{{#x}}{{x}}{{/x}}");
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(*page->render(data_of(R"({"x":"1"})")), "1");
    EXPECT_EQ(*page->render(data_of(R"({"x":"2"})")), "2");
    EXPECT_EQ(*page->render(data_of(R"({})")), "");
}

TEST(Placeholders, known_names_pass_wherever_the_renderer_would_find_them)
{
    PlaceholderRules const rules { .allowed = { "customer.name", "lines.product",
                                       "lines.taxes.rate", "total" },
        .allowed_raw = { "body_html" },
        .partials = { "footer" } };
    EXPECT_EQ(check("Dear {{customer.name}}, {{#customer}}{{name}}{{/customer}}", rules), "ok");
    EXPECT_EQ(check("{{#lines}}{{product}} {{total}}{{#taxes}}{{rate}}{{/taxes}}{{/lines}}", rules),
        "ok");
    EXPECT_EQ(check("{{{body_html}}}{{body_html}}{{>footer}}{{! any thing }}", rules), "ok");
}

TEST(Placeholders, unknown_and_raw_names_are_refused_when_saved)
{
    PlaceholderRules const rules { .allowed = { "customer.name", "lines.product" } };
    EXPECT_EQ(check("{{customer.nmae}}", rules), "template_unknown_placeholder");
    EXPECT_EQ(check("{{product}}", rules), "template_unknown_placeholder");
    EXPECT_EQ(
        check("{{custom}}", rules), "template_unknown_placeholder"); // Only a start of "customer".
    EXPECT_EQ(check("{{.}}", rules), "template_unknown_placeholder");
    EXPECT_EQ(check("{{#lines}}{{price}}{{/lines}}", rules), "template_unknown_placeholder");
    EXPECT_EQ(check("{{{customer.name}}}", rules), "template_raw_placeholder");
    EXPECT_EQ(check("{{&customer.name}}", rules), "template_raw_placeholder");
    EXPECT_EQ(check("{{>footer}}", rules), "template_unknown_partial");
    EXPECT_EQ(check("{{customer.name", rules), "template_unclosed_tag");
}

}
