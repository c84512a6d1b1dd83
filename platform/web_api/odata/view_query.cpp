#include "platform/web_api/odata/view_query.h"

#include "core/text.h"
#include "platform/web_api/odata/context_url.h"
#include "platform/web_api/odata/literal.h"

#include <algorithm>
#include <cctype>

namespace cashline::odata {

namespace {

bool is_word_character(char character)
{
    auto const byte = static_cast<unsigned char>(character);
    return std::isalnum(byte) != 0 || character == '_' || character == '@' || character == '.'
        || character == '/';
}

struct Token {
    std::string text {};
    bool is_word {};
};

std::vector<Token> tokens_of(std::string_view text)
{
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        auto end = at + 1;
        auto const is_word = is_word_character(text[at]);
        if (text[at] == '\'') {
            end = std::min(end_of_quoted(text, at), text.size());
        } else if (is_word) {
            while (end < text.size() && is_word_character(text[end])) {
                ++end;
            }
        }
        tokens.push_back({ std::string(text.substr(at, end - at)), is_word });
        at = end;
    }
    return tokens;
}

std::string property_text(Table const& table, std::string const& word)
{
    auto const* column = table.find(word);
    return column && column->is_lookup() ? property_name(*column) : word;
}

// "ownerid eq @me" has a function of its own.
std::string function_of(std::string_view operation, std::string_view marker)
{
    auto const is_equal = operation == "eq";
    if (marker == "@me") {
        return is_equal ? "EqualUserId" : "NotEqualUserId";
    }
    if (marker == "@my_unit") {
        return is_equal ? "EqualBusinessId" : "NotEqualBusinessId";
    }
    return marker == "@my_teams" && is_equal ? "EqualUserTeams" : "";
}

// Words and the blanks between them: column, blank, operator, blank, marker.
std::string marked_condition(std::vector<Token> const& tokens, std::size_t at)
{
    if (at + 4 >= tokens.size() || !tokens[at + 4].text.starts_with('@')) {
        return {};
    }
    auto const function = function_of(tokens[at + 2].text, tokens[at + 4].text);
    return function.empty()
        ? function
        : std::string(type_namespace) + function + "(PropertyName='" + tokens[at].text + "')";
}

json::Value const* find_view(Schema const& schema, Id id)
{
    auto const& views = schema.definitions("view");
    auto const found = std::ranges::find(views, id, view_id);
    return found == views.end() ? nullptr : &*found;
}

std::string_view column_name(json::Value const& column)
{
    return column.as_string() ? std::string_view(*column.as_string()) : column.text("name");
}

// "name", or "parentaccountid.name" through a lookup.
Result<void> add_column(Reader& reader, Table const& table, std::string_view name, Query& query)
{
    auto const dot = name.find('.');
    auto const* column = table.find(name.substr(0, dot));
    if (!column) {
        return internal("bad_definition", "A view names the unknown column " + std::string(name));
    }
    if (dot == std::string_view::npos) {
        query.columns.push_back(column->index);
        return {};
    }
    auto const* target =
        column->targets.size() == 1 ? reader.schema().find(column->targets.front()) : nullptr;
    auto const* far = target ? target->find(name.substr(dot + 1)) : nullptr;
    if (!far) {
        return internal("bad_definition", "A view names the unknown column " + std::string(name));
    }
    NamedColumn named { .key = std::string(name) };
    named.path.hops = { Hop { column->index, target->id } };
    named.path.column = far->index;
    query.named.push_back(std::move(named));
    return {};
}

}

Id view_id(json::Value const& definition)
{
    return Id::from_name("view/" + std::string(definition.text("view")));
}

std::string client_filter(Table const& table, std::string_view written, Reader const& reader)
{
    auto const tokens = tokens_of(written);
    std::string filter;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (auto const function = marked_condition(tokens, at); !function.empty()) {
            filter += function;
            at += 4;
        } else if (tokens[at].text == "@today") {
            filter += reader.today().to_string();
        } else {
            filter += tokens[at].is_word ? property_text(table, tokens[at].text) : tokens[at].text;
        }
    }
    return filter;
}

std::string client_order(Table const& table, std::string_view written)
{
    std::string order;
    for (auto const& token : tokens_of(written)) {
        order += token.is_word ? property_text(table, token.text) : token.text;
    }
    return order;
}

Result<void> apply_view(Reader& reader, CollectionRead& read)
{
    auto const& schema = reader.schema();
    auto& options = read.options;
    auto const* view = find_view(schema, options.saved_query.value_or(Id {}));
    if (!view || view->text("table") != read.table->name) {
        return missing(
            "ObjectDoesNotExist", "There is no view with this id for '" + read.table->set + "'.");
    }
    auto& query = options.query;
    if (!options.has_select) {
        query.columns.clear();
        for (auto const& column : view->array("columns")) {
            TRY(add_column(reader, *read.table, column_name(column), query));
        }
        options.has_select = true;
    }
    auto const filter = client_filter(*read.table, view->text("filter"), reader);
    if (!filter.empty()) {
        query.filter = TRY(parse_filter(schema, *read.table, filter)) && std::move(query.filter);
    }
    auto const order = client_order(*read.table, view->text("sort"));
    if (query.orders.empty() && !order.empty()) {
        query.orders = TRY(parse_order_by(schema, *read.table, order));
    }
    read.omits_nulls = true;
    return {};
}

}
