// Something wrong in a company's data, named so exactly that one can go and look: which row, which
// column, what should stand there and what does.
#pragma once

#include "core/id.h"

#include <string>

namespace cashline {

struct VerifyFinding {
    std::string check {}; // "references", "journal", "keys", "maps", "ledger" …
    std::string table {}; // logical name
    Id row {}; // nil: about the table as a whole
    std::string column {}; // logical name
    std::string expected {};
    std::string found {};
    std::string text {}; // one sentence
};

}
