// What a page needs besides its own rows before it can be written: the names of the rows its
// lookups point at, its currencies, and the rows of its collections. Each kind is one query for the
// whole page.
#pragma once

#include "platform/query/json/formatted_value.h"
#include "platform/query/json/row_buffer.h"
#include "platform/query/json/row_plan.h"

#include <map>
#include <set>
#include <unordered_map>

namespace cashline {

// The rows of one collection-valued expand for all parents.
struct ChildRows {
    CompiledQuery compiled;
    RowPlan plan {};
    RowBuffer rows;
    std::unordered_map<Id, std::vector<std::size_t>> by_parent {};

    // Positions in `rows`, in order.
    std::span<std::size_t const> of(Id parent) const
    {
        auto const found = by_parent.find(parent);
        return found == by_parent.end() ? std::span<std::size_t const> {} : found->second;
    }
};

class PageFacts {
public:
    PageFacts(ReadContext& context, Caller const& caller, JsonOptions const& options)
        : m_context(context)
        , m_caller(caller)
        , m_options(options)
    {
    }

    // Looks through the rows and reads what they lack.
    Result<void> gather(RowPlan const&, RowBuffer const&);
    Result<void> read_names();

    std::string const* find_name(Lookup const&) const; // null pointer: not readable, or nameless
    CurrencyFormat const& currency(Id) const;
    CurrencyFormat const& base_currency() const { return m_base_currency; }
    ChildRows const* find_children(Expand const*) const;

private:
    void note_lookups(RowPlan const&, RowBuffer const&);
    Result<void> read_children(RowPlan const&, RowBuffer const&);
    Result<void> read_collection(RowPlan const&, Expand const&, std::vector<Id> const& parents);
    Result<void> read_names_of(Table const&, std::vector<Value> const& ids);
    Result<void> read_currencies();
    Result<void> read_base_currency();

    ReadContext& m_context;
    Caller const& m_caller;
    JsonOptions const& m_options;
    std::map<TableId, std::set<Id>> m_wanted {};
    std::set<Id> m_wanted_currencies {};
    bool m_wants_base_currency {};
    std::map<Lookup, std::string> m_names {};
    std::map<Id, CurrencyFormat> m_currencies {};
    CurrencyFormat m_base_currency {};
    std::map<Expand const*, std::unique_ptr<ChildRows>> m_children {};
};

// The table a lookup's value points at.
TableId target_of(SelectedColumn const&, SqlRow const&);

}
