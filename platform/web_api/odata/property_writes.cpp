// PUT and DELETE of one property, and the participants of an activity, which are replaced as a
// whole (web-api.md 2.5, 1.6).
#include "platform/metadata/json_values.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/operation.h"
#include "platform/web_api/odata/payload.h"
#include "platform/web_api/odata/preconditions.h"

#include <algorithm>

namespace cashline::odata {

namespace {

struct PropertyWrite {
    std::shared_ptr<Schema const> schema; // shared: the resource points into it
    std::shared_ptr<Call const> call;
    Resource resource {};
    Value value {};
    std::optional<std::int64_t> version {};
};

Result<Written> set_property(Unit& unit, PropertyWrite const& write, Contents const& contents)
{
    auto const row = TRY(locate(unit, *write.resource.row, contents));
    if (write.version) {
        unit.expect_version(row.table, row.id, *write.version);
    }
    Row changes(row.table);
    changes.set(write.resource.column->index, write.value);
    TRY(unit.update(row, std::move(changes)));
    if (!write.call->preferences.returns_representation) {
        auto response = no_content();
        response.headers.add("OData-EntityId", link_to(*write.call, *write.schema, row));
        return Written { .response = std::move(response), .row = row };
    }
    return Written { .row = row,
        .read_back = [call = write.call, row](Reader& reader) -> Result<http::Response> {
            auto response = TRY(row_answer(reader, *call, { .row = row }));
            add_applied(response, call->preferences, Applies::to_writing);
            return response;
        } };
}

Result<Operation> prepare_property(Preparation const& preparation, Resource resource)
{
    auto const& call = *preparation.call;
    Value value;
    if (call.request.method == "PUT") {
        auto const body = TRY(body_of(call));
        auto const* written = body.find("value");
        if (!written) {
            return bad_payload("The body must be {\"value\": …}.");
        }
        value = TRY(value_from_json(*resource.column, *written));
    }
    auto const write =
        std::make_shared<PropertyWrite const>(PropertyWrite { .schema = preparation.schema,
            .call = preparation.call,
            .resource = std::move(resource),
            .value = std::move(value),
            .version = parse_preconditions(call.request.headers).version });
    return Operation { .write = [write](Unit& unit, Contents const& contents) {
        return set_property(unit, *write, contents);
    } };
}

// Two entries mean the same participant: the same person or address in the same role.
bool is_same_participant(Table const& table, Row const& a, Row const& b)
{
    auto const same = [&](std::string_view name) {
        auto const* column = table.find(name);
        return !column || a.value(column->index) == b.value(column->index);
    };
    return same("participationtypemask") && same("partyid") && same("addressused");
}

struct PartiesWrite {
    std::shared_ptr<Schema const> schema; // shared: the resource points into it
    Resource resource {};
    std::vector<Payload> parties {};
};

// Participants that stay keep their row, and with it their answer to the invitation.
Result<Written> replace_parties(Unit& unit, PartiesWrite const& write, Contents const& contents)
{
    auto const& relationship = *write.resource.one_to_many;
    auto const& table = unit.schema().table(relationship.child);
    auto const activity = TRY(locate(unit, *write.resource.row, contents));
    TRY(unit.retrieve(activity));
    auto query = Query::from(relationship.child);
    Lookup const pointer { table.column(relationship.column).targets.front(), activity.id };
    query.filter = Filter::condition(relationship.column, Operator::equal, { Value(pointer) });
    auto existing = TRY(unit.query(query));
    std::vector<Row> fresh;
    for (auto const& payload : write.parties) {
        auto row = TRY(settle(unit, payload, contents));
        auto const kept = std::ranges::find_if(
            existing, [&](Row const& known) { return is_same_participant(table, known, row); });
        if (kept != existing.end()) {
            existing.erase(kept);
            continue;
        }
        row.set_id({});
        row.set(relationship.column, pointer);
        fresh.push_back(std::move(row));
    }
    for (auto const& gone : existing) {
        TRY(unit.remove(relationship.child, gone.id()));
    }
    for (auto& row : fresh) {
        TRY(unit.create(relationship.child, std::move(row)));
    }
    return Written { .response = no_content(), .row = activity };
}

Result<Operation> prepare_parties(Preparation const& preparation, Resource resource)
{
    auto const body = TRY(body_of(*preparation.call));
    auto const* rows = body.find("value");
    if (!rows || !rows->is_array()) {
        return bad_payload("The body must be {\"value\": […]} with every participant.");
    }
    PartiesWrite write { .schema = preparation.schema, .resource = std::move(resource) };
    auto const& table = *write.resource.table;
    for (auto const& row : *rows->as_array()) {
        write.parties.push_back(
            TRY(read_payload(preparation.resources(), table, row, PayloadUse::update)));
    }
    auto const shared = std::make_shared<PartiesWrite const>(std::move(write));
    return Operation { .write = [shared](Unit& unit, Contents const& contents) {
        return replace_parties(unit, *shared, contents);
    } };
}

bool is_party_collection(Resource const& resource)
{
    return resource.kind == Resource::Kind::collection && resource.one_to_many
        && resource.suffix == Resource::Suffix::none && !resource.related
        && resource.one_to_many->name.ends_with("_activity_parties")
        && resource.table->name == "activityparty";
}

}

Result<Operation> prepare_property_write(Preparation const& preparation, Resource resource)
{
    auto const& method = preparation.call->request.method;
    if (method == "PUT" && is_party_collection(resource)) {
        return prepare_parties(preparation, std::move(resource));
    }
    auto const is_property = resource.kind == Resource::Kind::property
        && resource.suffix == Resource::Suffix::none && !resource.column->is_lookup();
    if (!is_property || (method != "PUT" && method != "DELETE")) {
        return method_not_allowed(method);
    }
    return prepare_property(preparation, std::move(resource));
}

}
