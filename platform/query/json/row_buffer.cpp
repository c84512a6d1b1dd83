#include "platform/query/json/row_buffer.h"

#include "core/check.h"

#include <cstring>

namespace cashline {

void RowBuffer::add(SqlRow const& row)
{
    for (std::size_t index = 0; index < m_columns.size(); ++index) {
        auto const at = static_cast<int>(index);
        Cell cell;
        cell.is_null = row.is_null(at);
        if (!cell.is_null && m_columns[index] == Storage::number) {
            cell.number = row.integer(at);
        } else if (!cell.is_null) {
            auto const id = m_columns[index] == Storage::id ? row.id(at) : Id {};
            auto const text = m_columns[index] == Storage::id ? id.as_bytes() : row.text(at);
            cell.number = static_cast<std::int64_t>(m_texts.size());
            cell.size = static_cast<std::uint32_t>(text.size());
            m_texts += text;
        }
        m_cells.push_back(cell);
    }
}

RowBuffer::Cell const& RowBuffer::View::cell(int column) const
{
    return m_buffer.m_cells[m_first + static_cast<std::size_t>(column)];
}

std::string_view RowBuffer::View::text(int column) const
{
    auto const& found = cell(column);
    return found.is_null ? std::string_view {}
                         : std::string_view(m_buffer.m_texts)
                               .substr(static_cast<std::size_t>(found.number), found.size);
}

Id RowBuffer::View::id(int column) const
{
    Id id;
    auto const bytes = text(column);
    if (bytes.size() == id.bytes.size()) {
        std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
    }
    return id;
}

}
