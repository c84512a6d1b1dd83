#include "platform/pages/pdf.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace cashline::pages {

namespace {

Document invoice(std::size_t lines)
{
    Document document { .title = "Invoice",
        .number = "INV-7",
        .created_at = *Timestamp::parse("2026-03-01T08:30:00Z"),
        .company_name = "Adventure Works",
        .company_lines = { "Hafenstraße 12 · Hamburg" },
        .sender_line = "Adventure Works · Hamburg",
        .recipient = { "Northwind Traders", "42 Harbour Road" },
        .facts = { { "Due date", "31 March 2026" }, { "Customer", "C-10042" } },
        .introduction = "Thank you for your order.",
        .columns = { { "Pos.", TextAlign::right, 0 }, { "Description", TextAlign::left, 10 },
            { "Amount", TextAlign::right, 0 } },
        .totals = { { "Net", "€ 100.00" }, { "Total to pay", "€ 119.00", true } },
        .notes = { { "Payment", "Within 30 days." } },
        .footer = { { "Adventure Works" }, { "HRB 1" } } };
    for (std::size_t i = 0; i < lines; ++i) {
        document.lines.push_back({ { std::to_string(i + 1), "Surfboard", "1,249.00" }, "SB-" });
    }
    return document;
}

std::string rendered(Document const& document)
{
    auto const out = render_pdf(document);
    EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().code);
    return out.value_or("");
}

// What a reader sees, page by page (form feeds between); empty where the tool is not installed.
std::string text_of(std::string const& pdf)
{
    if (std::system("command -v pdftotext > /dev/null 2>&1") != 0) {
        return {};
    }
    auto const path = std::filesystem::temp_directory_path()
        / ("cashline_pdf_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_"
            + std::to_string(reinterpret_cast<std::uintptr_t>(&pdf)));
    std::ofstream(path, std::ios::binary) << pdf;
    auto const command = "pdftotext -layout '" + path.string() + "' -";
    std::string text;
    if (auto* const pipe = ::popen(command.c_str(), "r"); pipe != nullptr) {
        char chunk[4096];
        while (auto const count = std::fread(chunk, 1, sizeof chunk, pipe)) {
            text.append(chunk, count);
        }
        ::pclose(pipe);
    }
    std::filesystem::remove(path);
    return text;
}

std::size_t count_of(std::string_view text, std::string_view word)
{
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        ++count;
    }
    return count;
}

}

TEST(Pdf, the_same_document_gives_the_same_bytes)
{
    auto const first = rendered(invoice(60));
    EXPECT_TRUE(first.starts_with("%PDF-"));
    EXPECT_EQ(first, rendered(invoice(60)));
    EXPECT_NE(first.find("20260301083000"), std::string::npos); // Its own date, not today's.
    EXPECT_NE(first, rendered(invoice(61)));
}

TEST(Pdf, a_reader_finds_everything_on_it)
{
    auto const text = text_of(rendered(invoice(2)));
    if (text.empty()) {
        GTEST_SKIP() << "pdftotext is not installed";
    }
    for (auto const* part :
        { "Adventure Works", "Hafenstraße 12", "Invoice", "INV-7", "Northwind Traders", "Due date",
            "31 March 2026", "Thank you", "Description", "Surfboard", "1,249.00", "SB-", "Net",
            "€ 119.00", "Payment", "Within 30 days.", "HRB 1", "Page 1 of 1" }) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
    }
}

TEST(Pdf, each_page_repeats_the_head_and_no_line_is_lost)
{
    auto const text = text_of(rendered(invoice(120)));
    if (text.empty()) {
        GTEST_SKIP() << "pdftotext is not installed";
    }
    auto const pages = count_of(text, "\f");
    EXPECT_GE(pages, 4U);
    EXPECT_EQ(count_of(text, "Description"), pages);
    EXPECT_EQ(count_of(text, "Surfboard"), 120U);
    EXPECT_EQ(count_of(text, "SB-"), 120U);
    EXPECT_EQ(count_of(text, "Total to pay"), 1U);
    EXPECT_NE(text.find("Page 2 of " + std::to_string(pages)), std::string::npos);
}

TEST(Pdf, empty_parts_leave_no_trace)
{
    EXPECT_TRUE(rendered({}).starts_with("%PDF-"));
    Document const only_title { .title = "Delivery note", .page_size = PageSize::letter };
    EXPECT_TRUE(rendered(only_title).starts_with("%PDF-"));
    auto headless = invoice(3);
    headless.columns.clear();
    EXPECT_TRUE(rendered(headless).starts_with("%PDF-"));
    auto ragged = invoice(1);
    ragged.lines.push_back({});
    ragged.lines.push_back({ { "1", "2", "3", "4", "5" } });
    EXPECT_TRUE(rendered(ragged).starts_with("%PDF-"));
}

TEST(Pdf, a_line_taller_than_a_page_is_cut_and_complete)
{
    auto document = invoice(1);
    std::string long_text;
    for (int i = 0; i < 3000; ++i) {
        long_text += "word" + std::to_string(i) + " ";
    }
    document.lines[0].cells[1] = long_text;
    document.lines.push_back({ { "2", "after", "1.00" } });
    document.notes[0].text = long_text;
    auto const text = text_of(rendered(document));
    if (text.empty()) {
        GTEST_SKIP() << "pdftotext is not installed";
    }
    for (int i = 0; i < 3000; i += 37) {
        auto const word = "word" + std::to_string(i);
        EXPECT_EQ(count_of(text, word + " ") + count_of(text, word + "\n"), 2U) << word;
    }
    EXPECT_EQ(count_of(text, "after"), 1U);
}

TEST(Pdf, hostile_text_is_drawn_or_refused_but_never_breaks)
{
    auto document = invoice(1);
    document.lines[0].cells[1] = std::string("a\0b\xFF\x01<b>&amp;\u202Eevil\u202C", 20);
    document.recipient = { std::string(5000, 'W'), "中文 العربية עברית 🏄" };
    document.title = std::string(300, 'T');
    document.totals.push_back({ std::string(500, 'L'), std::string(500, '9') });
    document.columns[2].title = std::string(200, 'c');
    EXPECT_TRUE(rendered(document).starts_with("%PDF-"));

    auto const code = [](Document const& refused) {
        auto const out = render_pdf(refused);
        return out ? std::string("drawn") : out.error().code;
    };
    EXPECT_EQ(code(invoice(6000)), "document_too_large");
    document = invoice(1);
    document.notes[0].text = std::string(3'000'000, 'x');
    EXPECT_EQ(code(document), "document_too_large");
    document = invoice(1);
    document.footer.assign(9, { "x" });
    EXPECT_EQ(code(document), "document_too_large");
    document = invoice(1);
    document.columns.assign(13, { "c", TextAlign::left, 1 });
    EXPECT_EQ(code(document), "document_too_large");
    document = invoice(1);
    for (int i = 0; i < 25'000; ++i) {
        document.lines[0].detail += "letters ";
    }
    EXPECT_EQ(code(document), "document_too_large"); // One line of a table over dozens of pages.
}

}
