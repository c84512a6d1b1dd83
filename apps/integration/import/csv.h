// Comma-separated files as RFC 4180 describes them: quoted fields, doubled quotes, line ends inside
// quotes, CRLF or LF, a byte order mark; `;` is taken as separator when the header has more of
// them. The first record names the columns.
#pragma once

#include "core/result.h"

#include <string>
#include <vector>

namespace cashline::integration {

struct CSVFile {
    std::vector<std::string> columns {};
    std::vector<std::vector<std::string>> records {};

    // -1 when there is none.
    std::int64_t position_of(std::string_view column) const;
};

// "csv_malformed" with the line: an open quote, a record with another number of fields, text that
// is not UTF-8.
Result<CSVFile> parse_csv(std::string_view text);

}
