// What a path addresses: rows of a table, one row, a property, a navigation, a message. Paths are
// resolved against the metadata before anything runs; the row itself is looked up later, as the
// caller, inside the unit or the snapshot that needs it.
#pragma once

#include "platform/pipeline/reader.h"
#include "platform/pipeline/registry.h"
#include "platform/web_api/odata/path.h"

#include <map>

namespace cashline::odata {

struct KeyPart {
    ColumnIndex column {};
    Value value {};
};

// A row by its id, by an alternate key, or as what an earlier request of the change set wrote ($1);
// then along single-valued navigations.
struct RowAddress {
    TableId table {};
    std::optional<Id> id {};
    std::vector<KeyPart> key {};
    std::string content {}; // the Content-ID behind "$"
    std::vector<OneToMany const*> hops {};
    std::string written {}; // "accounts(accountnumber='A-17')"
};

// What the requests of a change set wrote, by Content-ID.
using Contents = std::map<std::string, Lookup, std::less<>>;
// The tables of those rows, known before anything ran.
using ContentTables = std::map<std::string, TableId, std::less<>>;

struct Resource {
    enum class Kind : std::uint8_t {
        service_document,
        rows,
        row,
        property,
        single,
        collection,
        message
    };
    enum class Suffix : std::uint8_t { none, reference, count, value };

    Kind kind {};
    Suffix suffix {};
    Table const* table {}; // of the rows this answers; for a property that of its row
    std::optional<RowAddress> row {}; // where the path comes from: all but rows
    Column const* column {}; // property
    OneToMany const* one_to_many {}; // single and collection
    ManyToMany const* many_to_many {}; // collection
    std::optional<RowAddress> related {}; // collection: the row of it that is meant
    std::string message {}; // a name of the registry, or one of the bulk messages
    std::vector<Argument> arguments {};
};

struct ResourceContext {
    Schema const& schema;
    Registry const& registry;
    ContentTables const& contents;
};

Result<Resource> resolve(ResourceContext const& context, std::vector<Segment> const& path);

// A reference inside a body: absolute in any spelling, root-relative, "/set(key)", "set(key)" or
// "$1". What counts is the last set(key).
Result<RowAddress> resolve_reference(ResourceContext const& context, std::string_view text);

// The row of an address. "ObjectDoesNotExist" or "RecordNotFoundByEntityKey" when the caller sees
// none.
Result<Lookup> locate(Reader& reader, RowAddress const& address, Contents const& contents);
// Nothing when no row has that alternate key; ids are taken as they are.
Result<std::optional<Lookup>> find_row(
    Reader& reader, RowAddress const& address, Contents const& contents);

bool is_bulk_message(std::string_view name); // CreateMultiple, UpdateMultiple, UpsertMultiple

}
