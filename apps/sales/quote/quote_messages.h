// The messages of quotes: sales.md 2.3 and 3.2, messages.json; docs/contracts/quotes.md. Registered
// in quotes.cpp.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::sales {

struct GenerateQuoteFromOpportunity {
    static constexpr char const* name = "GenerateQuoteFromOpportunity";
    using Reply = EntityReply;
    Id opportunity {};
    std::optional<json::Value>
        columns {}; // ColumnSet: accepted, the reply's columns are chosen by $select
    std::optional<Lookup> process {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OpportunityId", &GenerateQuoteFromOpportunity::opportunity);
        visit("ColumnSet", &GenerateQuoteFromOpportunity::columns);
        visit("ProcessInstanceId", &GenerateQuoteFromOpportunity::process);
    }
};

struct ReviseQuote {
    static constexpr char const* name = "ReviseQuote";
    using Reply = EntityReply;
    Id quote {};
    std::optional<json::Value> columns {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("QuoteId", &ReviseQuote::quote);
        visit("ColumnSet", &ReviseQuote::columns);
    }
};

struct WinQuote {
    static constexpr char const* name = "WinQuote";
    using Reply = NoReply;
    Row close {};
    std::int32_t status { -1 };
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("QuoteClose", &WinQuote::close);
        visit("Status", &WinQuote::status);
    }
};

struct CloseQuote {
    static constexpr char const* name = "CloseQuote";
    using Reply = NoReply;
    Row close {};
    std::int32_t status { -1 };
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("QuoteClose", &CloseQuote::close);
        visit("Status", &CloseQuote::status);
    }
};

// With QuoteClose… values an active quote is won first.
struct ConvertQuoteToSalesOrder {
    static constexpr char const* name = "ConvertQuoteToSalesOrder";
    using Reply = EntityReply;
    Id quote {};
    std::optional<json::Value> columns {};
    std::optional<Timestamp> close_date {};
    std::optional<std::int32_t> close_status {};
    std::optional<std::string> close_subject {};
    std::optional<std::string> close_description {};
    std::optional<Lookup> process {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("QuoteId", &ConvertQuoteToSalesOrder::quote);
        visit("ColumnSet", &ConvertQuoteToSalesOrder::columns);
        visit("QuoteCloseDate", &ConvertQuoteToSalesOrder::close_date);
        visit("QuoteCloseStatus", &ConvertQuoteToSalesOrder::close_status);
        visit("QuoteCloseSubject", &ConvertQuoteToSalesOrder::close_subject);
        visit("QuoteCloseDescription", &ConvertQuoteToSalesOrder::close_description);
        visit("ProcessInstanceId", &ConvertQuoteToSalesOrder::process);
    }
};

Result<EntityReply> generate_quote(Unit&, GenerateQuoteFromOpportunity const&);
Result<EntityReply> revise_quote(Unit&, ReviseQuote const&);
Result<NoReply> win_quote(Unit&, WinQuote const&);
Result<NoReply> close_quote(Unit&, CloseQuote const&);
Result<EntityReply> convert_quote(Unit&, ConvertQuoteToSalesOrder const&);

}
