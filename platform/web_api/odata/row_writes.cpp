// POST, PATCH and DELETE of rows (web-api.md 2.3, 2.5 to 2.7).
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/operation.h"
#include "platform/web_api/odata/payload.h"
#include "platform/web_api/odata/preconditions.h"

namespace cashline::odata {

namespace {

struct RowWrite {
    std::shared_ptr<Schema const> schema; // shared: the resource points into it
    std::shared_ptr<Call const> call;
    Resource resource {};
    std::shared_ptr<Payload const> payload {}; // shared by copies of the operation
    Preconditions conditions {};
};

std::shared_ptr<RowWrite const> row_write(
    Preparation const& preparation, Resource resource, Payload payload)
{
    return std::make_shared<RowWrite const>(RowWrite { .schema = preparation.schema,
        .call = preparation.call,
        .resource = std::move(resource),
        .payload = std::make_shared<Payload const>(std::move(payload)),
        .conditions = parse_preconditions(preparation.call->request.headers) });
}

struct Outcome {
    Lookup row {};
    bool is_new {};
    std::string entity_id {};
};

Written written(RowWrite const& write, Outcome outcome)
{
    Written result { .row = outcome.row };
    auto const call = write.call;
    if (!call->preferences.returns_representation) {
        result.response = no_content();
        result.response.headers.add("OData-EntityId", outcome.entity_id);
        if (outcome.is_new && call->request.method == "POST") {
            result.response.headers.add("Location", outcome.entity_id);
        }
        return result;
    }
    RowAnswer const answer { .row = outcome.row,
        .status = outcome.is_new ? 201 : 200,
        .ignores_expand = call->request.method == "PATCH",
        .entity_id = outcome.is_new ? outcome.entity_id : std::string {} };
    result.read_back = [call, answer](Reader& reader) -> Result<http::Response> {
        auto response = TRY(row_answer(reader, *call, answer));
        add_applied(response, call->preferences, Applies::to_writing);
        return response;
    };
    return result;
}

Result<Written> post(Unit& unit, RowWrite const& write, Contents const& contents)
{
    auto const& resource = write.resource;
    Lookup row { resource.table->id, {} };
    if (resource.kind == Resource::Kind::collection) {
        Collection const collection { resource.one_to_many, resource.many_to_many,
            TRY(locate(unit, *resource.row, contents)) };
        row = TRY(create_in(unit, collection, *write.payload, contents));
    } else {
        row.id = TRY(create(unit, *write.payload, contents));
    }
    return written(write,
        { .row = row, .is_new = true, .entity_id = link_to(*write.call, *write.schema, row) });
}

Result<Operation> prepare_create(Preparation const& preparation, Resource resource)
{
    auto const body = TRY(body_of(*preparation.call));
    auto payload =
        TRY(read_payload(preparation.resources(), *resource.table, body, PayloadUse::create));
    auto const table = resource.table->id;
    auto const write = row_write(preparation, std::move(resource), std::move(payload));
    return Operation { .write = [write](Unit& unit, Contents const& contents) -> Result<Written> {
                          return post(unit, *write, contents);
                      },
        .row_table = table };
}

std::string address_link(RowWrite const& write, Lookup row)
{
    auto const& address = *write.resource.row;
    return address.key.empty() || !address.hops.empty() ? link_to(*write.call, *write.schema, row)
                                                        : write.call->base + "/" + address.written;
}

// The row an address means, when it is there; whether the caller may see it is for the write to
// say.
Result<std::optional<Lookup>> find_existing(
    Unit& unit, RowAddress const& address, Contents const& contents)
{
    auto const found = TRY(find_row(unit, address, contents));
    if (!found || !address.id) {
        return found;
    }
    Columns columns;
    columns.indexes = { unit.schema().table(found->table).id_column };
    auto const row = TRY(unit.elevated_reader().find(found->table, found->id, columns));
    return row ? found : std::nullopt;
}

Result<Lookup> create_at_address(Unit& unit, RowWrite const& write, Contents const& contents)
{
    auto const& address = *write.resource.row;
    auto row = TRY(settle(unit, *write.payload, contents));
    if (address.id) {
        row.set_id(*address.id);
    }
    for (auto const& part : address.key) {
        if (!row.has(part.column)) {
            row.set(part.column, part.value);
        }
    }
    return Lookup { address.table, TRY(unit.create(address.table, std::move(row))) };
}

Result<Written> patch(Unit& unit, RowWrite const& write, Contents const& contents)
{
    auto const& address = *write.resource.row;
    auto const& conditions = write.conditions;
    auto const existing = TRY(find_existing(unit, address, contents));
    if (existing && conditions.must_be_new) {
        return refuse(Fault::precondition, "DuplicateRecordEntityKey",
            "A record with matching key values already exists.");
    }
    if (!existing && (conditions.must_exist || !address.hops.empty())) {
        return missing("ObjectDoesNotExist",
            write.resource.table->name + " '" + address.written + "' Does Not Exist");
    }
    if (!existing) {
        auto const row = TRY(create_at_address(unit, write, contents));
        return written(
            write, { .row = row, .is_new = true, .entity_id = address_link(write, row) });
    }
    if (conditions.version) {
        unit.expect_version(existing->table, existing->id, *conditions.version);
    }
    auto changes = TRY(settle(unit, *write.payload, contents));
    for (auto const& part : address.key) {
        changes.erase(part.column);
    }
    TRY(unit.update(*existing, std::move(changes)));
    return written(write, { .row = *existing, .entity_id = address_link(write, *existing) });
}

Result<Operation> prepare_patch(Preparation const& preparation, Resource resource)
{
    auto const body = TRY(body_of(*preparation.call));
    auto payload =
        TRY(read_payload(preparation.resources(), *resource.table, body, PayloadUse::update));
    auto const table = resource.table->id;
    auto const write = row_write(preparation, std::move(resource), std::move(payload));
    return Operation { .write = [write](Unit& unit, Contents const& contents) -> Result<Written> {
                          return patch(unit, *write, contents);
                      },
        .row_table = table };
}

Operation prepare_delete(Preparation const& preparation, Resource resource)
{
    auto const write = row_write(preparation, std::move(resource), {});
    return { .write = [write](Unit& unit, Contents const& contents) -> Result<Written> {
        auto const row = TRY(locate(unit, *write->resource.row, contents));
        if (write->conditions.version) {
            unit.expect_version(row.table, row.id, *write->conditions.version);
        }
        TRY(unit.remove(row.table, row.id));
        return Written { .response = no_content() };
    } };
}

}

Result<Operation> prepare_row_write(Preparation const& preparation, Resource resource)
{
    auto const& method = preparation.call->request.method;
    auto const is_one_row = resource.kind == Resource::Kind::row;
    if (method == "POST" && !is_one_row && !resource.related) {
        return prepare_create(preparation, std::move(resource));
    }
    if (method == "PATCH" && is_one_row) {
        return prepare_patch(preparation, std::move(resource));
    }
    if (method == "DELETE" && is_one_row) {
        return prepare_delete(preparation, std::move(resource));
    }
    return method_not_allowed(method);
}

}
