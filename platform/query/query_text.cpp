// to_text: a query as one readable line, in the words of FetchXML's operators.
#include "platform/metadata/schema.h"
#include "platform/query/operators.h"
#include "platform/query/query.h"

#include <fmt/format.h>

namespace cashline {

namespace {

class QueryPrinter {
public:
    explicit QueryPrinter(Schema const& schema) : m_schema(schema) { }

    void query(Query const& query)
    {
        auto const& table = m_schema.table(query.table);
        m_out += fmt::format("from {}", table.name);
        list(" select ", query.columns,
            [&](ColumnIndex column) { m_out += table.column(column).name; });
        list(query.columns.empty() ? " with " : ", ", query.named, [&](NamedColumn const& named) {
            path(table, named.path);
            m_out += " as " + named.key;
        });
        if (!query.filter.is_true()) {
            m_out += " where ";
            filter(table, query.filter);
        }
        list(" order by ", query.orders, [&](Order const& order) {
            path(table, order.column);
            m_out += order.by_label ? " by label" : "";
            m_out += order.descending ? " desc" : "";
        });
        list(" expand ", query.expands, [&](Expand const& expand) { expansion(expand); });
        if (query.limit) {
            m_out += fmt::format(" top {}", *query.limit);
        }
        if (query.page_size) {
            m_out += fmt::format(" page size {}", *query.page_size);
        }
        m_out += query.after.empty() ? "" : " after " + query.after;
        m_out += query.distinct ? " distinct" : "";
        m_out += query.with_count ? " with count" : "";
    }

    std::string take() { return std::move(m_out); }

private:
    template<class Items, class Print>
    void list(std::string_view title, Items const& items, Print const& print)
    {
        auto separator = std::string_view(title);
        for (auto const& item : items) {
            m_out += separator;
            separator = ", ";
            print(item);
        }
    }

    void expansion(Expand const& expand)
    {
        m_out += expand.navigation;
        if (expand.references_only) {
            m_out += "/$ref";
        }
        if (expand.query) {
            m_out += " (";
            query(*expand.query);
            m_out += ')';
        }
    }

    Table const& walk(Table const& from, std::vector<Hop> const& hops)
    {
        auto const* table = &from;
        for (auto const& hop : hops) {
            auto const& lookup = table->column(hop.lookup);
            table = &m_schema.table(hop.target);
            m_out += lookup.name;
            m_out += lookup.is_polymorphic() ? fmt::format("({})/", table->name) : "/";
        }
        return *table;
    }

    void path(Table const& from, ColumnPath const& path)
    {
        m_out += walk(from, path.hops).column(path.column).name;
    }

    void filter(Table const& table, Filter const& filter)
    {
        switch (filter.kind) {
        case Filter::Kind::all:
            return children(table, filter, " and ", "true");
        case Filter::Kind::any:
            return children(table, filter, " or ", "false");
        case Filter::Kind::negation:
            m_out += "not ";
            return children(table, filter, "", "");
        case Filter::Kind::condition:
            return condition(table, filter);
        case Filter::Kind::related:
            return related(table, filter);
        }
    }

    void children(
        Table const& table, Filter const& parent, std::string_view word, std::string_view none)
    {
        if (parent.children.empty()) {
            m_out += none;
            return;
        }
        m_out += '(';
        for (auto const& child : parent.children) {
            if (&child != &parent.children.front()) {
                m_out += word;
            }
            filter(table, child);
        }
        m_out += ')';
    }

    void condition(Table const& table, Filter const& filter)
    {
        path(table, filter.left);
        m_out += ' ';
        m_out += operator_name(filter.op);
        if (filter.right) {
            m_out += ' ';
            path(table, *filter.right);
        }
        if (filter.values.size() > 1) {
            list(" (", filter.values, [&](Value const& each) { m_out += value_text(each); });
            m_out += ')';
        } else if (filter.values.size() == 1) {
            m_out += ' ' + value_text(filter.values.front());
        }
    }

    void related(Table const& table, Filter const& filter)
    {
        m_out += "exists ";
        walk(table, filter.related_from);
        m_out += filter.related->relationship;
        if (!filter.related->where.is_true()) {
            m_out += " with ";
            this->filter(m_schema.table(filter.related->table), filter.related->where);
        }
    }

    std::string value_text(Value const& value) const
    {
        if (auto const* text = value.as_text()) {
            return fmt::format("'{}'", *text);
        }
        if (auto const* claim = value.as_bool()) {
            return *claim ? "true" : "false";
        }
        if (auto const* number = value.as_integer()) {
            return fmt::format("{}", *number);
        }
        if (auto const* decimal = value.as_decimal()) {
            return decimal->to_string();
        }
        if (auto const* amount = value.as_amount()) {
            return amount->to_string();
        }
        if (auto const* id = value.as_id()) {
            return id->to_string();
        }
        if (auto const* lookup = value.as_lookup()) {
            return fmt::format(
                "{}({})", m_schema.table(lookup->table).name, lookup->id.to_string());
        }
        if (auto const* moment = value.as_timestamp()) {
            return moment->to_string();
        }
        if (auto const* date = value.as_date()) {
            return date->to_string();
        }
        return "null";
    }

    Schema const& m_schema;
    std::string m_out {};
};

}

std::string to_text(Schema const& schema, Query const& query)
{
    QueryPrinter printer { schema };
    printer.query(query);
    return printer.take();
}

}
