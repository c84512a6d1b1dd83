#include "platform/web_api/odata/definitions/definitions.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/operation.h"

namespace cashline::odata {

namespace {

using Kind = Resource::Kind;
using Suffix = Resource::Suffix;

bool is_write(std::string_view method)
{
    return method == "POST" || method == "PATCH" || method == "PUT" || method == "DELETE";
}

Result<Operation> prepare_write(Preparation const& preparation, Resource resource)
{
    if (resource.suffix == Suffix::reference) {
        return prepare_link_write(preparation, std::move(resource));
    }
    auto const is_put = preparation.call->request.method == "PUT";
    if (resource.kind == Kind::property || (resource.kind == Kind::collection && is_put)) {
        return prepare_property_write(preparation, std::move(resource));
    }
    auto const has_rows = resource.kind == Kind::rows || resource.kind == Kind::row
        || resource.kind == Kind::collection;
    if (!has_rows || resource.suffix != Suffix::none) {
        return method_not_allowed(preparation.call->request.method);
    }
    return prepare_row_write(preparation, std::move(resource));
}

}

Result<Operation> prepare(Preparation const& preparation)
{
    auto const segments = TRY(parse_path(preparation.call->path));
    if (is_definition_path(segments)) {
        return prepare_definitions(preparation, segments);
    }
    auto resource = TRY(resolve(preparation.resources(), segments));
    if (resource.kind == Kind::message) {
        return is_bulk_message(resource.message) && resource.table
            ? prepare_bulk(preparation, std::move(resource))
            : prepare_message(preparation, std::move(resource));
    }
    auto const& method = preparation.call->request.method;
    return is_write(method) ? prepare_write(preparation, std::move(resource))
                            : prepare_read(preparation, std::move(resource));
}

}
