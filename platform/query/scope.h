// One SELECT level: the table it reads and the rows its lookups point at, joined once each when
// first needed. A join that a query asks for carries the target's access predicate, so a row the
// caller may not read is as if absent.
#pragma once

#include "platform/query/access.h"

#include <map>

namespace cashline {

// A column as it can stand in a condition or in a select list.
struct Operand {
    Column const*
        column {}; // the column that holds the value, at the end of calculations; gives the type
    std::string sql {};
    std::string folded {}; // text: what comparisons and sorting use
    std::string target_number {}; // lookups with several targets: the table number
    bool is_nullable { true };
};

class Scope {
public:
    Scope(Compiling& compiling, Table const& table)
        : m_compiling(&compiling)
        , m_root(new_source(compiling, table))
    {
    }

    Compiling& compiling() const { return *m_compiling; }
    Source const& root() const { return m_root; }

    // The row at the end of the hops, from the row itself or from a link; refused when the caller
    // may not read a table on the way.
    Result<Source> walk(std::vector<Hop> const& hops, int link = -1);
    // Joins the rows of the query's links; called once, before anything names them.
    Result<void> add_links(std::vector<Link> const&);
    std::vector<Source> const& links() const { return m_links; }
    Result<Source> joined_row(Source const& from, Column const& lookup, Table const& target);
    Result<Operand> operand(ColumnPath const&);
    Result<Operand> operand(Source const&, Column const&);

    // Everything after "from".
    std::string from() const { return from_clause(*m_compiling, m_root) + m_joins; }

private:
    // Calculated columns are part of the row itself, so the table they read through is not checked.
    enum class Check : std::uint8_t { access, none };
    struct JoinKey {
        std::string from;
        ColumnIndex lookup;
        TableId target;
        Check check;
        auto operator<=>(JoinKey const&) const = default;
    };

    Result<void> add_link(Link const&);
    Result<Source> join(Source const& from, Column const& lookup, Table const& target, Check);
    Result<Operand> calculated(Source const&, Column const&, int depth);
    Result<Operand> operand_at(Source const&, Column const&, int depth);

    Compiling* m_compiling;
    Source m_root;
    std::string m_joins {};
    std::vector<Source> m_links {};
    std::map<JoinKey, Source> m_joined {};
};

// "here = there", with the table number where one side is a lookup with several targets.
struct JoinSide {
    Source const& source;
    Column const& column;
};
std::string join_condition(JoinSide const& here, JoinSide const& there);
// The hop's target, checked: the hop fits the column.
Result<Table const*> hop_target(Schema const&, Table const& from, Hop const&);

}
