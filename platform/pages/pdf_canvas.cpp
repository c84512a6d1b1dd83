#include "platform/pages/pdf_canvas.h"

#include "platform/pages/clean_text.h"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include <array>

namespace cashline::pages {

namespace {

constexpr char const* font_family = "DejaVu Sans";
constexpr double line_gap = 0.22; // of the font size, between lines

struct ReleaseObject {
    void operator()(gpointer object) const { g_object_unref(object); }
};
struct FreeSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeContext {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
struct FreeDescription {
    void operator()(PangoFontDescription* description) const
    {
        pango_font_description_free(description);
    }
};
struct FreeIterator {
    void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};

cairo_status_t collect(void* out, unsigned char const* bytes, unsigned int length)
{
    static_cast<std::string*>(out)->append(reinterpret_cast<char const*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

// Font maps belong to their thread, so each thread looks once.
bool has_font()
{
    thread_local bool const is_there = [] {
        PangoFontFamily** families = nullptr;
        int count = 0;
        pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
        bool found = false;
        for (int i = 0; i < count; ++i) {
            found =
                found || std::string_view(pango_font_family_get_name(families[i])) == font_family;
        }
        g_free(families);
        return found;
    }();
    return is_there;
}

std::array<double, 3> components(std::uint32_t colour)
{
    return { ((colour >> 16) & 0xFF) / 255.0, ((colour >> 8) & 0xFF) / 255.0,
        (colour & 0xFF) / 255.0 };
}

// The first `count` letters of a valid UTF-8 text.
std::string_view letters_of(std::string_view text, std::size_t count)
{
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        bool const is_start = (static_cast<std::uint8_t>(text[end]) & 0xC0) != 0x80;
        if (is_start && count-- == 0) {
            break;
        }
    }
    return text.substr(0, end);
}

PangoAlignment alignment_of(TextAlign align)
{
    switch (align) {
    case TextAlign::left:
        return PANGO_ALIGN_LEFT;
    case TextAlign::center:
        return PANGO_ALIGN_CENTER;
    case TextAlign::right:
        return PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

}

struct PdfCanvas::State {
    std::string bytes {}; // filled by the surface, so it outlives it
    std::unique_ptr<cairo_surface_t, FreeSurface> surface {};
    std::unique_ptr<cairo_t, FreeContext> context {};
    std::unique_ptr<PangoLayout, ReleaseObject> layout {};
    std::unique_ptr<PangoFontDescription, FreeDescription> font {};
    double page_height {};

    // As much text as could fit on a page in this width, so that laying out a long text page by
    // page costs what its pages cost. Hardly a letter is narrower than a quarter of its size.
    std::string_view measured_part(TextBlock const& block) const
    {
        auto const letters = block.width / (block.style.size * 0.25) + 1;
        auto const lines = page_height / (block.style.size * 1.1) + 1;
        return letters_of(block.text, static_cast<std::size_t>(letters * lines));
    }

    PangoLayout* set(TextBlock const& block)
    {
        pango_font_description_set_weight(
            font.get(), block.style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font.get(), block.style.size * PANGO_SCALE);
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_spacing(
            layout.get(), static_cast<int>(block.style.size * line_gap * PANGO_SCALE));
        pango_layout_set_alignment(layout.get(), alignment_of(block.style.align));
        pango_layout_set_width(layout.get(), static_cast<int>(block.width * PANGO_SCALE));
        pango_layout_set_text(layout.get(), block.text.data(), static_cast<int>(block.text.size()));
        return layout.get();
    }

    void set_colour(std::uint32_t colour)
    {
        auto const [red, green, blue] = components(colour);
        cairo_set_source_rgb(context.get(), red, green, blue);
    }
};

PdfCanvas::PdfCanvas(std::unique_ptr<State> state) : m_state(std::move(state)) { }
PdfCanvas::PdfCanvas(PdfCanvas&&) noexcept = default;
PdfCanvas& PdfCanvas::operator=(PdfCanvas&&) noexcept = default;
PdfCanvas::~PdfCanvas() = default;

Result<PdfCanvas> PdfCanvas::create(PdfProperties const& properties)
{
    if (!has_font()) {
        return refuse(Fault::unavailable, "font_missing",
            "Documents need the font DejaVu Sans. Install the package fonts-dejavu-core.");
    }
    auto state = std::make_unique<State>();
    state->surface.reset(cairo_pdf_surface_create_for_stream(
        &collect, &state->bytes, properties.page_width, properties.page_height));
    auto* const surface = state->surface.get();
    state->page_height = properties.page_height;
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, properties.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, properties.author.c_str());
    // The document's own moment, not the clock's: the same document gives the same bytes.
    cairo_pdf_surface_set_metadata(
        surface, CAIRO_PDF_METADATA_CREATE_DATE, properties.created_at.to_string().c_str());
    state->context.reset(cairo_create(surface));
    state->layout.reset(pango_cairo_create_layout(state->context.get()));
    auto* const pango = pango_layout_get_context(state->layout.get());
    pango_cairo_context_set_resolution(pango, 72); // so that sizes are points
    auto* const options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pango, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(pango, FALSE);
    pango_layout_set_wrap(state->layout.get(), PANGO_WRAP_WORD_CHAR);
    state->font.reset(pango_font_description_new());
    pango_font_description_set_family_static(state->font.get(), font_family);
    return PdfCanvas(std::move(state));
}

double PdfCanvas::height_of(TextBlock const& block)
{
    if (m_state->measured_part(block).size() < block.text.size()) {
        return m_state->page_height + 1;
    }
    PangoRectangle extents {};
    pango_layout_get_extents(m_state->set(block), nullptr, &extents);
    return static_cast<double>(extents.height) / PANGO_SCALE;
}

double PdfCanvas::natural_width_of(TextBlock const& block)
{
    constexpr std::size_t long_enough = 2000; // wider than any page
    auto* const layout = m_state->set(
        { .text = std::string(utf8_prefix(block.text, long_enough)), .style = block.style });
    pango_layout_set_width(layout, -1);
    PangoRectangle extents {};
    pango_layout_get_extents(layout, nullptr, &extents);
    return static_cast<double>(extents.width) / PANGO_SCALE;
}

std::size_t PdfCanvas::bytes_within(TextBlock const& block, double height)
{
    auto const measured = m_state->measured_part(block);
    auto* const layout = m_state->set(block);
    pango_layout_set_text(layout, measured.data(), static_cast<int>(measured.size()));
    std::unique_ptr<PangoLayoutIter, FreeIterator> const iterator(pango_layout_get_iter(layout));
    do {
        PangoRectangle extents {};
        pango_layout_iter_get_line_extents(iterator.get(), nullptr, &extents);
        if (static_cast<double>(extents.y + extents.height) / PANGO_SCALE > height) {
            auto const* const line = pango_layout_iter_get_line_readonly(iterator.get());
            return static_cast<std::size_t>(line->start_index);
        }
    } while (pango_layout_iter_next_line(iterator.get()) != FALSE);
    return measured.size();
}

void PdfCanvas::draw(TextBlock const& block, double x, double y)
{
    auto* const layout = m_state->set(block);
    m_state->set_colour(block.style.colour);
    cairo_move_to(m_state->context.get(), x, y);
    pango_cairo_show_layout(m_state->context.get(), layout);
}

void PdfCanvas::fill(Box const& box, std::uint32_t colour)
{
    m_state->set_colour(colour);
    cairo_rectangle(m_state->context.get(), box.x, box.y, box.width, box.height);
    cairo_fill(m_state->context.get());
}

void PdfCanvas::next_page() { cairo_show_page(m_state->context.get()); }

Result<std::string> PdfCanvas::finish()
{
    auto const drawn = cairo_status(m_state->context.get());
    m_state->layout.reset();
    m_state->context.reset();
    cairo_surface_finish(m_state->surface.get());
    auto const written = cairo_surface_status(m_state->surface.get());
    if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS) {
        return internal("pdf_failed", "The document could not be drawn.");
    }
    return std::move(m_state->bytes);
}

}
