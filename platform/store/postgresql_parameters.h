// Statements are written once, with ?1 ?2 … as SQLite takes them; PostgreSQL wants $1 $2.
#pragma once

#include <string>
#include <string_view>

namespace cashline {

struct DollarStatement {
    std::string sql {};
    std::size_t parameters {}; // the highest number
};

// Leaves text, quoted names, comments and $tag$ bodies alone, and every ? that no number follows.
DollarStatement with_dollar_parameters(std::string_view sql);

}
