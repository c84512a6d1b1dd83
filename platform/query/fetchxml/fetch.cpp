#include "platform/query/fetchxml/fetch.h"

#include "core/text.h"
#include "platform/query/compiler.h"
#include "platform/query/fetchxml/fetch_parser.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline::fetchxml {

namespace {

// Without a cookie every page reads all rows before it.
constexpr std::int64_t simple_paging_max = 50'000;
constexpr std::string_view cookie_opening = "<last value=\"";

Result<xml::Element> read_document(std::string_view text)
{
    auto document =
        xml::read(text, { .bytes_max = 256 * 1024, .elements_max = 5'000, .depth_max = 64 });
    if (!document) {
        return invalid("InvalidFetchXml", "The FetchXML cannot be read: " + document.error().text);
    }
    if (document->local_name() != "fetch") {
        return invalid(
            "QueryBuilderDeserializeInvalidNode", "FetchXML begins with the element <fetch>.");
    }
    return document;
}

}

Result<bool> flag(xml::Element const& element, std::string_view name)
{
    auto const value = element.attribute(name);
    if (value.empty() || value == "false" || value == "0") {
        return false;
    }
    if (value == "true" || value == "1") {
        return true;
    }
    return invalid("QueryBuilderInvalidAttributeValue",
        fmt::format("'{}' of <{}> must be true or false.", name, element.name));
}

Result<std::optional<std::int64_t>> number(xml::Element const& element, std::string_view name)
{
    auto const value = element.attribute(name);
    if (value.empty()) {
        return std::optional<std::int64_t> {};
    }
    auto const decimal = Decimal::parse(value);
    auto const whole = decimal ? decimal->to_scaled(0) : Result<std::int64_t>(invalid({}, {}));
    if (!whole || *whole < 1) {
        return invalid("QueryBuilderValue_GreaterThanZero",
            fmt::format("'{}' of <{}> must be a whole number above 0.", name, element.name));
    }
    return std::optional(*whole);
}

Result<Fetch> FetchParser::parse(xml::Element const& root)
{
    auto const entities = root.all("entity");
    if (entities.size() != 1) {
        return invalid("QueryBuilderElementNotFound", "<fetch> needs exactly one <entity>.");
    }
    if (!root.attribute("utc-offset").empty()) {
        return invalid("QueryBuilderDeserializeInvalidUtcOffset", "utc-offset is not offered.");
    }
    auto const& entity = *entities[0];
    auto const* table = TRY(table_of(entity));
    m_is_aggregate = TRY(flag(root, "aggregate"));
    m_sorts_raw = TRY(flag(root, "useraworderby"));
    m_result.wants_total = TRY(flag(root, "returntotalrecordcount"));
    auto& query = m_result.query;
    query.table = table->id;
    query.distinct = TRY(flag(root, "distinct"));
    if (m_is_aggregate) {
        m_result.aggregate.emplace().table = table->id;
    }
    TRY(read_links(entity, { table }));
    TRY(read_content(entity, { table }));
    if (!m_has_columns && !m_has_all_columns) {
        query.columns = { table->id_column };
    } else if (m_has_all_columns) {
        query.columns.clear();
    } else if (query.columns.empty() && !query.distinct) {
        query.columns = { table->id_column }; // Only links or aliases were named.
    }
    TRY(read_page(root));
    if (m_result.aggregate) {
        m_result.aggregate->links = query.links;
        m_result.aggregate->filter = query.filter;
        m_result.aggregate->limit = query.limit;
    }
    return std::move(m_result);
}

Result<void> FetchParser::read_page(xml::Element const& root)
{
    auto& query = m_result.query;
    auto const top = TRY(number(root, "top"));
    auto const count = TRY(number(root, "count"));
    auto const page = TRY(number(root, "page"));
    if (top) {
        if (count || page || m_result.wants_total) {
            return invalid("QueryBuilderSerialzeLinkTopCriteria",
                "top cannot be combined with page, count and returntotalrecordcount.");
        }
        query.limit = std::min(*top, page_size_max);
        return {};
    }
    m_result.page = page.value_or(1);
    query.page_size = std::min(count.value_or(page_size_max), page_size_max);
    query.with_count = m_result.wants_total;
    if (auto const cookie = root.attribute("paging-cookie"); !cookie.empty()) {
        return read_cookie(cookie);
    }
    if (m_result.page - 1 > simple_paging_max / *query.page_size) {
        return invalid("OverRetrievalUpperLimitWithoutPagingCookie",
            "Pages behind 50,000 rows can be reached only with the paging cookie of the page "
            "before.");
    }
    query.offset = (m_result.page - 1) * *query.page_size;
    return {};
}

Result<void> FetchParser::read_cookie(std::string_view cookie)
{
    auto const refused = [] {
        return invalid(
            "QueryBuilderInvalidPagingCookie", "The paging cookie is none of this query.");
    };
    auto const read =
        xml::read(cookie, { .bytes_max = 64 * 1024, .elements_max = 10, .depth_max = 4 });
    auto const* last = read ? read->find("last") : nullptr;
    auto const cookie_page = read ? TRY(number(*read, "page")) : std::nullopt;
    if (!last || !cookie_page) {
        return refused();
    }
    auto& query = m_result.query;
    query.after = last->attribute("value");
    auto const skipped = m_result.page - *cookie_page - 1;
    if (skipped > simple_paging_max) {
        return refused();
    }
    query.offset = std::max<std::int64_t>(skipped, 0) * *query.page_size;
    return {};
}

Result<Fetch> parse(Schema const& schema, std::string_view xml)
{
    return FetchParser(schema).parse(TRY(read_document(xml)));
}

Result<Table const*> root_table(Schema const& schema, std::string_view xml)
{
    auto const document = TRY(read_document(xml));
    auto const* entity = document.find("entity");
    auto const* table = entity ? schema.find(entity->attribute("name")) : nullptr;
    if (!table) {
        return invalid("QueryBuilderNoEntity",
            fmt::format("The entity '{}' was not found.", entity ? entity->attribute("name") : ""));
    }
    return table;
}

std::string paging_cookie(std::int64_t page, std::string_view cursor)
{
    auto const inner =
        fmt::format("<cookie page=\"{}\">{}{}\"></last></cookie>", page, cookie_opening, cursor);
    return fmt::format("<cookie pagenumber=\"{}\" pagingcookie=\"{}\" istracking=\"False\" />",
        page + 1, text::percent_encode(text::percent_encode(inner)));
}

}
