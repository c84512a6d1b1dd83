// A row as clients send it: columns, references by @odata.bind, rows to be created with it (deep
// insert), members of collections. Reading checks names and types against the metadata; writing
// happens in a unit, where references are looked up as the caller.
#pragma once

#include "core/json.h"
#include "platform/pipeline/unit.h"
#include "platform/web_api/odata/resource.h"

#include <memory>

namespace cashline::odata {

struct Payload {
    struct Reference { // a lookup set by reference
        ColumnIndex column {};
        RowAddress target {};
    };
    struct Child { // a row created first, which the lookup then points at
        ColumnIndex column {};
        std::unique_ptr<Payload> row {};
    };
    struct Members { // of a collection-valued navigation: rows to create or to link
        OneToMany const* one_to_many {};
        ManyToMany const* many_to_many {};
        std::vector<Payload> rows {};
        std::vector<RowAddress> references {};
    };

    Row row {}; // with its id when the client chose one
    std::vector<Reference> references {};
    std::vector<Child> children {};
    std::vector<Members> collections {};
};

enum class PayloadUse : std::uint8_t {
    create,
    update, // no nested rows, no collections
};

Result<Payload> read_payload(
    ResourceContext const& context, Table const& table, json::Value const& body, PayloadUse use);

// The lookups of the payload, found; children are created on the way.
Result<Row> settle(Unit& unit, Payload const& payload, Contents const& contents);
Result<Id> create(Unit& unit, Payload const& payload, Contents const& contents);

// A collection-valued navigation of one row.
struct Collection {
    OneToMany const* one_to_many {}; // one of the two
    ManyToMany const* many_to_many {};
    Lookup parent {};
};
Result<Lookup> create_in(
    Unit& unit, Collection const& collection, Payload const& payload, Contents const& contents);
Result<void> associate(Unit& unit, Collection const& collection, Lookup member);
Result<void> disassociate(Unit& unit, Collection const& collection, Lookup member);

}
