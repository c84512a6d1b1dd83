// Collections asked for in other ways than by query options: FetchXML, saved views, $apply.
#include "platform/query/fetchxml/fetch.h"
#include "platform/query/json/json_aggregates.h"
#include "platform/query/view.h"
#include "platform/web_api/odata/context_url.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/reading.h"

namespace cashline::odata {

namespace {

constexpr std::string_view paging_cookie_annotation = "Microsoft.Dynamics.CRM.fetchxmlpagingcookie";
constexpr std::string_view more_records_annotation = "Microsoft.Dynamics.CRM.morerecords";
constexpr std::string_view total_annotation = "Microsoft.Dynamics.CRM.totalrecordcount";

// Both keys are absent on the last page: clients go on for as long as they see the cookie.
void write_paging(
    json::Writer& writer, Call const& call, fetchxml::Fetch const& fetch, PageInfo const& page)
{
    if (call.preferences.wants(total_annotation)) {
        writer.key("@" + std::string(total_annotation));
        writer.number(fetch.wants_total ? page.count.value_or(-1) : -1);
        writer.key("@" + std::string(total_annotation) + "limitexceeded");
        writer.boolean(fetch.wants_total && page.count_exceeded);
    }
    if (page.next.empty()) {
        return;
    }
    if (call.preferences.wants(paging_cookie_annotation)) {
        writer.key("@" + std::string(paging_cookie_annotation));
        writer.string(fetchxml::paging_cookie(fetch.page, page.next));
    }
    if (call.preferences.wants(more_records_annotation)) {
        writer.key("@" + std::string(more_records_annotation)).boolean(true);
    }
}

}

Result<http::Response> fetch_answer(
    Reader& reader, Call const& call, Table const& table, std::string_view xml)
{
    auto fetch = TRY(fetchxml::parse(reader.schema(), xml));
    auto const root = fetch.aggregate ? fetch.aggregate->table : fetch.query.table;
    if (root != table.id) {
        return invalid("InvalidArgument",
            "The entity of this FetchXML is '" + reader.schema().table(root).name
                + "': send it to '" + reader.schema().table(root).set + "'.");
    }
    if (fetch.aggregate) {
        return aggregate_answer(reader, call, table, *fetch.aggregate);
    }
    fetch.query.with_count = fetch.query.with_count || fetch.wants_total;
    auto options = json_options(call);
    options.omits_nulls = true;
    std::string rows;
    json::Writer row_writer(rows);
    auto const page = TRY(
        write_json_rows(reader.context(), reader.caller(), { fetch.query, options }, row_writer));
    std::string body;
    json::Writer writer(body);
    begin_answer(writer, call,
        context_fragment(reader.schema(), table, fetch.query, !fetch.query.columns.empty()));
    write_paging(writer, call, fetch, page);
    writer.key("value").raw(rows);
    writer.end_object();
    auto response = json_answer(200, std::move(body));
    add_applied(response, call.preferences, Applies::to_reading);
    return response;
}

Result<http::Response> aggregate_answer(
    Reader& reader, Call const& call, Table const& table, AggregateQuery const& query)
{
    std::string rows;
    json::Writer row_writer(rows);
    auto const options = json_options(call);
    TRY(write_json_aggregates(reader.context(), reader.caller(), { query, options }, row_writer));
    std::string body;
    json::Writer writer(body);
    begin_answer(writer, call, "#" + table.set);
    writer.key("value").raw(rows);
    writer.end_object();
    auto response = json_answer(200, std::move(body));
    add_applied(response, call.preferences, Applies::to_reading);
    return response;
}

Result<void> apply_view(Reader& reader, CollectionRead& read)
{
    auto& options = read.options;
    auto const* view = find_view(reader.schema(), options.saved_query.value_or(Id {}));
    if (!view || view->text("table") != read.table->name) {
        return missing(
            "ObjectDoesNotExist", "There is no view with this id for '" + read.table->set + "'.");
    }
    auto query = TRY(view_query(reader.schema(), *view, reader.caller(), reader.today()));
    auto& own = options.query;
    query.filter = std::move(query.filter) && std::move(own.filter);
    if (options.has_select) {
        query.columns = std::move(own.columns);
        query.named.clear();
    }
    if (!own.orders.empty()) {
        query.orders = std::move(own.orders);
    }
    query.limit = own.limit;
    query.after = std::move(own.after);
    query.with_count = own.with_count;
    query.expands = std::move(own.expands);
    own = std::move(query);
    options.has_select = true;
    read.omits_nulls = true;
    return {};
}

}
