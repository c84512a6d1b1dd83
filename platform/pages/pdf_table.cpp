#include "platform/pages/pdf_layout.h"

#include "core/text.h"

#include <algorithm>
#include <numeric>

namespace cashline::pages {

namespace {

constexpr double cell_padding = 6;
constexpr double row_padding = 5.5;
constexpr double cell_size = 8.8;
constexpr std::size_t line_pages_max = 25; // a longer text does not belong into a table
constexpr double size_min = 6; // numbers shrink rather than wrap, down to this

struct CellText {
    TextBlock block {};
    double gap {}; // above
    double height {};
};

using Cell = std::vector<CellText>; // one below the other
using Cells = std::vector<Cell>;

struct Column {
    double x {};
    double width {}; // of the text
    TextAlign align {};
};

class Table {
public:
    explicit Table(PageFlow& flow) : m_flow(flow), m_columns(make_columns()) { }

    void place()
    {
        // The head does not stand alone: the first line goes with it.
        constexpr double head_height = 28;
        auto const& lines = document().lines;
        auto const first =
            head_height + 2 * row_padding + (lines.empty() ? 0 : height_of(make_cells(lines[0])));
        if (m_flow.room() < first && !m_flow.is_fresh() && first <= m_flow.fresh_room()) {
            m_flow.start_page();
        }
        place_head();
        for (auto const& line : lines) {
            place_line(line);
        }
        m_flow.place(
            { PageFlow::margin, m_flow.y(), m_flow.width(), 0.9 }, m_flow.document().accent);
        m_flow.advance(4);
    }

private:
    Document const& document() const { return m_flow.document(); }

    std::size_t detail_column() const
    {
        auto const& columns = document().columns;
        auto const found = std::ranges::find_if(
            columns, [](DocumentColumn const& column) { return column.weight > 0; });
        return found == columns.end() ? 0 : static_cast<std::size_t>(found - columns.begin());
    }

    double natural_width(std::size_t index)
    {
        auto const measured = [&](std::string const& text, bool is_bold) {
            return m_flow.canvas().natural_width_of({ .text = text,
                .style = { .size = is_bold ? 7.8 : cell_size, .is_bold = is_bold } });
        };
        auto widest = measured(document().columns[index].title, true);
        for (auto const& line : document().lines) {
            if (index < line.cells.size()) {
                widest = std::max(widest, measured(line.cells[index], false));
            }
        }
        // One long word in a number's place must not push the description off the page.
        return std::min(widest + 1, m_flow.width() * 0.3);
    }

    std::vector<Column> make_columns()
    {
        auto const& wanted = document().columns;
        std::vector<double> widths(wanted.size(), 0);
        auto weights = 0;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            widths[i] = wanted[i].weight > 0 ? 0 : natural_width(i);
            weights += std::max(wanted[i].weight, 0);
        }
        auto const padding = 2 * cell_padding * static_cast<double>(wanted.size());
        auto const available = std::max(m_flow.width() - padding, 40.0);
        auto fixed = std::accumulate(widths.begin(), widths.end(), 0.0);
        auto const fixed_max = weights > 0 ? available * 0.68 : available;
        if (fixed > fixed_max) {
            std::ranges::for_each(widths, [&](double& width) { width *= fixed_max / fixed; });
            fixed = fixed_max;
        }
        std::vector<Column> columns;
        auto x = PageFlow::margin + cell_padding;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (wanted[i].weight > 0) {
                widths[i] = (available - fixed) * wanted[i].weight / weights;
            } else if (weights == 0) {
                widths[i] += (available - fixed) / static_cast<double>(wanted.size());
            }
            columns.push_back({ x, widths[i], wanted[i].align });
            x += widths[i] + 2 * cell_padding;
        }
        return columns;
    }

    CellText make_text(std::string text, std::size_t index, TextStyle style)
    {
        style.align = m_columns[index].align;
        TextBlock block {
            .text = std::move(text), .style = style, .width = m_columns[index].width
        };
        if (document().columns[index].weight == 0) {
            auto const natural = m_flow.canvas().natural_width_of(block);
            if (natural > block.width) {
                block.style.size = std::max(size_min, style.size * block.width / natural);
            }
        }
        auto const height = m_flow.canvas().height_of(block);
        return { .block = std::move(block), .height = height };
    }

    void place_head()
    {
        Cells cells;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            cells.push_back({ make_text(document().columns[i].title, i,
                { .size = 7.8, .is_bold = true, .colour = ink::white }) });
        }
        auto const height = height_of(cells) + 2 * row_padding - 1;
        m_flow.place({ PageFlow::margin, m_flow.y(), m_flow.width(), height }, document().accent);
        place_cells(cells, m_flow.y() + row_padding - 0.5);
        m_flow.advance(height);
        m_is_after_head = true;
    }

    static double height_of(Cells const& cells)
    {
        double highest = 0;
        for (auto const& cell : cells) {
            double height = 0;
            for (auto const& text : cell) {
                height += text.gap + text.height;
            }
            highest = std::max(highest, height);
        }
        return highest;
    }

    void place_cells(Cells const& cells, double top)
    {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            auto y = top;
            for (auto const& text : cells[i]) {
                m_flow.place(text.block, m_columns[i].x, y + text.gap);
                y += text.gap + text.height;
            }
        }
    }

    Cells make_cells(DocumentLine const& line)
    {
        Cells cells;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            Cell cell;
            cell.push_back(
                make_text(i < line.cells.size() ? line.cells[i] : "", i, { .size = cell_size }));
            if (i == detail_column() && !line.detail.empty()) {
                cell.push_back(make_text(line.detail, i, { .size = 7.4, .colour = ink::quiet }));
                cell.back().gap = 2;
            }
            cells.push_back(std::move(cell));
        }
        return cells;
    }

    void next_page()
    {
        m_flow.start_page();
        place_head();
    }

    void place_row(Cells const& cells, double height)
    {
        place_cells(cells, m_flow.y() + row_padding);
        m_flow.advance(height + 2 * row_padding);
        m_flow.place({ PageFlow::margin, m_flow.y() - 0.5, m_flow.width(), 0.5 }, ink::hairline);
        m_is_after_head = false;
    }

    void place_line(DocumentLine const& line)
    {
        auto cells = make_cells(line);
        std::size_t pages = 0;
        while (!m_flow.is_full()) {
            auto const height = height_of(cells);
            auto const room = m_flow.room() - 2 * row_padding;
            if (height <= room) {
                place_row(cells, height);
                return;
            }
            // A row moves to the next page as a whole; only one taller than a page is cut.
            if (!m_is_after_head) {
                next_page();
                continue;
            }
            auto const rest = cut(cells, room);
            if (height_of(cells) == 0) {
                return; // A single line taller than a page cannot happen with our sizes.
            }
            place_row(cells, height_of(cells));
            if (++pages > line_pages_max) {
                m_flow.give_up();
                return;
            }
            next_page();
            cells = rest;
        }
    }

    // Leaves in `cells` what fits and answers what does not.
    Cells cut(Cells& cells, double room)
    {
        Cells rest(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            Cell fitting;
            auto left = room;
            for (auto& text : cells[i]) {
                if (text.gap + text.height <= left) {
                    left -= text.gap + text.height;
                    fitting.push_back(std::move(text));
                    continue;
                }
                auto& canvas = m_flow.canvas();
                auto const bytes =
                    left > text.gap ? canvas.bytes_within(text.block, left - text.gap) : 0;
                if (bytes > 0) {
                    fitting.push_back(text);
                    fitting.back().block.text.resize(bytes);
                    fitting.back().height = canvas.height_of(fitting.back().block);
                    text.block.text.erase(0, bytes);
                    text.height = canvas.height_of(text.block);
                }
                left = 0;
                rest[i].push_back(std::move(text));
            }
            cells[i] = std::move(fitting);
        }
        return rest;
    }

    PageFlow& m_flow;
    std::vector<Column> m_columns;
    bool m_is_after_head {};
};

}

void place_table(PageFlow& flow)
{
    if (!flow.document().columns.empty()) {
        Table(flow).place();
    }
}

}
