// $ref: linking rows and taking the link off (web-api.md 2.17).
#include "core/text.h"
#include "platform/query/odata/options.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/operation.h"
#include "platform/web_api/odata/payload.h"

#include <algorithm>

namespace cashline::odata {

namespace {

struct LinkWrite {
    std::shared_ptr<Schema const> schema; // shared: the resource points into it
    Resource resource {};
    std::optional<RowAddress> other {}; // none: clear a single-valued navigation
    bool adds {};
};

Result<Written> link_single(Unit& unit, LinkWrite const& write, Contents const& contents)
{
    auto const row = TRY(locate(unit, *write.resource.row, contents));
    auto const& relationship = *write.resource.one_to_many;
    Row changes(row.table);
    changes.set(relationship.column, Value {});
    if (write.other) {
        changes.set(relationship.column, TRY(locate(unit, *write.other, contents)));
    }
    TRY(unit.update(row, std::move(changes)));
    return Written { .response = no_content(), .row = row };
}

Result<Written> link_member(Unit& unit, LinkWrite const& write, Contents const& contents)
{
    auto const parent = TRY(locate(unit, *write.resource.row, contents));
    TRY(unit.retrieve(parent)); // 404 rather than a dangling link
    auto const member = TRY(locate(unit, *write.other, contents));
    Collection const collection { write.resource.one_to_many, write.resource.many_to_many, parent };
    TRY(write.adds ? associate(unit, collection, member) : disassociate(unit, collection, member));
    return Written { .response = no_content(), .row = parent };
}

Result<RowAddress> reference_in_body(Preparation const& preparation)
{
    auto const body = TRY(body_of(*preparation.call));
    auto const* id = body.find("@odata.id");
    if (!id || !id->as_string()) {
        return bad_payload("The body must be {\"@odata.id\": \"set(id)\"}.");
    }
    return resolve_reference(preparation.resources(), *id->as_string());
}

// DELETE …/Account_Tasks/$ref?$id=…
Result<RowAddress> reference_in_query(Preparation const& preparation)
{
    auto const options = TRY(split_query_string(preparation.call->query));
    auto const id = std::ranges::find_if(options,
        [](RawOption const& option) { return option.name == "$id" || option.name == "id"; });
    if (id == options.end()) {
        return invalid("InvalidQueryOption",
            "Say which row to take out: …/navigation(id)/$ref or …/navigation/$ref?$id=set(id).");
    }
    return resolve_reference(preparation.resources(), id->value);
}

Result<void> check_target(LinkWrite const& write, Schema const& schema)
{
    auto const& relationship = *write.resource.one_to_many;
    auto const& child = schema.table(relationship.child);
    auto const& targets = child.column(relationship.column).targets;
    auto const fits = !write.other || write.other->table == relationship.parent
        || (child.column(relationship.column).type == ColumnType::owner
            && std::ranges::find(targets, write.other->table) != targets.end());
    if (!fits) {
        return bad_payload("'" + relationship.single + "' cannot refer to a row of '"
            + schema.table(write.other->table).set + "'.");
    }
    return {};
}

Result<void> check_member(LinkWrite const& write, Schema const& schema)
{
    if (write.other->table == write.resource.table->id) {
        return {};
    }
    // A collection of activities in general takes each kind of them.
    auto const& member = schema.table(write.other->table);
    if (write.resource.many_to_many && member.extends == write.resource.table->id) {
        return {};
    }
    return bad_payload("This navigation takes rows of '" + write.resource.table->set + "', not of '"
        + member.set + "'.");
}

}

Result<Operation> prepare_link_write(Preparation const& preparation, Resource resource)
{
    auto const& method = preparation.call->request.method;
    auto const is_single = resource.kind == Resource::Kind::single;
    LinkWrite write { .schema = preparation.schema, .resource = std::move(resource) };
    if (is_single && method == "PUT") {
        write.other = TRY(reference_in_body(preparation));
    } else if (!is_single && method == "POST" && !write.resource.related) {
        write.other = TRY(reference_in_body(preparation));
        write.adds = true;
    } else if (!is_single && method == "DELETE") {
        write.other =
            write.resource.related ? *write.resource.related : TRY(reference_in_query(preparation));
    } else if (!is_single || method != "DELETE") {
        return method_not_allowed(method);
    }
    TRY(is_single ? check_target(write, *preparation.schema)
                  : check_member(write, *preparation.schema));
    auto const shared = std::make_shared<LinkWrite const>(std::move(write));
    return Operation { .write = [shared, is_single](Unit& unit, Contents const& contents) {
        return is_single ? link_single(unit, *shared, contents)
                         : link_member(unit, *shared, contents);
    } };
}

}
