// Where everything of a business document stands. The flow hands out room on pages and keeps what
// was placed; nothing is drawn before the number of pages is known.
#pragma once

#include "platform/pages/pdf.h"
#include "platform/pages/pdf_canvas.h"

#include <vector>

namespace cashline::pages {

struct PlacedText {
    TextBlock block {};
    double x {};
    double y {};
};

struct PlacedArea {
    Box box {};
    std::uint32_t colour {};
};

struct PlacedPage {
    std::vector<PlacedArea> areas {};
    std::vector<PlacedText> texts {};
};

namespace ink {
inline constexpr std::uint32_t text = 0x1F2933;
inline constexpr std::uint32_t quiet = 0x616E7C;
inline constexpr std::uint32_t hairline = 0xDDE3E9;
inline constexpr std::uint32_t panel = 0xF3F6F9;
inline constexpr std::uint32_t white = 0xFFFFFF;
}

// The pages being filled, from top to bottom, between head and footer.
class PageFlow {
public:
    static constexpr double margin = 56; // about 20 mm
    static constexpr std::size_t pages_max = 500;

    PageFlow(PdfCanvas& canvas, Document const& document);

    PdfCanvas& canvas() { return m_canvas; }
    Document const& document() const { return m_document; }
    double page_width() const { return m_width; }
    double page_height() const { return m_height; }
    double width() const { return m_width - 2 * margin; }
    double y() const { return m_y; }
    double room() const { return m_bottom - m_y; }
    double fresh_room() const; // of a page after the first
    bool is_fresh() const { return m_is_fresh; }
    // Too long: what follows is not placed and the document is refused.
    bool is_full() const { return m_is_given_up || m_pages.size() > pages_max; }
    void give_up() { m_is_given_up = true; }

    void move_to(double y) { m_y = y; }
    void advance(double height);
    void start_page();
    void place(TextBlock block, double x, double y);
    void place(Box const& box, std::uint32_t colour);
    // Sets a text at the cursor over as many pages as it needs.
    void flow(TextBlock block, double x);
    std::vector<PlacedPage> finish();

private:
    void place_footer(std::size_t page, std::size_t count);

    PdfCanvas& m_canvas;
    Document const& m_document;
    double m_width {};
    double m_height {};
    double m_footer_top {};
    double m_bottom {};
    double m_y {};
    bool m_is_fresh { true };
    bool m_is_given_up {};
    std::vector<PlacedPage> m_pages {};
};

std::unexpected<Error> document_too_large();
double page_width_of(PageSize size);
double page_height_of(PageSize size);

// pdf_table.cpp
void place_table(PageFlow& flow);

// Head, recipient, facts, table, totals, notes. "document_too_large" beyond the limits.
Result<std::vector<PlacedPage>> lay_out(PdfCanvas& canvas, Document const& document);

}
