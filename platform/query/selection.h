// The select list of one statement: columns of the row itself and of the rows that single-valued
// expands join.
#pragma once

#include "platform/query/compiler.h"

namespace cashline {

class SelectionBuilder {
public:
    SelectionBuilder(Scope& scope, EmptySelect empty) : m_scope(scope), m_empty(empty) { }

    Result<Selection> build(Query const&);
    // Another expression of the select list; its position.
    int add(std::string_view expression, Storage storage);
    std::vector<Storage> const& storages() const { return m_storages; }
    std::string const& list() const { return m_list; }
    std::string named_list()
        const; // "a0.name as c0, …", where a level around it needs distinct names

private:
    Result<Selection> build(Source const&, Query const&, bool has_identity);
    Result<void> add_columns(Selection&, Source const&, std::vector<ColumnIndex> const&);
    Result<void> add_column(SelectedColumn&, Source const&);
    int add_stored(Source const&, Column const&, std::string_view suffix, Storage);
    Result<void> add_named(Selection&, Query const&);
    Result<void> add_expands(Selection&, Source const&, Query const&);
    Result<Selection> single(Source const&, Expand const&);

    Scope& m_scope;
    EmptySelect m_empty;
    std::string m_list {};
    std::vector<std::size_t> m_ends {}; // of each expression in the list
    std::vector<Storage> m_storages {};
    std::size_t m_expands {};
};

// The columns a query brings: the named ones once each, the currency beside money; or those of
// `EmptySelect`.
std::vector<ColumnIndex> columns_of(Table const&, Query const&, EmptySelect);

}
