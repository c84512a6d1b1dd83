// Functions of the bank pages (docs/contracts/web-workspace.md 8).
#pragma once

#include "apps/finance/order/order_steps.h"

namespace cashline::finance {

struct RetrieveBankStatements {
    static constexpr char const* name = "cl_RetrieveBankStatements";
    using Reply = DocumentReply;

    std::optional<std::string> company {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Company", &RetrieveBankStatements::company);
    }
};

struct RetrieveBankStatement {
    static constexpr char const* name = "cl_RetrieveBankStatement";
    using Reply = DocumentReply;

    Id statement {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("StatementId", &RetrieveBankStatement::statement);
    }
};

void register_bank_pages(Registry&);

}
