// A database past the product: the yardstick writes the product's own tables through it as fast as
// the database itself can, and prepared rows are laid into a stopped company's database. One
// connection.
#pragma once

#include "core/id.h"
#include "core/result.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace cashline::bench {

using RawValue = std::variant<std::monostate, std::int64_t, std::string, Id>;

struct RawRow {
    std::vector<std::string> columns {};
    std::vector<RawValue> values {};
    // The place of a column; the row must have it.
    std::size_t at(std::string_view column) const;
};

class RawDatabase {
public:
    virtual ~RawDatabase() = default;
    // The first row of a query.
    virtual Result<RawRow> row(std::string const& sql) = 0;
    virtual Result<void> run(std::string const& sql) = 0;
    // One insert statement is prepared at a time.
    virtual Result<void> prepare_insert(
        std::string const& table, std::vector<std::string> const& columns) = 0;
    virtual Result<void> insert(std::span<RawValue const> values) = 0;
};

// WAL, synchronous=FULL, foreign keys on: what the product writes with.
Result<std::unique_ptr<RawDatabase>> open_sqlite(std::string const& path);
Result<std::unique_ptr<RawDatabase>> open_postgresql(std::string const& url);

}
