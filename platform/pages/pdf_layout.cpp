#include "platform/pages/pdf_layout.h"

#include "core/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace cashline::pages {

namespace {

constexpr double footer_line = 9.4;
constexpr double continuation_top = 76;
constexpr double address_top = 132; // the window of an envelope

TextBlock block_of(std::string text, TextStyle style, double width)
{
    return { .text = std::move(text), .style = style, .width = width };
}

std::string joined(std::vector<std::string> const& lines)
{
    return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string document_name(Document const& document)
{
    return std::string(text::trim(fmt::format("{} {}", document.title, document.number)));
}

double footer_height(Document const& document)
{
    std::size_t lines = 0;
    for (auto const& column : document.footer) {
        lines = std::max(lines, column.size());
    }
    return 46 + static_cast<double>(lines) * footer_line;
}

void place_masthead(PageFlow& flow)
{
    auto const& document = flow.document();
    auto const half = flow.width() * 0.56;
    flow.place({ .x = 0, .y = 0, .width = flow.page_width(), .height = 6 }, document.accent);

    auto const name = block_of(
        document.company_name, { .size = 16, .is_bold = true, .colour = document.accent }, half);
    flow.place(name, PageFlow::margin, 38);
    auto const below = 38 + flow.canvas().height_of(name) + 4;
    flow.place(
        block_of(joined(document.company_lines), { .size = 7.5, .colour = ink::quiet }, half),
        PageFlow::margin, below);

    auto const right = PageFlow::margin + half + 12;
    auto const rest = flow.width() - half - 12;
    auto title = block_of(document.title, { .size = 22, .align = TextAlign::right }, rest);
    auto const natural = flow.canvas().natural_width_of(title);
    if (natural > rest) {
        title.style.size = std::max(12.0, title.style.size * rest / natural);
    }
    flow.place(title, right, 35);
    flow.place(
        block_of(document.number,
            { .size = 10, .is_bold = true, .colour = ink::quiet, .align = TextAlign::right }, rest),
        right, 35 + flow.canvas().height_of(title) + 3);
}

// The recipient in the envelope's window; returns where it ends.
double place_recipient(PageFlow& flow)
{
    auto const& document = flow.document();
    auto const width = flow.width() * 0.5;
    auto y = address_top;
    if (!document.sender_line.empty()) {
        auto const sender =
            block_of(document.sender_line, { .size = 6.2, .colour = ink::quiet }, width);
        flow.place(sender, PageFlow::margin, y);
        y += flow.canvas().height_of(sender) + 2;
        flow.place({ PageFlow::margin, y, width * 0.86, 0.4 }, ink::hairline);
        y += 7;
    }
    if (document.recipient.empty()) {
        return y;
    }
    auto const recipient = block_of(joined(document.recipient), { .size = 10 }, width);
    flow.place(recipient, PageFlow::margin, y);
    return y + flow.canvas().height_of(recipient);
}

double place_facts(PageFlow& flow)
{
    auto const& facts = flow.document().facts;
    if (facts.empty()) {
        return address_top;
    }
    constexpr double padding = 11;
    auto const width = flow.width() * 0.41;
    auto const x = PageFlow::margin + flow.width() - width;
    auto const inner = width - 2 * padding;
    auto y = address_top + padding;
    for (auto const& fact : facts) {
        auto const label = block_of(fact.label, { .size = 8, .colour = ink::quiet }, inner * 0.44);
        auto const value =
            block_of(fact.value, { .size = 8.5, .align = TextAlign::right }, inner * 0.54);
        flow.place(label, x + padding, y + 0.4);
        flow.place(value, x + padding + inner * 0.46, y);
        y += std::max(flow.canvas().height_of(label), flow.canvas().height_of(value)) + 4.5;
    }
    y += padding - 4.5;
    flow.place({ x, address_top, width, y - address_top }, ink::panel);
    flow.place({ x, address_top, 2.2, y - address_top }, flow.document().accent);
    return y;
}

void place_head(PageFlow& flow)
{
    place_masthead(flow);
    auto const end = std::max({ place_recipient(flow), place_facts(flow), address_top + 96 });
    flow.move_to(end + 26);
    if (!flow.document().introduction.empty()) {
        flow.flow(block_of(flow.document().introduction, { .size = 9.2 }, flow.width()),
            PageFlow::margin);
        flow.advance(14);
    }
}

struct TotalRow {
    TextBlock label {};
    TextBlock value {};
    double height {};
};

TotalRow make_total(PageFlow& flow, DocumentTotal const& total, double width)
{
    auto const size = total.is_emphasised ? 10.5 : 9.0;
    auto const colour = total.is_emphasised ? ink::white : ink::text;
    TextStyle const label { .size = size,
        .is_bold = total.is_emphasised,
        .colour = total.is_emphasised ? ink::white : ink::quiet };
    TextStyle const value {
        .size = size, .is_bold = total.is_emphasised, .colour = colour, .align = TextAlign::right
    };
    TotalRow row { block_of(total.label, label, width * 0.56),
        block_of(total.value, value, width * 0.42) };
    row.height = std::max(flow.canvas().height_of(row.label), flow.canvas().height_of(row.value))
        + (total.is_emphasised ? 14 : 7);
    return row;
}

void place_totals(PageFlow& flow)
{
    auto const& totals = flow.document().totals;
    if (totals.empty()) {
        return;
    }
    auto const width = flow.width() * 0.46;
    auto const x = PageFlow::margin + flow.width() - width;
    constexpr double padding = 6; // as in the table's cells, so that figures stand below each other
    std::vector<TotalRow> rows;
    auto height = 10.0;
    for (auto const& total : totals) {
        rows.push_back(make_total(flow, total, width - 2 * padding));
        height += rows.back().height;
    }
    // A sum without its parts misleads, so they stay on one page if one page can hold them.
    if (height > flow.room() && !flow.is_fresh() && height <= flow.fresh_room()) {
        flow.start_page();
    }
    flow.advance(8);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].height > flow.room()) {
            flow.start_page();
        }
        auto const inset = totals[i].is_emphasised ? 7.0 : 3.5;
        if (totals[i].is_emphasised) {
            flow.place({ x, flow.y() + 2, width, rows[i].height - 2 }, flow.document().accent);
        }
        auto const top = flow.y() + inset + (totals[i].is_emphasised ? 1 : 0);
        flow.place(rows[i].label, x + padding, top);
        flow.place(rows[i].value, x + padding + (width - 2 * padding) * 0.58, top);
        flow.advance(rows[i].height);
    }
    flow.advance(12);
}

void place_notes(PageFlow& flow)
{
    for (auto const& note : flow.document().notes) {
        constexpr double room_wanted = 44; // a heading does not stand alone at a page's end
        if (flow.room() < room_wanted && !flow.is_fresh()) {
            flow.start_page();
        }
        flow.advance(8);
        if (!note.heading.empty()) {
            flow.flow(block_of(note.heading,
                          { .size = 8.5, .is_bold = true, .colour = flow.document().accent },
                          flow.width()),
                PageFlow::margin);
            flow.advance(2.5);
        }
        if (!note.text.empty()) {
            flow.flow(block_of(note.text, { .size = 8.5 }, flow.width()), PageFlow::margin);
        }
        flow.advance(4);
    }
}

}

std::unexpected<Error> document_too_large()
{
    return invalid("document_too_large", "The document has too much text for a PDF. Split it.");
}

double page_width_of(PageSize size) { return size == PageSize::a4 ? 595.276 : 612; }

double page_height_of(PageSize size) { return size == PageSize::a4 ? 841.89 : 792; }

PageFlow::PageFlow(PdfCanvas& canvas, Document const& document)
    : m_canvas(canvas)
    , m_document(document)
    , m_width(page_width_of(document.page_size))
    , m_height(page_height_of(document.page_size))
    , m_footer_top(m_height - footer_height(document))
    , m_bottom(m_footer_top - 12)
    , m_pages(1)
{
}

double PageFlow::fresh_room() const { return m_bottom - continuation_top; }

void PageFlow::advance(double height)
{
    m_y += height;
    m_is_fresh = false;
}

void PageFlow::start_page()
{
    m_pages.emplace_back();
    constexpr double top = 34;
    place({ 0, 0, m_width, 6 }, m_document.accent);
    place(block_of(m_document.company_name,
              { .size = 8.5, .is_bold = true, .colour = m_document.accent }, width() * 0.5),
        margin, top);
    place(block_of(document_name(m_document),
              { .size = 8.5, .colour = ink::quiet, .align = TextAlign::right }, width() * 0.48),
        margin + width() * 0.52, top);
    place({ margin, top + 18, width(), 0.5 }, ink::hairline);
    m_y = continuation_top;
    m_is_fresh = true;
}

void PageFlow::place(TextBlock block, double x, double y)
{
    if (!block.text.empty()) {
        m_pages.back().texts.push_back({ std::move(block), x, y });
    }
}

void PageFlow::place(Box const& box, std::uint32_t colour)
{
    m_pages.back().areas.push_back({ box, colour });
}

void PageFlow::flow(TextBlock block, double x)
{
    while (!block.text.empty() && !is_full()) {
        auto const height = m_canvas.height_of(block);
        if (height <= room()) {
            place(std::move(block), x, m_y);
            advance(height);
            return;
        }
        auto const fitting = m_canvas.bytes_within(block, room());
        if (fitting > 0) {
            auto part = block;
            part.text = std::string(text::trim(block.text.substr(0, fitting)));
            block.text.erase(0, fitting);
            place(std::move(part), x, m_y);
        } else if (m_is_fresh) {
            return; // A single line taller than a page cannot happen with our sizes.
        }
        start_page();
    }
}

void PageFlow::place_footer(std::size_t page, std::size_t count)
{
    auto& out = m_pages[page];
    auto const& columns = m_document.footer;
    out.areas.push_back({ { margin, m_footer_top, width(), 0.5 }, ink::hairline });
    auto const share = width() / static_cast<double>(std::max<std::size_t>(columns.size(), 1));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        out.texts.push_back(
            { block_of(joined(columns[i]), { .size = 6.8, .colour = ink::quiet }, share - 10),
                margin + static_cast<double>(i) * share, m_footer_top + 8 });
    }
    auto label = m_document.page_label;
    for (auto const& [name, value] : { std::pair { "{page}", page + 1 }, { "{pages}", count } }) {
        if (auto const at = label.find(name); at != std::string::npos) {
            label.replace(at, std::string_view(name).size(), std::to_string(value));
        }
    }
    out.texts.push_back(
        { block_of(std::move(label), { .size = 7, .colour = ink::quiet, .align = TextAlign::right },
              width()),
            margin, m_height - 30 });
}

std::vector<PlacedPage> PageFlow::finish()
{
    for (std::size_t page = 0; page < m_pages.size(); ++page) {
        place_footer(page, m_pages.size());
    }
    return std::move(m_pages);
}

Result<std::vector<PlacedPage>> lay_out(PdfCanvas& canvas, Document const& document)
{
    PageFlow flow(canvas, document);
    place_head(flow);
    place_table(flow);
    place_totals(flow);
    place_notes(flow);
    if (flow.is_full()) {
        return document_too_large();
    }
    return flow.finish();
}

}
