// Reading as a caller, inside a unit of work or on a snapshot. Every read goes through the query
// compiler and carries the caller's access predicate; a row he may not see does not exist for him.
#pragma once

#include "platform/metadata/row.h"
#include "platform/metadata/schema.h"
#include "platform/query/query.h"
#include "platform/security/caller.h"

namespace cashline {

class SqlConnection;
class Registry;
struct ReadContext;

// Which columns to bring; default all stored ones.
struct Columns {
    std::vector<ColumnIndex> indexes {};
    Columns() = default;
    Columns(std::initializer_list<ColumnHandle> handles);
};

class Reader {
public:
    Reader(ReadContext& context, Caller const& caller) : m_context(&context), m_caller(&caller) { }

    Caller const& caller() const { return *m_caller; }
    Timestamp now() const;
    Date today() const; // in the caller's time zone
    Schema const& schema() const;
    Id new_id();

    // "ObjectDoesNotExist" (missing) when the row is absent or the caller may not read it.
    Result<Row> retrieve(TableId, Id, Columns const& = {});
    Result<Row> retrieve(Lookup const& reference, Columns const& columns = {})
    {
        return retrieve(reference.table, reference.id, columns);
    }
    Result<std::optional<Row>> find(TableId, Id, Columns const& = {});
    Result<std::vector<Row>> query(Query const&);
    Result<std::optional<Row>> first(Query);
    Result<std::int64_t> count(Query const&);
    Result<bool> exists(Query);
    // May the caller do this to this row? (row level, after the table privilege)
    Result<bool> may(Privilege, TableId, Id);

    // The same view with all rights; what it reads must not be shown to the caller unchecked.
    Reader elevated_reader() const;

    // What another app provides (Registry::provide). CHECKed: provided.
    template<class Port>
    Port& port() const;

    ReadContext& context() const { return *m_context; }

protected:
    ReadContext* m_context;
    Caller const* m_caller;
};

}
