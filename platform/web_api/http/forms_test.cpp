#include "platform/web_api/http/forms.h"

#include "platform/web_api/http/cookies.h"

#include <gtest/gtest.h>

#include <string>

namespace cashline::http {

namespace {

std::string code_of(Result<Form> const& result) { return result ? "" : result.error().code; }

constexpr auto two_parts =
    "preamble\r\n--X\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nSurf\r\nboards\r\n"
    "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\temp\\a;b "
    "\\\"c\\\".txt\"\r\n"
    "Content-Type: text/plain\r\n\r\n\r\n--X--\r\n";

}

TEST(Forms, urlencoded_fields_are_decoded_in_order)
{
    auto const form = parse_urlencoded("a=1&b=x+y%26z&&a=2&empty=&bare&%C3%A4=ok");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->text("a"), "1");
    EXPECT_EQ(form->all("a"), (std::vector<std::string> { "1", "2" }));
    EXPECT_EQ(form->text("b"), "x y&z");
    EXPECT_EQ(form->find("bare"), "");
    EXPECT_EQ(form->find("missing"), std::nullopt);
    EXPECT_EQ(form->text("ä"), "ok");
}

TEST(Forms, urlencoded_refuses_broken_escapes_and_floods)
{
    EXPECT_EQ(code_of(parse_urlencoded("a=%4")), "form_malformed");
    EXPECT_EQ(code_of(parse_urlencoded("a=%zz")), "form_malformed");
    EXPECT_EQ(code_of(parse_urlencoded("a=1&b=2&c=3", { .fields_max = 2 })), "form_too_large");
}

TEST(Forms, multipart_gives_fields_and_files)
{
    auto const form = parse_multipart(two_parts, "X");
    ASSERT_TRUE(form) << form.error().text;
    EXPECT_EQ(form->text("subject"), "Surf\r\nboards");
    auto const* const file = form->file("file");
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(file->file_name, "a;b \"c\".txt"); // never the visitor's folders
    EXPECT_EQ(file->content_type, "text/plain");
    EXPECT_EQ(file->content, "");
}

TEST(Forms, multipart_refuses_every_torn_body)
{
    std::string const whole = two_parts;
    auto const last_boundary = whole.rfind("--X--");
    for (std::size_t length = 0; length < last_boundary + 5; ++length) {
        EXPECT_EQ(code_of(parse_multipart(whole.substr(0, length), "X")), "form_malformed")
            << length;
    }
    EXPECT_EQ(code_of(parse_multipart(whole, "Y")), "form_malformed");
    EXPECT_EQ(code_of(parse_multipart(whole, "")), "form_malformed");
    EXPECT_EQ(code_of(parse_multipart("--X\r\nContent-Type: a/b\r\n\r\nx\r\n--X--", "X")),
        "form_malformed");
    EXPECT_EQ(code_of(parse_multipart(whole, "X", { .files_max = 0 })), "form_too_large");
    EXPECT_EQ(code_of(parse_multipart(whole, "X", { .field_bytes_max = 3 })), "form_too_large");
    EXPECT_EQ(
        code_of(parse_multipart(whole, "X", { .part_head_bytes_max = 20 })), "form_malformed");
}

TEST(Forms, the_content_type_decides)
{
    Request request { .headers = { { "Content-Type", "multipart/form-data; boundary=\"X\"" } },
        .body = two_parts };
    EXPECT_TRUE(parse_form(request));
    request.headers.set("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    request.body = "a=b";
    EXPECT_EQ(parse_form(request)->text("a"), "b");
    request.headers.set("Content-Type", "application/json");
    EXPECT_EQ(code_of(parse_form(request)), "form_type_unsupported");
}

TEST(Cookies, are_found_over_all_headers)
{
    Request const request { .headers = {
                                { "Cookie", "a=1; session=abc=; b=\"q\"" }, { "cookie", "c=3" } } };
    EXPECT_EQ(find_cookie(request, "session"), "abc=");
    EXPECT_EQ(find_cookie(request, "b"), "q");
    EXPECT_EQ(find_cookie(request, "c"), "3");
    EXPECT_EQ(find_cookie(request, "sess"), std::nullopt);
}

TEST(Cookies, are_written_with_their_attributes_and_never_with_separators)
{
    EXPECT_EQ(to_header_value({ .name = "session",
                  .value = "x",
                  .max_age = std::chrono::seconds { 60 },
                  .is_secure = true,
                  .same_site = SameSite::strict }),
        "session=x; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Strict");
    EXPECT_EQ(to_header_value({ .name = "theme", .value = "dark", .is_http_only = false }),
        "theme=dark; Path=/; SameSite=Lax");
    EXPECT_ANY_THROW(to_header_value({ .name = "a", .value = "b; Domain=evil" }));
    EXPECT_ANY_THROW(to_header_value({ .name = "a b", .value = "c" }));
}

}
