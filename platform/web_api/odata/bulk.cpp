// CreateMultiple, UpdateMultiple and UpsertMultiple: one unit, the first refusal undoes all
// (web-api.md 2.21).
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/operation.h"
#include "platform/web_api/odata/payload.h"

namespace cashline::odata {

namespace {

constexpr std::size_t targets_max = 1'000;

struct Target {
    Payload payload {};
    std::optional<RowAddress> address {}; // from @odata.id
};

struct Bulk {
    std::shared_ptr<Schema const> schema; // shared: payloads point into it
    std::shared_ptr<Call const> call;
    TableId table {};
    std::string message {};
    std::vector<Target> targets {};
};

Result<Target> read_target(
    Preparation const& preparation, Table const& table, json::Value const& written)
{
    auto const type = written.text("@odata.type");
    auto const name = without_namespace(type.starts_with('#') ? type.substr(1) : type);
    if (name != table.name) {
        return bad_payload("Every target needs \"@odata.type\": \"" + std::string(type_namespace)
            + table.name + "\".");
    }
    auto const context = preparation.resources();
    Target target { .payload = TRY(read_payload(context, table, written, PayloadUse::update)) };
    if (auto const* id = written.find("@odata.id"); id && id->as_string()) {
        target.address = TRY(resolve_reference(context, *id->as_string()));
        if (target.address->table != table.id) {
            return bad_payload("'@odata.id' of a target must name a row of '" + table.set + "'.");
        }
    }
    return target;
}

Result<std::optional<Lookup>> find_target(Unit& unit, Bulk const& bulk, Target const& target)
{
    auto const id = target.payload.row.id();
    if (target.address) {
        auto const found = TRY(find_row(unit, *target.address, {}));
        if (!found || !target.address->id) {
            return found;
        }
    }
    auto const wanted = target.address ? *target.address->id : id;
    if (wanted.is_nil()) {
        return std::nullopt;
    }
    auto const row = TRY(unit.elevated_reader().find(bulk.table, wanted));
    return row ? std::optional(Lookup { bulk.table, wanted }) : std::nullopt;
}

Result<Id> create_target(Unit& unit, Bulk const& bulk, Target const& target)
{
    auto row = TRY(settle(unit, target.payload, {}));
    if (target.address && target.address->id) {
        row.set_id(*target.address->id);
    }
    for (auto const& part : target.address ? target.address->key : std::vector<KeyPart> {}) {
        if (!row.has(part.column)) {
            row.set(part.column, part.value);
        }
    }
    return unit.create(bulk.table, std::move(row));
}

Result<Id> run_target(Unit& unit, Bulk const& bulk, Target const& target)
{
    if (bulk.message == "CreateMultiple") {
        return create_target(unit, bulk, target);
    }
    auto const existing = TRY(find_target(unit, bulk, target));
    if (!existing && bulk.message == "UpsertMultiple") {
        return create_target(unit, bulk, target);
    }
    if (!existing) {
        return missing("ObjectDoesNotExist",
            "A target of UpdateMultiple does not exist or names no row: each needs its id.");
    }
    auto changes = TRY(settle(unit, target.payload, {}));
    TRY(unit.update(*existing, std::move(changes)));
    return existing->id;
}

Result<Written> run(Unit& unit, Bulk const& bulk)
{
    std::vector<Id> ids;
    for (auto const& target : bulk.targets) {
        ids.push_back(TRY(run_target(unit, bulk, target)));
    }
    if (bulk.message != "CreateMultiple") {
        return Written { .response = no_content() };
    }
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("@odata.context");
    writer.string(
        bulk.call->base + "/$metadata#" + std::string(type_namespace) + "CreateMultipleResponse");
    writer.key("Ids").begin_array();
    for (auto const& id : ids) {
        writer.string(id.to_string());
    }
    writer.end_array().end_object();
    return Written { .response = json_answer(200, std::move(body)) };
}

}

Result<Operation> prepare_bulk(Preparation const& preparation, Resource resource)
{
    auto const& method = preparation.call->request.method;
    if (method != "POST") {
        return wrong_verb(method, preparation.call->path);
    }
    auto const body = TRY(body_of(*preparation.call));
    auto const* targets = body.find("Targets");
    if (!targets || !targets->is_array()) {
        return bad_payload("The body must be {\"Targets\": […]}.");
    }
    if (targets->as_array()->size() > targets_max) {
        return refuse(Fault::invalid, "InvalidArgument",
            "At most " + std::to_string(targets_max) + " targets fit in one request.");
    }
    Bulk bulk { .schema = preparation.schema,
        .call = preparation.call,
        .table = resource.table->id,
        .message = resource.message };
    for (auto const& target : *targets->as_array()) {
        bulk.targets.push_back(TRY(read_target(preparation, *resource.table, target)));
    }
    auto const shared = std::make_shared<Bulk const>(std::move(bulk));
    return Operation { .write = [shared](Unit& unit, Contents const&) -> Result<Written> {
        return run(unit, *shared);
    } };
}

}
