// What requests for single rows have in common: clients ask for one row after the other with the
// same $select, so the words are read and the statement is made once for all of them.
#pragma once

#include "platform/query/json/json_rows.h"

#include <mutex>
#include <string>
#include <unordered_map>

namespace cashline::odata {

struct Call;

// $select and $expand of one table's rows for callers with the same rights.
struct RowReading {
    std::shared_ptr<Rights const> rights {}; // kept, since its address is part of the key
    Query query {};
    std::string fragment {}; // of @odata.context
    std::optional<RowStatement> statement {}; // points into the query and the call's schema
};

class RowReadings {
public:
    struct Wanted {
        TableId table {};
        bool ignores_expand {};
    };
    // Shared: a request may still use it when it is forgotten here.
    Result<std::shared_ptr<RowReading const>> find(
        ReadContext const&, Caller const&, Call const&, Wanted const&);

private:
    std::mutex m_mutex {};
    std::shared_ptr<Schema const> m_schema {}; // the one that everything kept here points into
    std::unordered_map<std::string, std::shared_ptr<RowReading const>> m_readings {};
};

}
