// Rows kept for a second pass: when names of lookups or rows of collections must be read before the
// page can be written. One text holds all texts, so a page costs a handful of allocations.
#pragma once

#include "platform/query/value_sql.h"

namespace cashline {

class RowBuffer {
public:
    struct Cell {
        std::int64_t number {}; // the value, or where its text begins
        std::uint32_t size {};
        bool is_null { true };
    };

    // What each column of the result holds.
    explicit RowBuffer(std::vector<Storage> columns) : m_columns(std::move(columns)) { }

    void add(SqlRow const&);
    std::size_t size() const { return m_columns.empty() ? 0 : m_cells.size() / m_columns.size(); }

    // A row of the buffer, read like one of the database.
    class View final : public SqlRow {
    public:
        View(RowBuffer const& buffer, std::size_t row)
            : m_buffer(buffer)
            , m_first(row * buffer.m_columns.size())
        {
        }
        bool is_null(int column) const override { return cell(column).is_null; }
        std::int64_t integer(int column) const override { return cell(column).number; }
        std::string_view text(int column) const override;
        std::string_view bytes(int column) const override { return text(column); }
        Id id(int column) const override;

    private:
        Cell const& cell(int column) const;

        RowBuffer const& m_buffer;
        std::size_t m_first;
    };
    View row(std::size_t index) const { return { *this, index }; }

private:
    std::vector<Storage> m_columns;
    std::vector<Cell> m_cells {};
    std::string m_texts {};
};

}
