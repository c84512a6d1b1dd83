// $expand=primarycontactid($select=fullname),Account_Tasks($filter=…;$orderby=…;$top=3)
// (web-api.md 2.12).
#include "core/text.h"
#include "platform/query/compiler.h"
#include "platform/query/odata/names.h"
#include "platform/query/odata/options.h"
#include "platform/query/odata/scanner.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace cashline::odata {

namespace {

constexpr int nesting_max = 8;

class ExpandParser {
public:
    explicit ExpandParser(Schema const& schema) : m_schema(schema) { }

    Result<std::vector<Expand>> list(Table const& table, std::string_view text, int depth)
    {
        if (depth > nesting_max) {
            return invalid_option("$expand is nested too deeply.");
        }
        std::vector<Expand> expands;
        Scanner scanner { text };
        do {
            auto const item = text::trim(scanner.until_any_of(","));
            for (auto& expand : TRY(one(table, item, depth))) {
                expands.push_back(std::move(expand));
            }
        } while (scanner.take(','));
        return expands;
    }

private:
    Result<std::vector<Expand>> one(Table const& table, std::string_view item, int depth)
    {
        if (++m_count > expands_max) {
            return invalid("TooManyLinkEntitiesInQuery",
                fmt::format("A query may expand {} navigation properties at most.", expands_max));
        }
        Scanner scanner { item };
        auto const name = scanner.word();
        auto const is_reference = scanner.take('/');
        if (is_reference && !scanner.take_word("$ref")) {
            return scanner.refusal("$ref");
        }
        auto const options = scanner.take('(') ? TRY(scanner.until_closing()) : std::string_view {};
        if (!scanner.at_end()) {
            return scanner.refusal("the end of the expand");
        }
        if (auto const singles = find_singles(m_schema, table, name); !singles.empty()) {
            return single(singles, name, { options, is_reference, depth });
        }
        if (is_reference) {
            return invalid_option(
                "Expanding references is offered for single-valued navigation properties only.");
        }
        return collection(table, name, options, depth);
    }

    struct Details {
        std::string_view options;
        bool is_reference;
        int depth;
    };

    // ownerid gives one expand for users and one for teams; the row decides which of them has a
    // value.
    Result<std::vector<Expand>> single(
        std::vector<SingleNavigation> const& singles, std::string_view name, Details const& details)
    {
        std::vector<Expand> expands;
        std::optional<Error> error;
        for (auto const& each : singles) {
            Expand expand { .navigation = std::string(name) };
            expand.hop = Hop { each.lookup->index, each.target->id };
            expand.references_only = details.is_reference;
            auto query = read_options(*each.target, details.options, details.depth);
            if (!query) {
                error = query.error(); // A property of the other target, when there are two.
                continue;
            }
            if (query->limit || !query->orders.empty() || !query->filter.is_true()) {
                return invalid_option(fmt::format(
                    "'{}' leads to one row; only $select and $expand can be given for it.", name));
            }
            expand.query = std::make_shared<Query const>(std::move(*query));
            expands.push_back(std::move(expand));
        }
        if (expands.empty()) {
            return std::unexpected(*error);
        }
        return expands;
    }

    Result<std::vector<Expand>> collection(
        Table const& table, std::string_view name, std::string_view options, int depth)
    {
        auto const found = find_collection(m_schema, table, name);
        if (!found) {
            return unknown_property(table, name);
        }
        if (found->is_many_to_many && depth > 0) {
            return invalid_option(
                "A many-to-many relationship cannot be expanded inside another expand.");
        }
        Expand expand { .navigation = std::string(name),
            .relationship = found->relationship,
            .written = std::string(options) };
        expand.query =
            std::make_shared<Query const>(TRY(read_options(*found->target, options, depth)));
        return std::vector { std::move(expand) };
    }

    Result<Query> read_options(Table const& table, std::string_view text, int depth)
    {
        auto query = Query::from(table.id);
        if (text::trim(text).empty()) {
            return query;
        }
        std::set<std::string_view> names;
        Scanner scanner { text };
        do {
            auto const item = text::trim(scanner.until_any_of(";"));
            auto const equals = item.find('=');
            auto const name = item.substr(0, equals);
            if (equals == std::string_view::npos || !names.insert(name).second) {
                return invalid_option(fmt::format("'{}' is no option of an expand.", item));
            }
            TRY(read_option(query, table, { name, item.substr(equals + 1), depth }));
        } while (scanner.take(';'));
        return query;
    }

    struct Written {
        std::string_view name;
        std::string_view value;
        int depth;
    };

    Result<void> read_option(Query& query, Table const& table, Written const& option)
    {
        if (option.name == "$select") {
            query.columns = TRY(parse_select(m_schema, table, option.value));
        } else if (option.name == "$filter") {
            query.filter = TRY(parse_filter(m_schema, table, option.value));
        } else if (option.name == "$orderby") {
            query.orders = TRY(parse_order_by(m_schema, table, option.value));
        } else if (option.name == "$top") {
            auto const number = Decimal::parse(option.value);
            auto const whole =
                number ? number->to_scaled(0) : Result<std::int64_t>(invalid_option({}));
            if (!whole || *whole < 1) {
                return invalid_option(
                    fmt::format("Invalid value '{}' for $top query option found.", option.value));
            }
            query.limit = std::min(*whole, page_size_max);
        } else if (option.name == "$expand") {
            query.expands = TRY(list(table, option.value, option.depth + 1));
        } else {
            return invalid_option(fmt::format(
                "The query parameter {} is not supported inside $expand.", option.name));
        }
        return {};
    }

    Schema const& m_schema;
    std::size_t m_count {};
};

}

Result<std::vector<Expand>> parse_expand(
    Schema const& schema, Table const& table, std::string_view text)
{
    return ExpandParser(schema).list(table, text, 0);
}

}
