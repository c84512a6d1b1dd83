// $filter as a Filter. Paths inside a lambda are relative to the lambda's own variable.
#pragma once

#include "platform/query/odata/names.h"
#include "platform/query/odata/options.h"
#include "platform/query/odata/scanner.h"

namespace cashline::odata {

// Where names are looked up: the table and, inside any/all, the variable that stands for its row.
struct Place {
    Table const* table {};
    std::string_view variable {};
};

class FilterParser {
public:
    FilterParser(Schema const& schema, Aliases const& aliases, Scanner& scanner)
        : m_schema(schema)
        , m_aliases(aliases)
        , m_scanner(scanner)
    {
    }

    Result<Filter> expression(Place const&);

private:
    // What a path leads to: a column, or a collection that any/all or a query function follows.
    struct Path {
        ColumnPath column {};
        Table const* table {}; // that holds the column, or the collection
        Column const* found {};
        std::string_view last {}; // the name that is no column: collection or function
        std::optional<TableId> target {}; // the column was reached as the id of a lookup's target
    };

    Result<Filter> conjunction(Place const&);
    Result<Filter> negation(Place const&);
    Result<Filter> primary(Place const&);
    Result<Filter> text_function(Place const&, std::string_view name);
    Result<Filter> query_function(Path const&, std::string_view name);
    Result<Filter> lambda(Place const&, Path const&);
    Result<Filter> comparison(Place const&);
    Result<Filter> literal_first(Place const&, Literal const&);
    Result<Filter> compare(Path const&, Operator, Place const&);
    Result<Filter> with_literal(Path const&, Operator, Literal const&);
    bool stands_for_list();
    Result<Filter> claim(Filter); // "contains(…) eq true"

    Result<Path> path(Place const&);
    Result<Path> column_argument(Place const&);
    Result<void> step(Path&, std::string_view segment);
    std::optional<SingleNavigation> fitting(std::vector<SingleNavigation> const&);
    Result<std::optional<Literal>> literal();
    Result<Literal> required_literal();
    Result<std::vector<Literal>> literal_list();
    Result<std::vector<Literal>> function_values(std::string_view parameter);
    std::optional<Operator> comparison_operator();

    Schema const& m_schema;
    Aliases const& m_aliases;
    Scanner& m_scanner;
    int m_depth {};
};

}
