// Pages to draw text, areas and rules on, in points from the top left corner (cairo and pango stay
// in pdf_canvas.cpp). The layout of documents is in pdf_layout.cpp and knows nothing of the
// libraries.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <memory>
#include <string>
#include <string_view>

namespace cashline::pages {

enum class TextAlign : std::uint8_t { left, center, right };

struct TextStyle {
    double size { 9 };
    bool is_bold {};
    std::uint32_t colour { 0x1F2933 }; // 0xRRGGBB
    TextAlign align { TextAlign::left };
};

// Text set in a width; longer lines wrap, words that are too long break.
struct TextBlock {
    std::string text {}; // valid UTF-8, see clean_text
    TextStyle style {};
    double width {};
};

struct Box {
    double x {};
    double y {};
    double width {};
    double height {};
};

struct PdfProperties {
    double page_width {};
    double page_height {};
    std::string title {};
    std::string author {};
    Timestamp created_at {};
};

class PdfCanvas {
public:
    // "font_missing" when the machine lacks DejaVu Sans; another font would change every line
    // break.
    static Result<PdfCanvas> create(PdfProperties const& properties);
    PdfCanvas(PdfCanvas&&) noexcept;
    PdfCanvas& operator=(PdfCanvas&&) noexcept;
    ~PdfCanvas();

    // Text that cannot possibly fit on a page is not measured: its height is just more than a page.
    double height_of(TextBlock const& block);
    double natural_width_of(TextBlock const& block); // of its longest line without wrapping
    // How many bytes of the text stay within `height` (of a page at most), at a line's end.
    std::size_t bytes_within(TextBlock const& block, double height);

    void draw(TextBlock const& block, double x, double y);
    void fill(Box const& box, std::uint32_t colour);
    void next_page();
    // The finished file. "pdf_failed" when the library gave up.
    Result<std::string> finish();

private:
    struct State;
    explicit PdfCanvas(std::unique_ptr<State> state);

    std::unique_ptr<State> m_state;
};

}
