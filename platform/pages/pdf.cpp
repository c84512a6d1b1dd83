#include "platform/pages/pdf.h"

#include "core/text.h"
#include "platform/pages/clean_text.h"
#include "platform/pages/pdf_layout.h"

#include <fmt/format.h>

namespace cashline::pages {

namespace {

constexpr std::size_t lines_max = 5'000;
constexpr std::size_t columns_max = 12;
constexpr std::size_t text_bytes_max = 2 * 1024 * 1024;
constexpr std::size_t block_bytes_max = 200 * 1024; // line breaking gets slow beyond
constexpr std::size_t few = 60; // lines of an address, facts, totals, notes

// Cleans every text in place and counts it.
class Cleaner {
public:
    void line(std::string& text)
    {
        count(text);
        text = clean_line(text);
    }

    void paragraphs(std::string& text)
    {
        count(text);
        text = clean_text(text);
    }

    void lines(std::vector<std::string>& texts)
    {
        m_is_too_large = m_is_too_large || texts.size() > few;
        for (auto& text : texts) {
            line(text);
        }
    }

    void limit(std::size_t count, std::size_t most)
    {
        m_is_too_large = m_is_too_large || count > most;
    }
    bool is_too_large() const { return m_is_too_large || m_bytes > text_bytes_max; }

private:
    void count(std::string const& text)
    {
        m_bytes += text.size();
        m_is_too_large = m_is_too_large || text.size() > block_bytes_max;
    }

    std::size_t m_bytes {};
    bool m_is_too_large {};
};

void clean_head(Document& document, Cleaner& cleaner)
{
    for (auto* text : { &document.title, &document.number, &document.company_name,
             &document.sender_line, &document.page_label }) {
        cleaner.line(*text);
    }
    cleaner.lines(document.company_lines);
    cleaner.lines(document.recipient);
    cleaner.limit(document.facts.size(), few);
    for (auto& fact : document.facts) {
        cleaner.line(fact.label);
        cleaner.line(fact.value);
    }
    cleaner.paragraphs(document.introduction);
    cleaner.limit(document.footer.size(), 4);
    for (auto& column : document.footer) {
        cleaner.lines(column);
        cleaner.limit(column.size(), 8);
    }
}

void clean_body(Document& document, Cleaner& cleaner)
{
    cleaner.limit(document.columns.size(), columns_max);
    cleaner.limit(document.lines.size(), lines_max);
    cleaner.limit(document.totals.size(), few);
    cleaner.limit(document.notes.size(), few);
    for (auto& column : document.columns) {
        cleaner.line(column.title);
    }
    for (auto& line : document.lines) {
        for (auto& cell : line.cells) {
            cleaner.paragraphs(cell);
        }
        cleaner.paragraphs(line.detail);
    }
    for (auto& total : document.totals) {
        cleaner.line(total.label);
        cleaner.line(total.value);
    }
    for (auto& note : document.notes) {
        cleaner.line(note.heading);
        cleaner.paragraphs(note.text);
    }
}

void paint(PdfCanvas& canvas, std::vector<PlacedPage> const& pages)
{
    for (auto const& page : pages) {
        for (auto const& area : page.areas) {
            canvas.fill(area.box, area.colour);
        }
        for (auto const& text : page.texts) {
            canvas.draw(text.block, text.x, text.y);
        }
        canvas.next_page();
    }
}

}

Result<std::string> render_pdf(Document const& original)
{
    auto document = original;
    Cleaner cleaner;
    clean_head(document, cleaner);
    clean_body(document, cleaner);
    if (cleaner.is_too_large()) {
        return document_too_large();
    }
    auto canvas = TRY(PdfCanvas::create({ .page_width = page_width_of(document.page_size),
        .page_height = page_height_of(document.page_size),
        .title = std::string(text::trim(fmt::format("{} {}", document.title, document.number))),
        .author = document.company_name,
        .created_at = document.created_at }));
    auto const pages = TRY(lay_out(canvas, document));
    paint(canvas, pages);
    return canvas.finish();
}

}
