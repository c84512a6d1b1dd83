// The parts of FetchXML's parser: links first, since conditions anywhere may name them; then
// columns, orders and filters.
#pragma once

#include "platform/pages/xml.h"
#include "platform/query/fetchxml/fetch.h"

namespace cashline::fetchxml {

Result<bool> flag(xml::Element const&, std::string_view name); // true, false, 1, 0; absent is false
Result<std::optional<std::int64_t>> number(xml::Element const&, std::string_view name);

class FetchParser {
public:
    explicit FetchParser(Schema const& schema) : m_schema(schema) { }

    Result<Fetch> parse(xml::Element const& root);

private:
    // The table that names stand for: the root's, or a link's.
    struct Place {
        Table const* table {};
        std::int16_t link { -1 };
    };
    struct NamedLink {
        std::string alias {};
        Table const* table {};
    };

    Result<void> read_page(xml::Element const& root);
    Result<void> read_cookie(std::string_view cookie);
    Result<Table const*> table_of(xml::Element const&) const;
    Result<Column const*> column_of(Table const&, std::string_view name) const;

    Result<void> read_links(xml::Element const&, Place);
    std::string alias_of(xml::Element const&, Table const& linked, bool is_to_one) const;
    Result<void> read_content(xml::Element const&, Place);
    Result<void> read_attribute(xml::Element const&, Place);
    Result<void> read_aggregate(xml::Element const&, Place);
    Result<void> read_order(xml::Element const&, Place);
    void add_column(Place, Column const&, std::string_view alias);

    Result<Filter> filter(xml::Element const&, Place, int depth);
    Result<Filter> condition(xml::Element const&, Place);
    Result<Filter> related(xml::Element const&, Place, int depth);
    Result<Filter> related_filter(xml::Element const&, Table const&, int depth);
    Result<std::vector<Value>> values(xml::Element const&, Column const&, Operator) const;
    Result<ColumnPath> column_reference(std::string_view text, Place) const;
    Result<Place> place_of(std::string_view alias, Place otherwise) const;

    Schema const& m_schema;
    Fetch m_result {};
    std::vector<NamedLink> m_links {};
    std::size_t m_next_link {}; // reading the content visits links in the order they were found
    bool m_is_aggregate {};
    bool m_is_inside_related {}; // where names of the outer query mean nothing
    bool m_sorts_raw {};
    bool m_has_columns {};
    bool m_has_all_columns {};
};

}
