// The unit of work: the only way to change data. Each create, update and delete walks the stages
// authorise → validate → rules before → rows → rules after → journal inside one transaction; a
// refusal anywhere undoes the whole unit. Rules never open transactions, sleep or do I/O: what has
// to leave the process becomes a job in the same commit (later). A unit is a pure function of its
// input and can be run again.
#pragma once

#include "platform/journal/change_set.h"
#include "platform/pipeline/reader.h"

namespace cashline {

// Work that leaves the process after the commit: mail, PDF, remote calls, password hashing. Runs at
// least once; `key`, when given, makes a repeat harmless and collapses waiting duplicates.
struct Job {
    std::string name {}; // registered with Registry::job
    json::Value input {};
    std::string key {};
    std::int64_t delay_seconds {};
};

class Unit : public Reader {
public:
    using Reader::Reader;

    // Column defaults, owner = caller, numbers and standard columns are filled; the id may be
    // chosen in the row.
    Result<Id> create(TableId, Row);
    Result<Id> create(Row row) { return create(row.table(), std::move(row)); }
    Result<void> update(TableId, Id, Row changes);
    Result<void> update(Lookup const& target, Row changes)
    {
        return update(target.table, target.id, std::move(changes));
    }
    Result<void> remove(TableId, Id);
    Result<Row> retrieve_for_update(TableId, Id, Columns const& = {});
    // Many-to-many by relationship schema name. Linking twice is refused ("DuplicateRecord").
    Result<void> associate(std::string_view relationship, Id first, Id second);
    Result<void> disassociate(std::string_view relationship, Id first, Id second);

    // Another message in the same unit, with its own rules before and after.
    template<class Request>
    Result<typename Request::Reply> call(Request const& request);

    // The next update or removal of this row is refused ("ConcurrencyVersionMismatch") unless it
    // still has this version.
    void expect_version(TableId, Id, std::int64_t version);

    void later(Job);
    // Next number of a series ("account", "salesorder" …; per company where the series is), gapless
    // when the series says so.
    Result<std::string> next_number(std::string_view series, std::string_view company = {});
    // A named set that groups what this unit changes (import, merge, bulk edit).
    void join_undo_set(Id set);
    // The message that runs now, for the journal ("QualifyLead").
    std::string_view reason() const;

    // The same unit with all rights; the author in created-by and in the journal stays the caller.
    Unit elevated() const;
};

}

#include "platform/pipeline/unit_call.h"
