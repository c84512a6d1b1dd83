// $apply=filter(…)/groupby((a,b),aggregate($count as n,revenue with sum as total))
// (web-api.md 2.13).
#include "core/text.h"
#include "platform/query/odata/names.h"
#include "platform/query/odata/options.h"
#include "platform/query/odata/scanner.h"

#include <fmt/format.h>

namespace cashline::odata {

namespace {

class ApplyParser {
public:
    ApplyParser(Schema const& schema, Table const& table, Aliases const& aliases)
        : m_schema(schema)
        , m_table(table)
        , m_aliases(aliases)
    {
        m_result.table = table.id;
    }

    Result<AggregateQuery> parse(std::string_view text)
    {
        Scanner scanner { text };
        do {
            auto const step = scanner.word();
            TRY(scanner.expect('('));
            auto const inside = TRY(scanner.until_closing());
            if (m_is_complete) {
                return invalid_option("In $apply nothing can follow aggregate and groupby.");
            }
            if (step == "filter") {
                auto filter = TRY(parse_filter(m_schema, m_table, inside, m_aliases));
                m_result.filter = std::move(m_result.filter) && std::move(filter);
            } else if (step == "aggregate") {
                TRY(aggregate(inside));
            } else if (step == "groupby") {
                TRY(group_by(inside));
            } else {
                return invalid_option(
                    fmt::format("The transformation '{}' is not offered in $apply.", step));
            }
        } while (scanner.take('/'));
        if (!scanner.at_end() || !m_is_complete) {
            return scanner.refusal("aggregate or groupby");
        }
        return std::move(m_result);
    }

private:
    Result<void> aggregate(std::string_view text)
    {
        m_is_complete = true;
        Scanner scanner { text };
        do {
            TRY(figure(scanner));
        } while (scanner.take(','));
        return scanner.at_end() ? Result<void> {} : scanner.refusal("the end of aggregate");
    }

    Result<void> figure(Scanner& scanner)
    {
        AggregateFigure figure;
        if (!scanner.take_word("$count")) {
            figure.column = TRY(path(scanner)).first;
            if (!scanner.take_word("with")) {
                return scanner.refusal("with");
            }
            figure.method = TRY(method(scanner));
        }
        if (!scanner.take_word("as")) {
            return scanner.refusal("as");
        }
        figure.alias = scanner.word();
        if (figure.alias.empty()) {
            return scanner.refusal("a name");
        }
        m_result.figures.push_back(std::move(figure));
        return {};
    }

    static Result<AggregateMethod> method(Scanner& scanner)
    {
        static constexpr std::pair<std::string_view, AggregateMethod> methods[] = {
            { "sum", AggregateMethod::sum },
            { "average", AggregateMethod::average },
            { "min", AggregateMethod::min },
            { "max", AggregateMethod::max },
            { "countdistinct", AggregateMethod::count_distinct },
        };
        for (auto const& [word, found] : methods) {
            if (scanner.take_word(word)) {
                return found;
            }
        }
        return scanner.refusal("sum, average, min, max or countdistinct");
    }

    Result<void> group_by(std::string_view text)
    {
        m_is_complete = true;
        Scanner scanner { text };
        TRY(scanner.expect('('));
        do {
            auto found = TRY(path(scanner));
            m_result.groups.push_back({ std::move(found.first), std::move(found.second) });
        } while (scanner.take(','));
        TRY(scanner.expect(')'));
        if (!scanner.take(',')) {
            return scanner.at_end() ? Result<void> {} : scanner.refusal("the end of groupby");
        }
        if (!scanner.take_word("aggregate")) {
            return scanner.refusal("aggregate");
        }
        TRY(scanner.expect('('));
        return aggregate(TRY(scanner.until_closing()));
    }

    // The path and the key it comes back under: "statuscode", "_ownerid_value", "contact_fullname".
    Result<std::pair<ColumnPath, std::string>> path(Scanner& scanner)
    {
        ColumnPath path;
        auto const* table = &m_table;
        auto segment = scanner.word();
        while (scanner.take('/')) {
            auto const singles = find_singles(m_schema, *table, segment);
            if (singles.empty()) {
                return unknown_property(*table, segment);
            }
            path.hops.push_back({ singles[0].lookup->index, singles[0].target->id });
            table = singles[0].target;
            segment = scanner.word();
        }
        auto const* column = find_property(*table, segment);
        if (!column) {
            return unknown_property(*table, segment);
        }
        path.column = column->index;
        auto key = path.hops.empty() ? std::string(segment)
                                     : fmt::format("{}_{}", table->name, column->name);
        return std::pair { std::move(path), std::move(key) };
    }

    Schema const& m_schema;
    Table const& m_table;
    Aliases const& m_aliases;
    AggregateQuery m_result {};
    bool m_is_complete {};
};

}

Result<AggregateQuery> parse_apply(
    Schema const& schema, Table const& table, std::string_view text, Aliases const& aliases)
{
    return ApplyParser(schema, table, aliases).parse(text);
}

}
