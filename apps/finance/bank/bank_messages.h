// Bank statements: import, match, post (docs/contracts/bank-statements.md). A statement comes in
// whole or not at all; what a person has not confirmed posts only where the match is certain.
#pragma once

#include "apps/finance/order/order_steps.h"

namespace cashline::finance {

struct ImportBankStatement {
    static constexpr char const* name = "cl_ImportBankStatement";
    struct Reply {
        Id statement {}; // the last one, where a file has several
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("StatementId", &Reply::statement);
        }
    };

    std::string file_name {};
    std::string content {}; // base64

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("FileName", &ImportBankStatement::file_name);
        visit("Content", &ImportBankStatement::content);
    }
};

struct MatchBankLine {
    static constexpr char const* name = "cl_MatchBankLine";
    using Reply = NoReply;

    Id line {};
    json::Value invoices {}; // [{InvoiceId, Amount?}]; empty takes the match off

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("LineId", &MatchBankLine::line);
        visit("Invoices", &MatchBankLine::invoices);
    }
};

struct PostBankStatement {
    static constexpr char const* name = "cl_PostBankStatement";
    struct Reply {
        std::int32_t posted {};
        std::int32_t settled {};
        std::int32_t open {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("Posted", &Reply::posted);
            visit("Settled", &Reply::settled);
            visit("Open", &Reply::open);
        }
    };

    Id statement {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("StatementId", &PostBankStatement::statement);
    }
};

Result<ImportBankStatement::Reply> import_bank_statement(Unit&, ImportBankStatement const&);
Result<NoReply> match_bank_line(Unit&, MatchBankLine const&);
Result<PostBankStatement::Reply> post_bank_statement(Unit&, PostBankStatement const&);

void register_bank(Registry&);

}
